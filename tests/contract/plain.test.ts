// The suite that every face passes, on a platform made up for it.
import { pino } from "pino";
import { NO_COOLDOWN } from "../support/discord-face.js";
import { startPlain, type PlainMessage, type PlainPlatform } from "../support/plain-face.js";
import { faceContract, type FaceDriver, type Shown } from "./face.js";

const show = ({ text, choices, controls, chart }: PlainMessage): Shown => ({
  text,
  buttons: [...choices, ...controls].map(({ label }) => label),
  chart,
});

function createDriver(): FaceDriver {
  let platform: PlainPlatform;
  const find = (id: string): PlainMessage[] => platform.messages.filter(({ answers }) => answers === id);
  async function wait(id: string): Promise<PlainMessage> {
    for (const end = Date.now() + 20_000; Date.now() < end;) {
      const [found] = find(id);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error("no answer");
  }
  return {
    start({ assistant }) {
      platform = startPlain({ assistant, cooldown: NO_COOLDOWN, log: pino({ level: "silent" }) });
      return Promise.resolve();
    },
    stop: () => platform.stop(),
    mention: (text) => platform.say(text),
    room: {
      redeliver: (id) => platform.again(id),
      own: (text) => platform.say(text, { author: "bot" }),
      otherBot: (text) => platform.say(text, { automatic: true }),
      talk: (text) => platform.say(text, { mentioned: false }),
    },
    answers: (id) => find(id).map(show),
    answered: async (id) => show(await wait(id)),
    async press(id, button) {
      const message = await wait(id);
      await platform.choose(message, button);
      return show(message);
    },
    refused: () => platform.refused,
  };
}

faceContract("A platform of plain text", createDriver);
