// Sends a card as well as the platform takes it: in full; without its chart, whose values stand in the text; then as plain text:
// so that nobody loses an answer to a formatting fault.
import type { Logger } from "pino";
import type { Shown } from "./event.js";
import { step } from "../telemetry/request.js";
import type { Outgoing } from "./face.js";

export async function sendAsFits<T>(
  shown: Shown,
  { faultOf, fields, lighterAfter }: Pick<Outgoing, "faultOf" | "fields" | "lighterAfter">,
  log: Logger,
  send: (shown: Shown) => Promise<T>,
): Promise<T> {
  const forms: Shown[] = [shown];
  const bare = { ...shown, card: { ...shown.card, chart: undefined } };
  if (shown.card.chart) forms.push(bare);
  forms.push({ ...bare, plain: true });
  for (const [index, form] of forms.entries()) {
    try {
      return await step("send", { plain: form.plain ?? false }, () => send(form));
    } catch (error) {
      const fault = faultOf(error);
      const next = forms[index + 1];
      const withoutChart = next && !next.plain && lighterAfter.includes(fault);
      const lighter = next && (fault === "layout" || withoutChart);
      if (!lighter) throw error;
      log.warn(
        { ...fields(error), plain: next.plain ?? false },
        "a card was not taken as it was; it is sent in a simpler form",
      );
    }
  }
  throw new Error("no form is left");
}
