// A real face of either platform against the test servers, for processes that are killed.
import type { Logger } from "pino";
import type { Assistant } from "../../src/assistant/assistant.js";
import { CHAT_COOLDOWN } from "../../src/chat/cooldown.js";
import type { Face } from "../../src/chat/face.js";
import { createDiscordFace } from "../../src/discord/face.js";
import { createStudio } from "../../src/figures/studio.js";
import { createSeen } from "../../src/memory/seen.js";
import { createSlackFace } from "../../src/slack/face.js";
import { TOKEN } from "./discord-server.js";
import { APP_TOKEN, BOT_TOKEN } from "./slack-server.js";

/** Resolves once the face is ready. */
export async function openFace(
  platform: "discord" | "slack",
  apiUrl: string,
  assistant: Assistant,
  log: Logger,
): Promise<Face> {
  const shared = { assistant, studio: createStudio(), cooldown: CHAT_COOLDOWN, log };
  const face =
    platform === "discord"
      ? createDiscordFace({ ...shared, token: TOKEN, apiUrl, guild: undefined, shards: "auto" })
      : createSlackFace({
          ...shared,
          auth: { kind: "one", botToken: BOT_TOKEN },
          apiUrl,
          mode: { kind: "socket", appToken: APP_TOKEN },
          seen: createSeen(),
        });
  await face.ready;
  return face;
}
