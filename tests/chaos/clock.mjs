// Put before a process: its clock and calendar run as far ahead as it is told to over its channel; elapsed time does not.
const Real = Date;
let ahead = Number(process.env.CHAOS_AHEAD ?? 0);
process.on("message", (message) => {
  if (typeof message?.ahead === "number") ahead = message.ahead;
});
// Listening alone must not keep the process from ending.
process.channel?.unref();
globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + ahead);
    else super(...given);
  }
  static now() {
    return Real.now() + ahead;
  }
};
