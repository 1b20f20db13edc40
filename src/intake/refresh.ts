// A source followed by the clock: asked whether it has changed, brought in where it has; what was read last stays where it cannot be.
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { createBackoff } from "../assistant/retry.js";
import { ContentError } from "../explainer/content-error.js";
import type { Explainer } from "../explainer/types.js";
import { basename, resolve } from "node:path";
import { FetchError } from "./fetch-page.js";
import type { Change } from "./merge.js";

export interface Following {
  readonly from: string;
  readonly folder: string;
  /** Milliseconds between looks. */
  readonly every: number;
  readonly ownHosts: ReadonlySet<string>;
}

export type SourceEvent =
  | { readonly kind: "unchanged" | "made" }
  | { readonly kind: "merged"; readonly changes: readonly Change[] }
  /** `gone`: its server says that there is none any more. */
  | { readonly kind: "failed"; readonly reason: string; readonly gone: boolean };

/** A page that suddenly holds less than this share of its sections is a fault of the page's. */
const SHRUNK = 0.5;

/** Looks at a source once. */
export async function refreshOnce({ from, folder, ownHosts }: Following): Promise<SourceEvent> {
  try {
    // What reads pages is loaded where a page is read: most bots follow none.
    const [{ lastImport, writeImport }, { takeArticle }] = await Promise.all([
      import("./folder.js"),
      import("./take.js"),
    ]);
    const { known, sections: before } = await lastImport(folder);
    const taken = await takeArticle(from, basename(resolve(folder)), { ownHosts, known });
    if (taken.kind === "unchanged") return { kind: "unchanged" };
    const { imported, from: shown, validators } = taken;
    const { explainer } = imported;
    if (!explainer || explainer.sections.length < before * SHRUNK) {
      const reason = `${shown} now holds ${explainer?.sections.length ?? 0} of its ${before} sections; look at the page, and import it by hand if that is right`;
      return { kind: "failed", reason, gone: false };
    }
    const { kind, changes } = await writeImport(
      { ...imported, explainer },
      { folder, from: shown, validators, accept: false, dryRun: false },
    );
    if (kind === "made") return { kind };
    return changes.length === 0 ? { kind: "unchanged" } : { kind, changes };
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return { kind: "failed", reason: error.message, gone: error instanceof FetchError && error.gone };
  }
}

export interface FollowOptions {
  readonly signal: AbortSignal;
  readonly told: (event: SourceEvent) => void;
  /** Whether the process goes on for it alone. */
  readonly alone?: boolean;
}

/** It may be told to stop while it looks. */
const isOver = (signal: AbortSignal): boolean => signal.aborted;

/** Milliseconds after which a source that failed is looked at again, at first. */
const AGAIN_MS = 60_000;

/** Looks now and by the clock until it is told to stop. */
export async function followSource(
  following: Following,
  { signal, told, alone = false }: FollowOptions,
): Promise<void> {
  const { every } = following;
  const backoff = createBackoff({ first: Math.min(AGAIN_MS, every), ceiling: every });
  while (!isOver(signal)) {
    const event = await refreshOnce(following);
    if (isOver(signal)) return;
    told(event);
    const failed = event.kind === "failed";
    if (!failed) backoff.reset();
    // Many that started together do not look together.
    const wait = failed ? backoff.next() : every * (0.9 + Math.random() / 10);
    await sleep(wait, undefined, { signal, ref: alone }).catch(() => undefined);
  }
}

/** How a source stands: `stale` where it could not be read for three times as long as it should be. */
export interface SourceState {
  readonly state: "new" | "fresh" | "failing" | "stale" | "gone";
  readonly url: string;
  /** When it was last read, ISO 8601; absent before the first time. */
  readonly read?: string;
  /** Why it could not be read the last time. */
  readonly reason?: string;
  /** Sections where an editor has to decide. */
  readonly look?: number;
}

interface Followed extends Following {
  readonly stop: AbortController;
  readonly began: number;
  good: { readonly at: number; readonly date: Date } | undefined;
  failed: { readonly reason: string; readonly gone: boolean } | undefined;
  look: number;
  alarmed: boolean;
}

const STALE_AFTER = 3;

function stateOf(followed: Followed): SourceState["state"] {
  const { failed, good, began, every } = followed;
  if (!failed) return good ? "fresh" : "new";
  if (failed.gone) return "gone";
  return performance.now() - (good?.at ?? began) > every * STALE_AFTER ? "stale" : "failing";
}

export interface Refresher {
  /** Follows the sources of these explainers, and no others. */
  follow(explainers: readonly Explainer[]): void;
  status(): Readonly<Record<string, SourceState>>;
  stop(): void;
}

/** Follows the sources whose explainers say `refresh`. */
export function createRefresher({
  ownHosts,
  log,
}: {
  readonly ownHosts: ReadonlySet<string>;
  readonly log: Logger;
}): Refresher {
  const all = new Map<string, Followed>();

  function heard(id: string, followed: Followed, event: SourceEvent): void {
    const { from: url } = followed;
    if (event.kind === "failed") {
      const first = followed.failed === undefined;
      followed.failed = event;
      const state = stateOf(followed);
      if (first)
        log.warn({ explainer: id, url, reason: event.reason }, "a source could not be read; what was read stays");
      if ((state === "stale" || state === "gone") && !followed.alarmed) {
        followed.alarmed = true;
        log.error(
          { explainer: id, url, state, reason: event.reason },
          "a source is stale or gone; its explainer may be out of date",
        );
      }
      return;
    }
    if (followed.failed) log.info({ explainer: id, url }, "a source can be read again");
    followed.good = { at: performance.now(), date: new Date() };
    followed.failed = undefined;
    followed.alarmed = false;
    if (event.kind !== "merged") return;
    followed.look = event.changes.filter(({ look }) => look).length;
    log.info(
      { explainer: id, url, changes: event.changes.length, look: followed.look },
      "a source has changed and was brought in",
    );
  }

  function begin(id: string, following: Following): void {
    const stop = new AbortController();
    const followed: Followed = {
      ...following,
      stop,
      began: performance.now(),
      good: undefined,
      failed: undefined,
      look: 0,
      alarmed: false,
    };
    all.set(id, followed);
    followSource(following, { signal: stop.signal, told: (event) => heard(id, followed, event) }).catch(
      (error: unknown) =>
        log.error({ err: error, explainer: id }, "a source is followed no more; start again to follow it"),
    );
  }

  return {
    follow(explainers) {
      const wanted = new Map<string, Following>();
      for (const { id, folder, source } of explainers) {
        if (folder === undefined || source.url === undefined || source.refresh === undefined) continue;
        wanted.set(id, { from: source.url, folder, every: source.refresh, ownHosts });
      }
      for (const [id, followed] of all) {
        const next = wanted.get(id);
        if (next && next.from === followed.from && next.every === followed.every && next.folder === followed.folder)
          wanted.delete(id);
        else {
          followed.stop.abort();
          all.delete(id);
        }
      }
      for (const [id, following] of wanted) begin(id, following);
    },
    status: () =>
      Object.fromEntries(
        [...all].map(([id, followed]) => [
          id,
          {
            state: stateOf(followed),
            url: followed.from,
            ...(followed.good ? { read: followed.good.date.toISOString() } : {}),
            ...(followed.failed ? { reason: followed.failed.reason } : {}),
            ...(followed.look > 0 ? { look: followed.look } : {}),
          },
        ]),
      ),
    stop() {
      for (const { stop } of all.values()) stop.abort();
      all.clear();
    },
  };
}
