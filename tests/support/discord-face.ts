// The Discord face in this process, through the real client, against a server of ours.
import { pino } from "pino";
import { CHAT_COOLDOWN, type CooldownOptions } from "../../src/chat/cooldown.js";
import { createDiscordFace, type DiscordFace, type DiscordFaceOptions } from "../../src/discord/face.js";
import { createStudio } from "../../src/figures/studio.js";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { TOKEN, type DiscordServer } from "./discord-server.js";

/** No limit that a test would meet by chance. */
export const NO_COOLDOWN: CooldownOptions = {
  reader: { burst: 1e6, perSecond: 1e6 },
  channel: { burst: 1e6, perSecond: 1e6 },
};

export interface RunningFace {
  readonly face: DiscordFace;
  /** Lines that were logged so far. */
  readonly logged: Record<string, unknown>[];
  stop(): Promise<void>;
}

export function createFace(
  server: DiscordServer,
  { assistant }: OpenedAssistant,
  more: Partial<DiscordFaceOptions> & { slowCooldown?: boolean } = {},
): RunningFace {
  const logged: Record<string, unknown>[] = [];
  const log = pino(
    { level: "debug" },
    { write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const { slowCooldown = false, ...options } = more;
  const face = createDiscordFace({
    token: TOKEN,
    apiUrl: server.url,
    guild: undefined,
    shards: "auto",
    assistant,
    studio: createStudio(),
    cooldown: slowCooldown ? CHAT_COOLDOWN : NO_COOLDOWN,
    log,
    ...options,
  });
  return { face, logged, stop: () => face.stop(5_000) };
}

export async function startFace(...args: Parameters<typeof createFace>): Promise<RunningFace> {
  const running = createFace(...args);
  await running.face.ready;
  return running;
}
