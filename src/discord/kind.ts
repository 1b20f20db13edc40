// Discord among the faces.
import type { FaceKind } from "../chat/face.js";
import { readerOf } from "../chat/settings.js";
import { PLATFORM } from "./message.js";
import { DISCORD_SETTINGS, readDiscordSettings } from "./settings.js";

export const discordKind: FaceKind = {
  platform: PLATFORM,
  title: "Discord",
  needs: "DISCORD_TOKEN",
  settings: DISCORD_SETTINGS,
  read(env) {
    const { settings, problems } = readDiscordSettings(readerOf(env));
    if (problems.length > 0) return { kind: "wrong", problems };
    return settings
      ? {
          kind: "startable", // Its package is large: only who starts it loads it.
          start: async (deps) => (await import("./face.js")).createDiscordFace({ ...settings, ...deps }),
          examine: async () => (await import("./examine.js")).examineDiscord(settings),
        }
      : { kind: "absent" };
  },
};
