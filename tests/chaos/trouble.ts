// What goes wrong, drawn at random: on the wire, with the process, with its file and its clock.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { DiscordServer } from "../support/discord-server.js";
import type { SlackServer } from "../support/slack-server.js";
import type { Bot, Span } from "./bot.js";
import type { Draw } from "./draw.js";

export interface Trouble {
  /** Spans in which what is asked may be lost through no fault of the bot's, by platform. */
  readonly excused: Record<"discord" | "slack", Span[]>;
  /** Connections that were ended on purpose, by platform, in milliseconds. */
  readonly dropped: Record<"discord" | "slack", number[]>;
  readonly counts: Map<string, number>;
  wire(): void;
  process(): Promise<void>;
  /** Everything is as it should be again. */
  calm(): void;
}

export interface TroubleOptions {
  readonly draw: Draw;
  readonly bot: Bot;
  readonly discord: DiscordServer;
  readonly slack: SlackServer;
  readonly folder: string;
  /** Whether the folder is on a small disk that can be filled. */
  readonly small: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FAULT_MS = 6_000;
const PAGE = "<html><h1>error code: 1015</h1></html>";

const HOLD = `
  const Database = require("libsql");
  const database = new Database(process.argv[1], { timeout: 20000 });
  try { database.exec("begin immediate"); } catch { process.exit(0); }
  setTimeout(() => { database.exec("rollback"); process.exit(0); }, Number(process.argv[2]));`;

export function createTrouble({ draw, bot, discord, slack, folder, small }: TroubleOptions): Trouble {
  const excused: Trouble["excused"] = { discord: [], slack: [] };
  const dropped: Trouble["dropped"] = { discord: [], slack: [] };
  const counts = new Map<string, number>();
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);

  const ROUTES = [
    /^POST \/channels\/\d+\/messages/,
    /^(?:PATCH|DELETE) \/channels/,
    /^GET \/gateway\/bot/,
    /^(?:GET|PUT) \/applications/,
    /^GET \/channels/,
  ];
  const METHODS = [
    /^chat\.postMessage$/,
    /^chat\.postEphemeral$/,
    /^apps\.connections\.open$/,
    /^auth\.test$/,
    /^(?:files\.|upload)/,
  ];
  const often = <T>(from: readonly T[]): T => (draw.next() < 0.6 ? from[0]! : draw.pick(from));

  /** What nobody ran into in a while is over: faults must not pile up for a bot that waits. */
  function passing(fault: { times: number }): void {
    setTimeout(() => (fault.times = 0), FAULT_MS).unref();
  }

  function wireDiscord(): void {
    const match = often(ROUTES);
    const times = draw.next() < 0.7 ? 1 : 2;
    const kind = draw.pick([
      "5xx",
      "5xx page",
      "429",
      "429 page",
      "hang up",
      "done, hang up",
      "half",
      "slow",
      "automod",
      "forbidden",
      "drop",
      "drop",
      "no resume",
    ]);
    count(`discord ${kind}`);
    switch (kind) {
      case "5xx":
        passing(
          discord.fault(match, draw.pick([500, 502, 503, 504]), {
            times,
            body: { message: "Internal", code: 0 },
          }),
        );
        return;
      case "5xx page":
        passing(discord.fault(match, draw.pick([502, 503, 504]), { times, page: PAGE }));
        return;
      case "429": {
        const wait = draw.between(0.2, 2);
        passing(
          discord.fault(match, 429, {
            times,
            body: { message: "slow", retry_after: wait, global: false },
            headers: { "retry-after": String(Math.ceil(wait)) },
          }),
        );
        return;
      }
      case "429 page":
        passing(discord.fault(match, 429, { times: 1, page: PAGE }));
        return;
      case "hang up":
        passing(discord.fault(match, 500, { times, hangUp: true }));
        return;
      case "done, hang up":
        passing(discord.fault(match, 500, { times: 1, hangUp: true, after: true }));
        return;
      case "half":
        passing(discord.fault(match, 200, { times: 1, half: true }));
        return;
      case "slow":
        passing(discord.fault(match, 200, { times, slow: draw.between(300, 6_000) }));
        return;
      case "automod":
        passing(
          discord.fault(ROUTES[0]!, 400, {
            times: 1,
            body: { code: 200000, message: "Message was blocked by automatic moderation" },
          }),
        );
        return;
      case "forbidden":
        passing(discord.fault(ROUTES[0]!, 403, { times: 1, body: { code: 50013, message: "Missing Permissions" } }));
        return;
      case "no resume": {
        // A session that cannot be gone on with loses what was sent to it meanwhile.
        if (draw.next() < 0.9) return;
        const now = performance.now();
        excused.discord.push({ from: now - 1_000, to: now + 70_000, what: kind });
        dropped.discord.push(now, now, now);
        discord.conduct = "answers no resume";
        discord.drop(4000);
        setTimeout(() => (discord.conduct = "normal"), 8_000);
        return;
      }
      case "drop":
        dropped.discord.push(performance.now());
        {
          discord.drop(draw.pick([4000, 4009, 4001]));
          return;
        }
    }
  }

  function wireSlack(): void {
    const match = often(METHODS);
    const times = draw.next() < 0.7 ? 1 : 2;
    const kind = draw.pick([
      "5xx",
      "5xx page",
      "200 page",
      "429",
      "429 page",
      "hang up",
      "done, hang up",
      "half",
      "slow",
      "code",
      "refusal",
      "drop",
      "disconnect",
      "no hello",
    ]);
    count(`slack ${kind}`);
    switch (kind) {
      case "5xx": {
        slack.fault(match, { times, status: draw.pick([500, 502, 503]) });
        return;
      }
      case "5xx page": {
        slack.fault(match, { times, status: 502, page: PAGE });
        return;
      }
      case "200 page": {
        slack.fault(match, { times, status: 200, page: PAGE });
        return;
      }
      case "429": {
        slack.fault(match, { times, status: 429, error: "ratelimited", retryAfter: draw.pick([0, 1, 2]) });
        return;
      }
      case "429 page": {
        slack.fault(match, { times: 1, status: 429, page: PAGE });
        return;
      }
      case "hang up": {
        slack.fault(match, { times, hangUp: true });
        return;
      }
      case "done, hang up": {
        slack.fault(match, { times: 1, hangUp: true, after: true });
        return;
      }
      case "half": {
        slack.fault(match, { times: 1, half: true });
        return;
      }
      case "slow": {
        slack.fault(match, { times, slow: draw.between(300, 6_000) });
        return;
      }
      case "code": {
        slack.fault(match, {
          times,
          error: draw.pick(["internal_error", "fatal_error", "service_unavailable"]),
        });
        return;
      }
      case "refusal": {
        slack.fault(METHODS[0]!, {
          times: 1,
          error: draw.pick(["restricted_action", "ekm_access_denied", "not_in_channel", "is_archived"]),
        });
        return;
      }
      case "drop":
        dropped.slack.push(performance.now());
        {
          slack.drop();
          return;
        }
      case "disconnect":
        dropped.slack.push(performance.now());
        {
          slack.disconnect(draw.pick(["refresh_requested", "warning", "too_many_websockets"]));
          return;
        }
      case "no hello":
        dropped.slack.push(performance.now(), performance.now());
        slack.hello = false;
        slack.drop();
        setTimeout(() => (slack.hello = true), 4_000);
    }
  }

  const file = join(folder, "store.db");
  const filler = join(folder, "filler");

  async function trouble(): Promise<void> {
    const kind = draw.pick([
      "kill",
      "kill",
      "kill",
      "freeze",
      "clock",
      "clock",
      "lock",
      "lock",
      ...(small ? ["disk full"] : []),
    ]);
    count(kind);
    switch (kind) {
      case "kill":
        return bot.crash(draw.between(0, 4_000));
      case "freeze":
        return bot.freeze(draw.between(500, 15_000));
      case "clock": {
        const by = draw.pick([5 * MINUTE, -5 * MINUTE, HOUR, -HOUR, DAY, -DAY, 365 * DAY, -365 * DAY]);
        bot.setAhead(by);
        await sleep(draw.between(3_000, 20_000));
        bot.setAhead(0);
        return;
      }
      case "lock": {
        const child = spawn(process.execPath, ["-e", HOLD, file, String(Math.round(draw.between(500, 25_000)))], {
          stdio: "ignore",
        });
        await once(child, "exit");
        return;
      }
      default: {
        // Until nothing more fits.
        try {
          writeFileSync(filler, Buffer.alloc(64 * 1024 * 1024));
        } catch {
          // That is what was wanted.
        }
        await sleep(draw.between(2_000, 10_000));
        rmSync(filler, { force: true });
      }
    }
  }

  return {
    excused,
    dropped,
    counts,
    wire: () => (draw.next() < 0.5 ? wireDiscord() : wireSlack()),
    process: trouble,
    calm() {
      discord.clearFaults();
      slack.clearFaults();
      discord.conduct = "normal";
      slack.hello = true;
      bot.setAhead(0);
      rmSync(filler, { force: true });
    },
  };
}

/** A small disk of its own at `folder`, where that can be had. */
export function mountSmall(folder: string): boolean {
  return spawnSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], { stdio: "ignore" }).status === 0;
}
export function unmount(folder: string): void {
  spawnSync("umount", [folder], { stdio: "ignore" });
}
