// One delivery, from claimed to ended. The state is written before a request leaves and after its answer came; whatever
// happens in between, the platform is asked what became of it before anything is sent again.
import type { Logger } from "pino";
import type { Assistant } from "../assistant/assistant.js";
import { waitAfter } from "../assistant/retry.js";
import { hasChanged } from "../assistant/changes.js";
import { noticeCard } from "../cards/card.js";
import { wordingOf } from "../languages/languages.js";
import type { Reason } from "../languages/wording.js";
import { entryOf, type Said } from "../memory/said.js";
import type { DeliveryRow, SubscriptionRow } from "../storage/tables.js";
import { lastShown } from "./last-shown.js";
import { writeKept, writePost } from "./post.js";
import type { Posted, Poster } from "./poster.js";
import { readReason, RESULTS, writeReason } from "./reason.js";
import type { DailyStore, DeliveryRef } from "./store.js";

/** What is to happen to a delivery next. */
export type Verdict = { readonly kind: "done" } | { readonly kind: "again"; readonly afterMs: number };

export interface DeliverOptions {
  readonly store: DailyStore;
  readonly assistant: Assistant;
  readonly posters: () => readonly Poster[];
  /** Notes what was posted where. */
  readonly said?: Said | undefined;
  /** Milliseconds after the due time in which a post is still worth posting. */
  readonly windowMs: number;
  readonly log: Logger;
  readonly now?: () => number;
  readonly random?: () => number;
}

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 300_000;
const DONE: Verdict = { kind: "done" };
/** Longer than this no attempt is waited for: a lease must not end while it is under way. */
const ATTEMPT_MS = 90_000;

/** What came of an attempt, or that nobody knows yet. */
async function bounded(attempt: Promise<Posted>): Promise<Posted> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Posted>((resolve) => {
    timer = setTimeout(() => resolve({ kind: "unknown", reason: { code: "no-answer", detail: "" } }), ATTEMPT_MS);
  });
  return Promise.race([attempt, late]).finally(() => clearTimeout(timer));
}

/** Makes the function that carries a delivery out. It rejects only where the store cannot be reached. */
export function createDeliver(options: DeliverOptions): (ref: DeliveryRef) => Promise<Verdict> {
  const { store, assistant, posters, said, windowMs, log, now = Date.now, random = Math.random } = options;

  const later = (attempts: number, atLeast = 0): Verdict => ({
    kind: "again",
    afterMs: Math.max(atLeast, waitAfter(attempts, { first: FIRST_WAIT_MS, ceiling: LONGEST_WAIT_MS, random })),
  });

  async function close(
    ref: DeliveryRef,
    attempt: number,
    subscription: SubscriptionRow,
    poster: Poster,
    why: Reason,
  ): Promise<Verdict> {
    const reason = writeReason(why);
    await store.finish(ref, attempt, { state: "refused", reason }, now());
    const tell = await store.pause(subscription.id, reason);
    log.warn({ subscription: subscription.id, channel: subscription.channel, reason }, "a daily post is paused");
    if (tell) {
      const { explainer } = await assistant.topics({ explainer: subscription.explainer });
      const notice = wordingOf(explainer.language).dailyPaused(subscription.channel_name, why);
      // Noted first: told at most once, also where it cannot be told.
      await store.told(subscription.id);
      await poster
        .tell(subscription, subscription.created_by, noticeCard(explainer, notice))
        .catch((error: unknown) => log.warn({ err: error }, "nobody could be told of a pause"));
    }
    return DONE;
  }

  /** What became of an attempt whose end is not known: true where it is settled. */
  async function settle(
    ref: DeliveryRef,
    delivery: DeliveryRow,
    subscription: SubscriptionRow,
    poster: Poster,
  ): Promise<boolean> {
    const found = await poster.settle(subscription, delivery.mark, delivery.sent_at ?? delivery.due_at);
    if (found === undefined)
      await store.finish(ref, delivery.attempts, { state: "unknown", reason: RESULTS.unknown }, now());
    else if (found !== false) {
      // What it showed was kept before it left, whatever the content has become since.
      await store.finish(ref, delivery.attempts, { state: "posted", message: found, reason: RESULTS.posted }, now());
    } else await store.again(ref, delivery.attempts, "not posted", now());
    return found !== false;
  }

  return async (ref) => {
    const found = await store.get(ref);
    if (!found || !["due", "sending"].includes(found.delivery.state)) return DONE;
    const { delivery, subscription } = found;
    const poster = posters().find(({ platform }) => platform === subscription.platform);
    const over = now() - delivery.due_at > windowMs;
    // What stood in its way all that time is what whoever set it up can mend.
    const kept = delivery.reason === null ? undefined : readReason(delivery.reason);
    const late = writeReason({ code: RESULTS.late, detail: "", because: kept });
    const { attempts } = delivery;
    if (!poster) {
      // Its face is not ready, or not started here; another process may have it.
      if (!over) return later(1);
      const sent = delivery.state === "sending";
      const end = sent
        ? { state: "unknown" as const, reason: RESULTS.unknown }
        : { state: "skipped" as const, reason: late };
      await store.finish(ref, attempts, end, now());
      return DONE;
    }
    if (delivery.state === "sending") {
      const settled = await settle(ref, delivery, subscription, poster).catch((error: unknown) => {
        log.warn(
          { subscription: subscription.id, err: error },
          "the platform cannot be asked what became of a daily post",
        );
        return undefined;
      });
      if (settled === true) return DONE;
      if (settled === undefined) {
        if (!over) return later(delivery.attempts);
        await store.finish(ref, attempts, { state: "unknown", reason: RESULTS.unknown }, now());
        return DONE;
      }
    }
    const skip = async (reason: string): Promise<Verdict> => {
      await store.finish(ref, attempts, { state: "skipped", reason }, now());
      return DONE;
    };
    if (over) return skip(late);
    if (subscription.state !== "active") return skip(RESULTS.paused);
    // It may be an edit that went wrong: the next day is another.
    if (!assistant.explainers().some(({ id }) => id === subscription.explainer)) return skip(RESULTS.noArticle);

    const last = await lastShown(store, subscription);
    const day = { subscription: subscription.id, date: ref.date };
    const post = writePost(await assistant.figures({ explainer: subscription.explainer }), last, now(), day);
    if (subscription.only_changes === 1 && post.changes && !hasChanged(post.changes)) return skip(RESULTS.unchanged);
    // What cannot be prepared is told by the attempt itself.
    await poster.prepare(subscription, post.card).catch(() => undefined);
    const attempt = await store.sending(ref, now(), writeKept(post));
    if (attempt === undefined) return DONE;
    const outcome = await bounded(poster.post(subscription, post.card, delivery.mark));
    switch (outcome.kind) {
      case "posted": {
        const { message } = outcome;
        await store.finish(ref, attempt, { state: "posted", message, reason: RESULTS.posted }, now());
        const { platform, place, channel } = subscription;
        said?.note(entryOf(post.card, 0, { platform, place, channel }, message, undefined));
        return DONE;
      }
      case "refused":
        await store.again(ref, attempt, writeReason(outcome.reason), now());
        return later(attempt, outcome.afterMs);
      case "closed":
        return close(ref, attempt, subscription, poster, outcome.reason);
      case "unknown":
        // It stays marked as sent: the next round asks the platform first.
        log.warn({ subscription: subscription.id, reason: outcome.reason }, "a daily post may or may not have arrived");
        return later(0);
    }
  };
}
