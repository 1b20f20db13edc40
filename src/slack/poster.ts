// Daily posts on Slack. Its API has no key by which a second post would be dropped, and reading a channel back takes scopes
// that we do not ask for: what may have arrived is not posted again. In a direct message, which we may read, it is looked up.
import { noticeCard, type Card } from "../assistant/card.js";
import type { Posted, Poster } from "../daily/poster.js";
import type { SlackApi } from "./api.js";
import { faultOf, neverArrived, retryAfter, slackCode } from "./faults.js";
import { renderCard } from "./render-card.js";

const CLOCKS_MS = 60_000;

function outcomeOf(error: unknown): Posted {
  const reason = slackCode(error) || (error instanceof Error ? error.message : String(error));
  const wait = retryAfter(error);
  if (wait !== undefined) return { kind: "refused", reason: "ratelimited", afterMs: wait * 1000 };
  if (neverArrived(error)) return { kind: "refused", reason };
  switch (faultOf(error)) {
    case "gone":
      return { kind: "closed", reason: `the channel is gone or archived (${reason})` };
    case "forbidden":
      return { kind: "closed", reason: `I may not post there (${reason})` };
    case "unavailable":
      return { kind: "unknown", reason };
    default:
      return { kind: "refused", reason };
  }
}

export function createSlackPoster(api: () => SlackApi, frame: () => Promise<Card["explainer"]>): Poster {
  return {
    platform: "slack",
    prepare: (card) => api().prepare(renderCard(card)),
    post: (channel, card, mark) =>
      api()
        .post({ channel }, renderCard(card, { asker: mark }), { patient: false })
        .then(
          (message): Posted => ({ kind: "posted", message }),
          (error: unknown) => outcomeOf(error),
        ),
    async settle(channel, mark, since) {
      if (!channel.startsWith("D")) return undefined;
      // That it is not there yet does not mean that it will not be.
      const found = await api().find(channel, `1:0:${mark}:`, (since - CLOCKS_MS) / 1000);
      return found === false ? undefined : found;
    },
    async tell(person, notice) {
      await api().post({ channel: person }, renderCard(noticeCard(await frame(), notice)));
    },
  };
}
