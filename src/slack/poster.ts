// Daily posts on Slack. Its API has no key by which a second post would be dropped, and reading a channel back takes scopes
// that we do not ask for: what may have arrived is not posted again. In a direct message, which we may read, it is looked up.
import type { Logger } from "pino";
import { sendAsFits } from "../chat/deliver.js";
import type { Outgoing } from "../chat/face.js";
import type { Posted, Poster } from "../daily/poster.js";
import type { Installation } from "../memory/address.js";
import type { SlackApi } from "./api.js";
import { faultOf, neverArrived, retryAfter, slackCode } from "./faults.js";
import { NotInstalled } from "./installations.js";
import { PLATFORM } from "./message.js";
import { PRESSES } from "./press.js";
import { render, renderCard } from "./render-card.js";

const CLOCKS_MS = 60_000;
/** Nine tenths of the fifty edits a minute and workspace that Slack takes (docs: rate limits, tier 3). */
const PACE = { perSecond: 0.75, per: "place" } as const;

function outcomeOf(error: unknown): Posted {
  const detail = slackCode(error) || (error instanceof Error ? error.message : String(error));
  // It may come back within days: the day goes by, what was set up stays.
  if (error instanceof NotInstalled) return { kind: "refused", reason: { code: "unavailable", detail } };
  const wait = retryAfter(error);
  if (wait !== undefined) return { kind: "refused", reason: { code: "ratelimited", detail: "" }, afterMs: wait * 1000 };
  if (neverArrived(error)) return { kind: "refused", reason: { code: "unavailable", detail } };
  switch (faultOf(error)) {
    case "gone":
      return { kind: "closed", reason: { code: "gone", detail } };
    case "forbidden":
      return { kind: "closed", reason: { code: "forbidden", detail } };
    case "unavailable":
      return { kind: "unknown", reason: { code: "unavailable", detail } };
    default:
      return { kind: "refused", reason: { code: "refused", detail } };
  }
}

export function createSlackPoster(api: (of: Installation) => Promise<SlackApi>, out: Outgoing, log: Logger): Poster {
  return {
    platform: PLATFORM,
    pace: PACE,
    prepare: async (of, card) => (await api(of)).prepare(renderCard(card)),
    post: (at, card, mark, place) =>
      sendAsFits({ card, place: { ...place, asker: mark } }, out, log, async (shown) =>
        (await api(at)).post({ channel: at.channel, thread: at.thread }, render(shown), { patient: false }),
      ).then(
        (message): Posted => ({ kind: "posted", message }),
        (error: unknown) => outcomeOf(error),
      ),
    edit: (at, message, card, place) =>
      sendAsFits({ card, place }, out, log, async (shown) =>
        (await api(at)).update(at.channel, message, render(shown), { patient: false }),
      ).then(
        (): Posted => ({ kind: "posted", message }),
        (error: unknown) => outcomeOf(error),
      ),
    // Slack takes a person's id for the conversation with them.
    directly: (of, person) => Promise.resolve({ platform: PLATFORM, place: of.place, channel: person }),
    async settle(at, mark, since) {
      if (!at.channel.startsWith("D")) return undefined;
      // That it is not there yet does not mean that it will not be.
      const slack = await api(at);
      const found = await slack.find(at.channel, PRESSES.mark(mark), (since - CLOCKS_MS) / 1000);
      return found === false ? undefined : found;
    },
    fields: (error) => out.fields(error),
    tell: (of, person, card) => out.tell(of, person, { card, place: {} }),
  };
}
