// Many workspaces: each adds the bot by itself, has its own token, settings and data, and goes when it goes; nobody gets at another's.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSeen } from "../../src/memory/seen.js";
import { createOnce } from "../../src/memory/once.js";
import { createSlackFace } from "../../src/slack/face.js";
import { startDesk, type RunningDesk } from "../support/desk.js";
import { emptyFolder } from "../support/program.js";
import { createSlack, MODES, startSlack, type RunningSlack } from "../support/slack-face.js";
import { BOT, buttonsIn, CHANNEL, READER, TEAM, wordsIn, type Posted } from "../support/slack-server.js";
import { writeTwo } from "../support/written.js";

const HARBOUR = "Why is the harbour closed?";
const LIBRARY = "Which libraries stay open?";
const ADMIN = "UADMIN001";

const SUBSCRIPTION = {
  platform: "slack",
  channel: CHANNEL,
  channel_name: "#general",
  explainer: "harbour",
  time: "08:00",
  zone: "Europe/London",
  only_changes: 0,
  created_by: READER,
  created_at: 1,
  next_at: 8_000_000_000_000,
  next_date: "2223-01-01",
  state: "active",
  told: 0,
};

const depsOf = ({ desk, places, installations, said, db }: RunningDesk) => ({
  desk,
  places,
  installations,
  said,
  seen: createSeen(),
  once: (name: string, forMs: number) => createOnce(() => db, name, forMs),
});

/** A browser, as far as adding the bot takes one. */
async function browse(url: string, cookie?: string) {
  const response = await fetch(url, { redirect: "manual", headers: cookie === undefined ? {} : { cookie } });
  return {
    status: response.status,
    location: response.headers.get("location") ?? "",
    cookie: response.headers
      .getSetCookie()
      .map((each) => each.split(";")[0] ?? "")
      .join("; "),
  };
}

async function install({ server, publicUrl }: RunningSlack, team: string): Promise<string> {
  const begun = await browse(`${publicUrl}/slack/install`);
  const done = await browse(server.approve(begun.location, team), begun.cookie);
  return done.location;
}

describe.each(MODES)("workspaces that add the bot by OAuth (%s)", (mode) => {
  let slack: RunningSlack;
  let running: RunningDesk;
  const words = ({ blocks }: Posted): string => wordsIn(blocks);
  const ask = async (team: string, question: string): Promise<Posted> => {
    const { answers } = slack.server.command("/ask", question, READER, { team });
    return slack.server.until(() => answers()[0], "an answer");
  };
  const mention = (team: string, text: string, more: Record<string, unknown> = {}): string => {
    const ts = slack.server.nextTs();
    const bot = team === TEAM ? BOT : `UBOT${team}`;
    slack.server.tell(team, {
      type: "app_mention",
      user: READER,
      text: `<@${bot}> ${text}`,
      ts,
      channel: CHANNEL,
      event_ts: ts,
      ...more,
    });
    return ts;
  };
  beforeAll(async () => {
    running = await startDesk({ dataDir: await writeTwo(), database: `file:${join(emptyFolder(), "s.db")}` });
    slack = await startSlack(mode, running.opened, { many: true, ...depsOf(running) });
    // No workspace's token is one of the settings.
    slack.server.botToken = "none";
  });
  afterAll(async () => {
    await slack.stop();
    await running.stop();
  });

  it("are served once they have, with a token that nobody reads in the store", async () => {
    slack.server.team("T1");
    slack.server.team("T2");
    expect(await install(slack, "T1")).toBe("/install?done=yes");
    expect(await install(slack, "T2")).toBe("/install?done=yes");
    expect(words(await ask("T1", HARBOUR))).toContain("The quay wall broke");
    const ts = mention("T2", HARBOUR);
    const reply = await slack.server.until(() => slack.server.replies(ts)[0], "a reply");
    expect(reply.team).toBe("T2");
    const rows = await running.db.selectFrom("installations").selectAll().execute();
    expect(rows.map(({ place }) => place).sort()).toEqual(["T1", "T2"]);
    expect(JSON.stringify(rows)).not.toContain("xoxb");
    expect(slack.face.installed()).toBe(2);
  });

  it("asks for what it needs, and for no more", async () => {
    const { location, status } = await browse(`${slack.publicUrl}/slack/install`);
    expect(status).toBe(302);
    const { searchParams } = new URL(location);
    expect(searchParams.get("scope")?.split(",").sort()).toEqual(
      slack.face
        .install()!
        .asks.map(({ name }) => name)
        .sort(),
    );
    expect(searchParams.get("user_scope")).toBeNull();
  });

  it("are not added by a forged, used or old state, another browser, or a code that was used", async () => {
    slack.server.team("T3");
    const problem = async (url: string, cookie?: string) =>
      new URL((await browse(url, cookie)).location, "http://x").search;
    const begun = await browse(`${slack.publicUrl}/slack/install`);
    const back = slack.server.approve(begun.location, "T3");
    // Another browser has no cookie, or one of its own.
    expect(await problem(back)).toBe("?problem=expired");
    const other = await browse(`${slack.publicUrl}/slack/install`);
    expect(await problem(back, other.cookie)).toBe("?problem=expired");
    const forged = new URL(back);
    forged.searchParams.set("state", "forged");
    expect(await problem(forged.toString(), begun.cookie.replace(/=.*/, "=forged"))).toBe("?problem=expired");
    // Once it is good.
    expect(await problem(back, begun.cookie)).toBe("?done=yes");
    expect(await problem(back, begun.cookie)).toBe("?problem=expired");
    // The same code again, with a state that is good.
    const again = await browse(`${slack.publicUrl}/slack/install`);
    const replayed = new URL(back);
    replayed.searchParams.set("state", new URL(again.location).searchParams.get("state") ?? "");
    expect(await problem(replayed.toString(), again.cookie)).toBe("?problem=refused");
    expect(await problem(`${slack.publicUrl}/slack/oauth_redirect?error=access_denied&state=x`)).toBe(
      "?problem=cancelled",
    );
    expect(await problem(`${slack.publicUrl}/slack/oauth_redirect`)).toBe("?problem=expired");
    slack.server.fault(/oauth\.v2\.access/, { status: 503 });
    const third = await browse(`${slack.publicUrl}/slack/install`);
    expect(await problem(slack.server.approve(third.location, "T3"), third.cookie)).toBe("?problem=away");
    expect((await fetch(`${slack.publicUrl}/slack/install`, { method: "POST" })).status).toBe(405);
  });

  it("hear nothing, and get nothing, where the bot was never added", async () => {
    const before = slack.server.posted.length;
    const envelope = slack.server.tell("T404", {
      type: "app_mention",
      user: READER,
      text: `<@${BOT}> ${HARBOUR}`,
      ts: slack.server.nextTs(),
      channel: CHANNEL,
      event_ts: "1",
    });
    const { envelope: command, answers } = slack.server.command("/ask", HARBOUR, READER, { team: "T404" });
    await slack.server.until(
      () => envelope.ackedAt !== undefined && command.ackedAt !== undefined,
      "both to be acknowledged",
    );
    // At once: what is not acknowledged comes again.
    expect(command.ackedAt! - command.at).toBeLessThan(2_000);
    await ask("T1", HARBOUR);
    expect(answers()).toEqual([]);
    expect(slack.server.posted.length).toBe(before + 1);
    expect(slack.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it("have their own settings in a channel that two of them share", async () => {
    const set = async (team: string, text: string) => {
      const { answers } = slack.server.command("/explainer", text, ADMIN, { team });
      return words(await slack.server.until(() => answers()[0], "an answer"));
    };
    expect(await set("T1", "here use libraries")).toContain(
      "Explainers: Why are the libraries closing? (set for this channel)",
    );
    const one = mention("T1", LIBRARY);
    const two = mention("T2", HARBOUR);
    expect(words(await slack.server.until(() => slack.server.replies(one)[0], "a reply"))).toContain("Mill Street");
    expect(words(await slack.server.until(() => slack.server.replies(two)[0], "a reply"))).toContain("quay wall");
    const refused = mention("T1", HARBOUR);
    expect(words(await slack.server.until(() => slack.server.replies(refused)[0], "a reply"))).not.toContain(
      "quay wall",
    );
    expect(await set("T2", "show")).toContain("All of them");
  });

  it("get nothing by another's button: not its content, not its desk, not its settings", async () => {
    const answer = await ask("T2", HARBOUR);
    const share = buttonsIn(answer.blocks).find(({ label }) => label === "Share")!;
    const pressed = slack.server.press(share.value, share.id, { ...answer, user: READER }, READER, "T1");
    const stolen = await slack.server.until(
      () => pressed.answers()[0] ?? slack.server.posted.find(({ blocks }) => wordsIn(blocks).includes("no longer")),
      "an answer",
    );
    expect(JSON.stringify(stolen)).not.toContain("quay wall");

    // T2's desk, pressed from T1 by somebody who manages T1.
    await running.places.set({ platform: "slack", place: "T2" }, { desk: CHANNEL });
    const row = await running.desk.pick(running.desk.explainer("harbour")!, "Is the lighthouse haunted?");
    const forged = `1o:0::q|harbour|i,${row!.id}`;
    const other = slack.server.press(forged, "standfirst_show", { ...answer, channel: "CELSEWHERE" }, READER, "T1");
    const told = await slack.server.until(() => other.answers()[0], "an answer");
    expect(words(told)).toContain("not the desk’s channel");
    expect((await running.desk.question(row!.id))?.state).toBe("open");

    // Settings go to the place whose button was pressed, whatever the button says.
    const setting = `1o:0::e|harbour|c,speak,off`;
    const meant = slack.server.press(setting, "standfirst_show", answer, ADMIN, "T1");
    await slack.server.until(
      () => meant.answers()[0] ?? running.places.of({ platform: "slack", place: "T1" }).speaks === false,
      "it",
    );
    expect(running.places.of({ platform: "slack", place: "T2" }).speaks).toBeUndefined();
    await running.places.set({ platform: "slack", place: "T1" }, { speaks: undefined });
  });

  it("of an organisation are served by its one installation, and go with it", async () => {
    slack.server.team("E9", { whole: true });
    for (const id of ["T91", "T92"]) slack.server.team(id, { org: "E9", bot: "UBOTE9" });
    expect(await install(slack, "E9")).toBe("/install?done=yes");
    const { answers } = slack.server.command("/ask", HARBOUR, READER, { team: "T91", enterprise_id: "E9" });
    expect(words(await slack.server.until(() => answers()[0], "an answer"))).toContain("quay wall");
    await running.places.set({ platform: "slack", place: "T91" }, { perMinute: 9 });
    // A workspace that is taken out of it goes alone.
    await running.places.set({ platform: "slack", place: "T92" }, { perMinute: 9 });
    const other = slack.server.command("/ask", HARBOUR, READER, { team: "T92", enterprise_id: "E9" });
    await slack.server.until(() => other.answers()[0], "an answer");
    slack.server.tell("E9", { type: "team_access_revoked", team_ids: ["T92"] }, { enterprise_id: "E9" });
    const settingsOf = async (place: string) =>
      (await running.db.selectFrom("places").selectAll().where("place", "=", place).execute()).length;
    await slack.server.until(async () => (await settingsOf("T92")) === 0, "the end of one");
    expect(await settingsOf("T91")).toBe(1);
    // As Slack documents it: without `authorizations`, and without a workspace.
    slack.server.tell(
      "E9",
      { type: "app_uninstalled" },
      { team_id: null, enterprise_id: "E9", authorizations: undefined },
    );
    await slack.server.until(
      async () =>
        (await running.db.selectFrom("installations").select("place").where("place", "in", ["E9", "T91"]).execute())
          .length === 0,
      "its end",
    );
    expect(await running.db.selectFrom("places").selectAll().where("place", "=", "T91").execute()).toEqual([]);
  });

  it("whose tokens run out have them exchanged once, however many ask at once", async () => {
    const team = slack.server.team("T5", { rotates: true });
    await install(slack, "T5");
    // A token with an hour left is due.
    const kept = (await running.installations.get({ platform: "slack", place: "T5" }))!;
    const body = JSON.parse(kept.body!) as { bot: { expiresAt: number } };
    body.bot.expiresAt = Math.floor(Date.now() / 1000) + 3_600;
    await running.installations.renew({ platform: "slack", place: "T5" }, kept.body!, JSON.stringify(body));
    const before = team.token;
    const given = await Promise.all(Array.from({ length: 5 }, () => ask("T5", HARBOUR)));
    expect(given.every((each) => words(each).includes("quay wall"))).toBe(true);
    expect(team.token).not.toBe(before);
    expect(
      slack.server.calls.filter(
        ({ method, args }) => method === "oauth.v2.access" && args["grant_type"] === "refresh_token",
      ),
    ).toHaveLength(1);
    const ts = mention("T5", HARBOUR);
    await slack.server.until(() => slack.server.replies(ts)[0], "a reply by the new token");
  });

  it("whose token ran out while it could not be exchanged are not ended by that", async () => {
    const team = slack.server.team("T55", { rotates: true });
    await install(slack, "T55");
    const place = { platform: "slack", place: "T55" };
    const kept = (await running.installations.get(place))!;
    const body = JSON.parse(kept.body!) as { bot: { expiresAt: number; token: string } };
    body.bot.expiresAt = Math.floor(Date.now() / 1000) - 60;
    body.bot.token = "xoxb-ran-out";
    await running.installations.renew(place, kept.body!, JSON.stringify(body));
    slack.server.expired.add("xoxb-ran-out");
    slack.server.fault(/oauth\.v2\.access/, { status: 429, retryAfter: 1, times: 3 });
    mention("T55", HARBOUR);
    await slack.server.until(
      () =>
        slack.server.calls.some(({ method, answer }) => method === "auth.test" && answer["error"] === "token_expired"),
      "its token to be asked about",
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await running.installations.reread(place))?.body).toContain(team.refresh);
    slack.server.clearFaults();
    expect(words(await ask("T55", HARBOUR))).toContain("quay wall");
  });

  it("that were added anew while the old token was asked about keep the new one", async () => {
    const place = { platform: "slack", place: "T56" };
    await running.installations.put(place, { body: "old" });
    await running.installations.put(place, { body: "new" });
    await running.installations.end(place, "old");
    expect(await running.installations.renew(place, "old", "older")).toBe(false);
    expect((await running.installations.reread(place))?.body).toBe("new");
    await running.installations.remove(place);
    // An exchange that ends after the end brings nothing back.
    expect(await running.installations.renew(place, "new", "newer")).toBe(false);
    expect(await running.installations.reread(place)).toBeUndefined();
  });

  it("lose their token alone when Slack takes it back: nobody else does, nor the process", async () => {
    const team = slack.server.team("T6");
    await install(slack, "T6");
    await ask("T6", HARBOUR);
    team.token = undefined;
    mention("T6", HARBOUR);
    await slack.server.until(
      async () =>
        (await running.db.selectFrom("installations").select("ended_at").where("place", "=", "T6").executeTakeFirst())
          ?.ended_at != null,
      "its end",
    );
    const ended = await running.db
      .selectFrom("installations")
      .selectAll()
      .where("place", "=", "T6")
      .executeTakeFirstOrThrow();
    expect(ended.body).toBeNull();
    expect(words(await ask("T1", LIBRARY))).toContain("Mill Street");
    // Added anew it is served again.
    expect(await install(slack, "T6")).toBe("/install?done=yes");
    expect(words(await ask("T6", HARBOUR))).toContain("quay wall");
  });

  it.each([
    ["app_uninstalled", "tokens_revoked"],
    ["tokens_revoked", "app_uninstalled"],
  ] as const)(
    "take along what belongs to them, by %s before %s, and nothing of who comes after",
    async (first, second) => {
      const id = `T7${first.length}${mode}`;
      const team = slack.server.team(id);
      const payload = (type: string) =>
        type === "tokens_revoked" ? { type, tokens: { oauth: [], bot: [team.bot] } } : { type };
      await install(slack, id);
      await running.db
        .insertInto("subscriptions")
        .values({ ...SUBSCRIPTION, id: `s-${id}-${mode}`, place: id })
        .execute();
      await running.places.set({ platform: "slack", place: id }, { perMinute: 30 });
      mention(id, HARBOUR);
      await slack.server.until(
        () => slack.server.posted.find((each) => each.team === id && each.thread !== undefined),
        "a reply",
      );
      const counts = async () =>
        Promise.all(
          (["installations", "places", "said", "subscriptions"] as const).map(
            async (table) =>
              (await running.db.selectFrom(table).select("place").where("place", "=", id).execute()).length,
          ),
        );
      await slack.server.until(async () => {
        await running.said.flush();
        return (await counts()).every((count) => count === 1);
      }, "all of it to be there");
      const at = Math.floor(Date.now() / 1000);
      const late = { event_time: at };
      team.token = undefined;
      slack.server.tell(id, payload(first), late);
      if (first === "tokens_revoked") {
        // The token is forgotten at once; the rest waits for the other event, or for whoever comes back within days.
        const row = () => running.db.selectFrom("installations").selectAll().where("place", "=", id).executeTakeFirst();
        await slack.server.until(async () => (await row())?.ended_at != null, "its end");
        expect((await row())?.body).toBeNull();
        expect((await counts()).slice(1)).toEqual([1, 1, 1]);
        slack.server.tell(id, payload(second), late);
      }
      await slack.server.until(async () => (await counts()).every((count) => count === 0), "everything to be gone");
      // It is added anew before the events come again, which are of the time before.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await install(slack, id);
      for (const type of [first, second]) slack.server.tell(id, payload(type), late);
      expect(words(await ask(id, HARBOUR))).toContain("quay wall");
      expect((await counts())[0]).toBe(1);
    },
  );

  it("that go in the middle of an answer end in nothing but that", async () => {
    const team = slack.server.team("T8");
    await install(slack, "T8");
    const held = slack.server.fault(/chat\.postMessage/, { slow: 500 });
    const ts = mention("T8", HARBOUR);
    await slack.server.until(() => held.times === 0, "the answer to be under way");
    team.token = undefined;
    slack.server.tell("T8", { type: "app_uninstalled" });
    await slack.server.until(
      async () => (await running.installations.get({ platform: "slack", place: "T8" })) === undefined,
      "its end",
    );
    expect(words(await ask("T1", LIBRARY))).toContain("Mill Street");
    expect(slack.server.replies(ts).length).toBeLessThanOrEqual(1);
    await running.said.flush();
    expect(slack.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });
});

describe("what installations are sealed with", () => {
  it("is told when it is another, starts nothing, and opens with the old one beside", async () => {
    const database = `file:${join(emptyFolder(), "s.db")}`;
    const dataDir = await writeTwo();
    const first = await startDesk({ dataDir, database });
    await first.installations.put(
      { platform: "slack", place: "T1" },
      { body: JSON.stringify({ bot: { token: "xoxb-1" } }) },
    );
    const second = await startDesk({ dataDir, database });
    await expect(second.installations.refresh()).rejects.toThrow("sealed with another key");
    const slack = await createSlack("http", second.opened, { many: true, ...depsOf(second) });
    await expect(slack.face.ready).rejects.toThrow(
      /INSTALLATION_KEY does not open .* Set the key that was set before/s,
    );
    await slack.stop();
    await second.stop();
    await first.stop();
  });
});

describe("a second process", () => {
  it("answers a workspace within a second of the first adding it", async () => {
    const database = `file:${join(emptyFolder(), "s.db")}`;
    const dataDir = await writeTwo();
    const first = await startDesk({ dataDir, database });
    const second = await startDesk({ dataDir, database, key: first.key });
    const installing = await startSlack("http", first.opened, { many: true, ...depsOf(first) });
    const answering = createSlackFace({
      ...depsOf(second),
      auth: {
        kind: "many",
        clientId: "111.222",
        clientSecret: "0123456789abcdef0123456789abcdef",
        publicUrl: "http://127.0.0.1",
      },
      apiUrl: installing.server.url,
      mode: { kind: "socket", appToken: "xapp-test-token" },
      assistant: second.opened.assistant,
      studio: (await import("../../src/figures/studio.js")).createStudio(),
      cooldown: { reader: { burst: 99, perSecond: 99 }, channel: { burst: 99, perSecond: 99 } },
      log: (await import("pino")).pino({ level: "silent" }),
    });
    await answering.ready;
    installing.server.team("TNEW");
    await install(installing, "TNEW");
    const since = performance.now();
    expect((await second.installations.get({ platform: "slack", place: "TNEW" }))?.body).toContain("xoxb");
    expect(performance.now() - since).toBeLessThan(1_000);
    await answering.stop(1_000);
    await installing.stop();
    await first.stop();
    await second.stop();
  });
});

describe("servers on Discord", () => {
  it("that are joined and left are followed, also while nobody listened; what belonged to them goes after a grace", async () => {
    const { startDiscordServer, GUILD } = await import("../support/discord-server.js");
    const { startFace } = await import("../support/discord-face.js");
    let now = Date.now();
    const running = await startDesk({
      dataDir: await writeTwo(),
      database: `file:${join(emptyFolder(), "s.db")}`,
      now: () => now,
    });
    const { installations, places, db } = running;
    // Left while nobody listened.
    await installations.put({ platform: "discord", place: "700000000000000077" });
    await places.set({ platform: "discord", place: "700000000000000077" }, { perMinute: 5 });
    const server = await startDiscordServer({ perChannel: 1_000 });
    const face = await startFace(server, running.opened, { desk: running.desk, places, installations });
    const ended = async (place: string) =>
      (await db.selectFrom("installations").select("ended_at").where("place", "=", place).executeTakeFirst())?.ended_at;
    await server.until(async () => (await ended("700000000000000077")) != null, "the one that was left");
    await server.until(async () => (await ended(GUILD)) === null, "the one that it is in");
    expect(face.face.install()?.href).toContain("oauth2/authorize");
    // One that is away for a while is not left.
    server.dispatch("GUILD_DELETE", { id: GUILD, unavailable: true }, GUILD);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await ended(GUILD)).toBeNull();
    server.dispatch("GUILD_DELETE", { id: GUILD }, GUILD);
    await server.until(async () => (await ended(GUILD)) != null, "its end");
    await places.set({ platform: "discord", place: GUILD }, { perMinute: 7 });
    expect(await installations.sweep()).toBe(0);
    now += 8 * 86_400_000;
    expect(await installations.sweep()).toBe(2);
    expect(await db.selectFrom("places").selectAll().execute()).toEqual([]);
    await face.stop();
    await server.stop();
    await running.stop();
  });
});
