// Whether the store failed the engine when it was asked last, said once when it goes and once when it is back.
import type { Logger } from "pino";

export interface Away {
  readonly is: () => boolean;
  readonly fault: (error: unknown) => void;
  readonly back: () => void;
}

export function createAway(log: Logger): Away {
  let away = false;
  return {
    is: () => away,
    fault(error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (away) log.debug({ reason }, "the database is still away");
      else log.error({ reason }, "the database is away; daily posts wait");
      away = true;
    },
    back() {
      if (away) log.info("the database is back");
      away = false;
    },
  };
}
