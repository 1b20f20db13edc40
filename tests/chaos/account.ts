// What came of it, counted at the servers and read from the store.
import { nextDue } from "../../src/daily/when.js";
import { markOf } from "../../src/daily/mark.js";
import { PRESSES as DISCORD_PRESSES } from "../../src/discord/press.js";
import { PRESSES as SLACK_PRESSES } from "../../src/slack/press.js";
import type { DeliveryRow, SubscriptionRow } from "../../src/storage/tables.js";
import type { DiscordServer } from "../support/discord-server.js";
import type { SlackServer } from "../support/slack-server.js";
import type { Bot, Span } from "./bot.js";
import type { Trouble } from "./trouble.js";

export interface AskedOnce {
  readonly platform: "discord" | "slack";
  readonly id: string;
  readonly at: number;
}

export interface Account {
  readonly asked: readonly AskedOnce[];
  readonly promised: readonly {
    readonly id: string;
    readonly date: string;
    readonly at: number;
    readonly platform: string;
  }[];
  readonly deliveries: readonly DeliveryRow[];
  readonly subscriptions: readonly SubscriptionRow[];
  readonly discord: DiscordServer;
  readonly slack: SlackServer;
  readonly bot: Bot;
  readonly trouble: Trouble;
  readonly memory: readonly { readonly at: number; readonly mb: number }[];
  /** What the process ended with when it was told to. */
  readonly stopped: number | null;
}

/** An answer is looked for so long; the longest waits that faults ask for end well before. */
const PATIENCE_MS = 60_000;
const MINUTE = 60_000;
const MOST_A_MINUTE = 10;
const MOST_MB = 400;

const within = (spans: readonly Span[], from: number, to: number): boolean =>
  spans.some((span) => span.from <= to && span.to >= from);

/** The most moments in any minute, less those that were called for in it or just before. */
function most(moments: readonly number[], calledFor: readonly number[]): number {
  return Math.max(
    0,
    ...moments.map((from) => {
      const count = moments.filter((at) => at >= from && at < from + MINUTE).length;
      return count - calledFor.filter((at) => at >= from - MINUTE / 4 && at < from + MINUTE).length;
    }),
  );
}

/** Every fault as a sentence; prints what was counted. */
export function account(of: Account): string[] {
  const { asked, promised, deliveries, subscriptions, discord, slack, bot, trouble, memory } = of;
  const faults: string[] = [];
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(
    `what went wrong: ${[...trouble.counts]
      .map(([what, count]) => `${what} ${count}`)
      .sort()
      .join(", ")}`,
  );

  // Questions.
  const messages = [...discord.all()];
  const tally = { answered: 0, whispered: 0, refused: 0, away: 0, lost: 0, twice: 0 };
  for (const { platform, id, at } of asked) {
    const calls = discord.seen.filter(
      ({ body }) =>
        (body as { message_reference?: { message_id?: string } } | undefined)?.message_reference?.message_id === id,
    );
    const slackCalls = platform === "slack" ? slack.calls.filter(({ args }) => args["thread_ts"] === id) : [];
    const open =
      platform === "discord"
        ? messages.filter(({ body }) => body.message_reference?.message_id === id).length
        : slack.replies(id).length;
    const told =
      platform === "slack" ? slack.posted.filter((each) => each.thread === id && each.user !== undefined).length : 0;
    const refused =
      platform === "discord"
        ? calls.some(({ status }) => status >= 400 && status < 500 && status !== 429)
        : slackCalls.some(({ answer }) => JSON.stringify(answer).includes("fault"));
    if (open > 1) {
      tally.twice += 1;
      faults.push(`${platform}: a question was answered ${open} times in the open`);
    }
    if (open > 0) tally.answered += 1;
    else if (told > 0) tally.whispered += 1;
    else if (refused) tally.refused += 1;
    else if (within([...bot.away, ...trouble.excused[platform]], at - 1_000, at + PATIENCE_MS / 2)) tally.away += 1;
    else {
      tally.lost += 1;
      faults.push(
        `${platform}: a question was lost ${Math.round(at)} ms in, with ${calls.length + slackCalls.length} requests for it: ${JSON.stringify((platform === "discord" ? calls : slackCalls).map(({ status }) => status))}`,
      );
    }
  }
  say(
    `questions: ${asked.length}; ${Object.entries(tally)
      .map(([what, count]) => `${what} ${count}`)
      .join(", ")}`,
  );

  // Daily posts, by the mark that each bears.
  const wire = messages.map(({ body }) => JSON.stringify(body.components ?? []));
  const slackWire = slack.posted.filter(({ user }) => user === undefined).map(({ blocks }) => JSON.stringify(blocks));
  const postsOf = (id: string, date: string, platform: string): number => {
    const mark = (platform === "discord" ? DISCORD_PRESSES : SLACK_PRESSES).mark(markOf(id, date));
    return (platform === "discord" ? wire : slackWire).filter((each) => each.includes(mark)).length;
  };
  const states = new Map<string, number>();
  for (const { subscription, local_date, state, reason } of deliveries) {
    const platform = subscriptions.find(({ id }) => id === subscription)?.platform ?? "";
    const posts = postsOf(subscription, local_date, platform);
    states.set(state, (states.get(state) ?? 0) + 1);
    if (posts > 1) faults.push(`${platform}: the post of ${local_date} came ${posts} times`);
    if (state === "posted" && posts === 0)
      faults.push(`${platform}: the post of ${local_date} is said to be posted and is not there`);
    if (["skipped", "refused"].includes(state) && posts > 0)
      faults.push(`${platform}: the post of ${local_date} is there and is said to be ${state} (${reason ?? ""})`);
    if (["due", "sending"].includes(state))
      faults.push(`${platform}: the post of ${local_date} is still ${state} (${reason ?? "no reason"})`);
    if (state === "unknown" && platform === "discord" && posts === 0 && reason === "unknown")
      say(`discord: nobody knows of the post of ${local_date}`);
  }
  say(`deliveries: ${[...states].map(([state, count]) => `${state} ${count}`).join(", ")}`);
  for (const { id, date, platform } of promised) {
    const found = deliveries.find(({ subscription, local_date }) => subscription === id && local_date === date);
    const paused = subscriptions.find((row) => row.id === id)?.state !== "active";
    if ((found?.state === "skipped" || !found) && !paused)
      faults.push(`${platform}: the post of ${date} was ${found ? `skipped (${found.reason ?? ""})` : "never begun"}`);
  }
  for (const { id, platform, state, next_at, time, zone } of subscriptions) {
    // The first day to come that had no post, nor may have had one.
    let next = nextDue(Date.now(), time, zone);
    const had = (date: string): boolean => deliveries.some((row) => row.subscription === id && row.local_date === date);
    while (had(next.date)) next = nextDue(next.at, time, zone);
    if (state === "active" && next_at !== next.at)
      faults.push(
        `${platform}: the next post is set for ${new Date(next_at).toISOString()} in place of ${new Date(next.at).toISOString()}`,
      );
  }

  // Requests.
  const restarts = bot.starts;
  const gateway = most(discord.connectedAt, [...trouble.dropped.discord, ...restarts]);
  const doors = most(
    discord.seen.filter(({ path }) => path === "/gateway/bot").map(({ at }) => at),
    restarts,
  );
  const links = most(
    slack.calls.filter(({ method }) => method === "apps.connections.open").map(({ at }) => at),
    [...trouble.dropped.slack, ...restarts],
  );
  const repeats = new Map<string, number[]>();
  const repeated = (key: string | undefined, at: number): void => {
    if (key !== undefined) repeats.set(key, [...(repeats.get(key) ?? []), at]);
  };
  for (const { body, at } of discord.seen) repeated((body as { nonce?: string } | undefined)?.nonce, at);
  for (const { method, args, at } of slack.calls)
    if (method === "chat.postMessage" && typeof args["thread_ts"] === "string") repeated(args["thread_ts"], at);
  const sends = Math.max(0, ...[...repeats.values()].map((moments) => most(moments, [])));
  say(
    `in the worst minute, beyond what was called for: ${gateway} connections to the gateway, ${doors} questions for it, ${links} connections of Slack's, ${sends} tries of one message`,
  );
  for (const [what, count] of [
    ["connections to the gateway", gateway],
    ["questions for the gateway", doors],
    ["connections of Slack's", links],
    ["tries of one message", sends],
  ] as const)
    if (count > MOST_A_MINUTE) faults.push(`${count} ${what} in a minute`);

  // The process.
  for (const death of bot.deaths) faults.push(`the process ${death}`);
  if (of.stopped !== 0) faults.push(`told to stop it ended with ${of.stopped}`);
  const highest = Math.max(0, ...memory.map(({ mb }) => mb));
  say(`memory: at most ${highest} MB; ${restarts.length} starts`);
  if (highest > MOST_MB) faults.push(`it took ${highest} MB`);
  const kinds = new Map<string, number>();
  for (const line of bot.worst) {
    const message = /"msg":"([^"]*)"/.exec(line)?.[1] ?? line;
    kinds.set(message, (kinds.get(message) ?? 0) + 1);
  }
  for (const [message, count] of kinds) say(`  logged ${count} ×: ${message}`);
  return faults;
}
