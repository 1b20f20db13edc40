// Every chat platform there is: the one list that names them.
import type { FaceKind } from "./chat/face.js";
import { discordKind } from "./discord/kind.js";
import { slackKind } from "./slack/kind.js";

export const FACES: readonly FaceKind[] = [discordKind, slackKind];
