// The Slack face in this process, through the real Bolt, against a server of ours, by either way that Slack offers.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { CHAT_COOLDOWN } from "../../src/chat/cooldown.js";
import { createSeen } from "../../src/memory/seen.js";
import { createStudio } from "../../src/figures/studio.js";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { createSlackFace, type SlackFace, type SlackFaceOptions } from "../../src/slack/face.js";
import { NO_COOLDOWN } from "./discord-face.js";
import {
  APP_TOKEN,
  BOT_TOKEN,
  CLIENT_ID,
  CLIENT_SECRET,
  SIGNING_SECRET,
  startSlackServer,
  type SlackServer,
  type SlackServerOptions,
} from "./slack-server.js";

export type Mode = "socket" | "http";
export const MODES: readonly Mode[] = ["socket", "http"];

export interface RunningSlack {
  readonly server: SlackServer;
  readonly face: SlackFace;
  readonly logged: Record<string, unknown>[];
  /** Where requests are taken; empty in Socket Mode. */
  readonly address: string;
  /** Where browsers reach it. */
  readonly publicUrl: string;
  stop(): Promise<void>;
}

export async function createSlack(
  mode: Mode,
  { assistant }: OpenedAssistant,
  more: Partial<SlackFaceOptions> & {
    slowCooldown?: boolean;
    /** Whether many workspaces add it, by OAuth. */
    many?: boolean;
    server?: SlackServerOptions;
    before?: (server: SlackServer) => void;
  } = {},
): Promise<RunningSlack> {
  const { slowCooldown = false, server: serverOptions = {}, before, many = false, ...options } = more;
  let address = "";
  // Where it is reached is known before the face is there: an installation comes back to it.
  let mounts: SlackFace["mounts"] = [];
  const http: Server = createServer((request, response) => {
    const [path] = (request.url ?? "").split("?", 1);
    const mount = mounts.find((each) => each.path === path);
    if (mount) mount.serve(request, response);
    else response.writeHead(404).end();
  }).listen(0, "127.0.0.1");
  await once(http, "listening");
  const publicUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server = await startSlackServer({ ...(mode === "http" ? { requests: () => address } : {}), ...serverOptions });
  before?.(server);
  const logged: Record<string, unknown>[] = [];
  const log = pino(
    { level: "debug" },
    { write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const face = createSlackFace({
    auth: many
      ? { kind: "many", clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, publicUrl }
      : { kind: "one", botToken: BOT_TOKEN },
    apiUrl: server.url,
    mode: mode === "socket" ? { kind: "socket", appToken: APP_TOKEN } : { kind: "http", signingSecret: SIGNING_SECRET },
    assistant,
    studio: createStudio(),
    cooldown: slowCooldown ? CHAT_COOLDOWN : NO_COOLDOWN,
    seen: createSeen(),
    log,
    ...options,
  });
  mounts = face.mounts;
  if (mode === "http") address = `${publicUrl}/slack/events`;
  return {
    server,
    face,
    logged,
    publicUrl,
    get address() {
      return address;
    },
    async stop() {
      await face.stop(5_000);
      http.closeAllConnections();
      http.close();
      await server.stop();
    },
  };
}

/** Starts it, and waits until the editor's charts are uploaded, so that no test meets them by chance. */
export async function startSlack(...args: Parameters<typeof createSlack>): Promise<RunningSlack> {
  const running = await createSlack(...args);
  await running.face.ready;
  if (args[2]?.many === true) return running;
  const { desk } = await args[1].assistant.figures();
  const wanted = args[2]?.before ? 0 : desk.charts().length;
  await running.server.until(
    () => [...running.server.files.values()].filter((file) => file.complete).length >= wanted,
    "uploads",
  );
  return running;
}
