// `npm run doctor`, the built program, against both protocol servers: what it says when all is well, and what to mend when not.
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDesk } from "../support/desk.js";
import { startDiscordServer, TOKEN, type DiscordServer } from "../support/discord-server.js";
import { emptyFolder, run } from "../support/program.js";
import {
  APP_TOKEN,
  BOT_TOKEN,
  CLIENT_ID,
  CLIENT_SECRET,
  SIGNING_SECRET,
  startSlackServer,
  type SlackServer,
} from "../support/slack-server.js";
import { SMALL, writeExplainer } from "../support/written.js";

describe("the doctor", () => {
  let slack: SlackServer;
  let discord: DiscordServer;
  let env: Record<string, string>;
  beforeAll(async () => {
    slack = await startSlackServer();
    discord = await startDiscordServer();
    env = {
      DATA_DIR: await writeExplainer("harbour", SMALL),
      DATABASE_URL: `file:${join(emptyFolder(), "s.db")}`,
      ENCODER: "off",
      DISCORD_TOKEN: TOKEN,
      DISCORD_API_URL: discord.url,
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_API_URL: slack.url,
    };
  });
  afterAll(async () => {
    await slack.stop();
    await discord.stop();
  });

  it("finds nothing wrong where nothing is, and changes nothing", async () => {
    const { code, out } = await run(["doctor"], { env });
    expect(out).toContain("Nothing is wrong.");
    expect(code).toBe(0);
    expect(out).toContain("Discord takes DISCORD_TOKEN");
    expect(out).toContain("Slack takes SLACK_BOT_TOKEN: standfirst in Newsroom");
    expect(out).toContain("the first start makes it");
    // It connects nothing, posts nothing, registers nothing.
    expect(slack.posted).toEqual([]);
    expect(discord.connected()).toBe(0);
    // No secret is printed.
    expect(out).not.toContain(BOT_TOKEN);
  });

  it("says what to mend: tokens, the app, a scope, a clock, the store, the content, the address", async () => {
    const bad = await run(["doctor"], {
      env: {
        ...env,
        DISCORD_TOKEN: "nonsense",
        SLACK_BOT_TOKEN: "xoxb-other",
        SLACK_APP_TOKEN: "xapp-other",
        DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
        DATA_DIR: emptyFolder(),
        PUBLIC_URL: "http://127.0.0.1:9",
      },
    });
    expect(bad.code).toBe(1);
    for (const said of [
      "Discord refuses DISCORD_TOKEN",
      "Slack refuses SLACK_BOT_TOKEN (invalid_auth)",
      "Slack refuses SLACK_APP_TOKEN (invalid_auth)",
      "the database cannot be used",
      "can be answered from",
      "does not answer",
    ])
      expect(bad.out).toContain(said);
    expect(bad.out.split("→").length - 1).toBeGreaterThanOrEqual(6);
    expect(bad.err).toBe("");

    slack.scopes = ["chat:write"];
    slack.clockSkew = -600;
    const scopes = await run(["doctor"], { env });
    expect(scopes.out).toContain("the scope commands is missing, which is slash commands and the message shortcut");
    expect(scopes.out).toMatch(/this machine's clock is 6\d\d s ahead of that of Slack/);
    slack.scopes = undefined;
    slack.clockSkew = 0;

    const many = {
      ...env,
      SLACK_BOT_TOKEN: "",
      SLACK_APP_TOKEN: "",
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      PUBLIC_URL: "http://127.0.0.1:9",
      INSTALLATION_KEY: randomBytes(32).toString("base64"),
      SLACK_CLIENT_ID: CLIENT_ID,
    };
    const app = await run(["doctor"], { env: { ...many, SLACK_CLIENT_SECRET: "wrong" } });
    expect(app.out).toContain("Slack refuses SLACK_CLIENT_ID or SLACK_CLIENT_SECRET (bad_client_secret)");
    const known = await run(["doctor"], { env: { ...many, SLACK_CLIENT_SECRET: CLIENT_SECRET } });
    expect(known.out).toContain("Slack knows the app");
  });

  it("says when the key of the installations is another", async () => {
    const database = `file:${join(emptyFolder(), "s.db")}`;
    const desk = await startDesk({ dataDir: env["DATA_DIR"]!, database });
    await desk.installations.put({ platform: "slack", place: "T1" }, { body: "{}" });
    await desk.stop();
    const told = async (key: string) =>
      (await run(["doctor"], { env: { ...env, DATABASE_URL: database, INSTALLATION_KEY: key } })).out;
    expect(await told(randomBytes(32).toString("base64"))).toContain("INSTALLATION_KEY does not open 1 of 1");
    expect(await told("")).toContain("INSTALLATION_KEY is not set");
    expect(await told(`${randomBytes(32).toString("base64")},${desk.key.toString("base64")}`)).toContain("opens all 1");
  });
});
