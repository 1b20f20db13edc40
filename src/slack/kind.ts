// Slack among the faces.
import type { FaceKind } from "../chat/face.js";
import { readerOf } from "../chat/settings.js";
import { PLATFORM } from "./message.js";
import { SLACK_SETTINGS, readSlackSettings } from "./settings.js";

export const slackKind: FaceKind = {
  platform: PLATFORM,
  title: "Slack",
  needs: "SLACK_BOT_TOKEN",
  settings: SLACK_SETTINGS,
  read(env) {
    const { settings, problems } = readSlackSettings(readerOf(env));
    if (problems.length > 0) return { kind: "wrong", problems };
    return settings
      ? {
          kind: "startable", // Its package is large: only who starts it loads it.
          start: async (deps) => (await import("./face.js")).createSlackFace({ ...settings, ...deps }),
          examine: async () => (await import("./examine.js")).examineSlack(settings),
        }
      : { kind: "absent" };
  },
};
