// Keeps what is known of servers and workspaces as the store has it, whichever process wrote it, and forgets what is over.
import type { Logger } from "pino";
import { startTicker } from "./daily/ticker.js";
import type { Installations } from "./memory/installations.js";
import type { Places } from "./memory/places.js";
import { createRevisions } from "./memory/revisions.js";
import type { StorageKeeper } from "./storage/keeper.js";

/** Milliseconds between looks at whether another process changed something. */
const LOOK_MS = 400;
/** Looks between sweeps: an hour; the first after five minutes, when the platforms have said where the bot is. */
const SWEEP_EVERY = 9_000;
const FIRST_SWEEP = 750;

export function followInstallations(
  keeper: StorageKeeper,
  places: Places,
  installations: Installations,
  log: Logger,
): { stop(): void } {
  const revisions = createRevisions(() => keeper.db(), {
    places: () => places.refresh(),
    installations: () => installations.refresh(),
  });
  let looks = 0;
  const stop = startTicker(
    LOOK_MS,
    async () => {
      await revisions.look();
      if (looks % SWEEP_EVERY === FIRST_SWEEP && keeper.status() === "ready") {
        const forgotten = await installations.sweep();
        if (forgotten > 0) log.info({ forgotten }, "what belonged to servers and workspaces that were left is deleted");
      }
      looks += 1;
    },
    (error) => log.warn({ err: error }, "changes of other processes wait: the store is away"),
  );
  return { stop };
}
