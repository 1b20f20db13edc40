// `npm start` with a Discord token: as a user starts it, in a process of its own.
import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { launch, run } from "../support/program.js";
import { BOT, startDiscordServer, textOf, TOKEN, type DiscordServer } from "../support/discord-server.js";

let server: DiscordServer;
afterEach(() => server.stop());

const env = (more: Record<string, string> = {}): Record<string, string> => ({
  DISCORD_TOKEN: TOKEN,
  DISCORD_API_URL: server.url,
  ENCODER: "off",
  DATABASE_URL: "file::memory:",
  PORT: "0",
  ...more,
});

describe("npm start with a Discord token", () => {
  it("answers, and stops at SIGTERM with what is under way finished", async () => {
    server = await startDiscordServer();
    const child = launch(["start"], { env: env() });
    let out = "";
    child.stdout.on("data", (text: Buffer) => (out += text.toString()));
    await server.until(
      () => /Discord: Standfirst is ready.*https:\/\/discord.com\/.*oauth2\/authorize/.test(out),
      "readiness",
    );
    server.write(`<@${BOT.id}> how many went on strike?`);
    await server.until(() => server.said().length === 1, "an answer");
    expect(textOf(server.said()[0]?.body)).toContain("78%");
    const url = /Chat page: (\S+)/.exec(out)?.[1] ?? "";
    expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({
      discord: { connected: true, shards: 1, servers: 1 },
    });
    server.fault(/POST \/channels/, 429, {
      body: { message: "", retry_after: 1, global: false },
      headers: { "retry-after": "1", "x-ratelimit-scope": "user" },
    });
    server.write(`<@${BOT.id}> what happened today?`);
    await server.until(() => server.seen.some(({ status }) => status === 429), "the limit");
    child.kill("SIGTERM");
    const [code] = (await once(child, "close")) as [number | null];
    expect(code).toBe(0);
    expect(server.said()).toHaveLength(2);
  });

  it("ends within five seconds whatever Discord does, and lives through what its client throws at", async () => {
    server = await startDiscordServer();
    const child = launch(["start"], { env: env() });
    let out = "";
    child.stdout.on("data", (text: Buffer) => (out += text.toString()));
    await server.until(() => out.includes("is ready"), "readiness");
    // No interaction that Discord documents; discord.js throws at it.
    server.dispatch("INTERACTION_CREATE", { id: "1", type: 3, token: "t", data: { component_type: 99 } }, undefined);
    server.write(`<@${BOT.id}> how many went on strike?`);
    await server.until(() => server.said().length === 1, "an answer");
    server.fault(/POST \/channels/, 429, {
      body: { message: "", retry_after: 25, global: false },
      headers: { "retry-after": "25", "x-ratelimit-scope": "user" },
    });
    server.write(`<@${BOT.id}> what happened today?`);
    await server.until(() => server.seen.some(({ status }) => status === 429), "the limit");
    const told = performance.now();
    child.kill("SIGTERM");
    const [code] = (await once(child, "close")) as [number | null];
    expect(code).toBe(0);
    expect(performance.now() - told).toBeLessThan(6_000);
  });

  it("ends with one line and exit code 1 when the token is refused", async () => {
    server = await startDiscordServer();
    const { code, err } = await run(["start"], { env: env({ DISCORD_TOKEN: "not.the.token" }) });
    expect(code).toBe(1);
    expect(
      err
        .trim()
        .split("\n")
        .filter((line) => !line.includes("…")),
    ).toEqual([
      "start: Discord refuses the token. Copy it anew from the Bot page of your application into DISCORD_TOKEN.",
    ]);
    expect(server.seen.filter(({ status }) => status === 401)).toHaveLength(1);
  });

  // It is told to stop while it still notes in which servers it is: a store that was used after its end used to end the process.
  it.each([1, 2, 3, 4])(
    "lives without the page where the port is taken, and stops the moment it is told to (%i)",
    async () => {
      server = await startDiscordServer();
      const other = createServer().listen(0, "127.0.0.1");
      await once(other, "listening");
      const { port } = other.address() as { port: number };
      const child = launch(["start"], { env: env({ PORT: String(port) }) });
      let err = "";
      child.stderr.on("data", (text: Buffer) => (err += text.toString()));
      await server.until(() => server.connected() === 1, "a connection");
      await server.until(() => err.includes(`port ${port} is taken`), "a line about the port");
      child.kill("SIGTERM");
      expect(await once(child, "close")).toEqual([0, null]);
      other.close();
    },
  );

  it.each([
    [{ DISCORD_SHARDS: "0" }, "DISCORD_SHARDS needs DISCORD_SHARD_COUNT"],
    [{ DISCORD_SHARDS: "0-4", DISCORD_SHARD_COUNT: "4" }, "names shard 4, but of 4 the last is 3"],
    [{ DISCORD_SHARDS: "a", DISCORD_SHARD_COUNT: "4" }, "is not a list of shards"],
    [{ DISCORD_SHARD_COUNT: "0" }, "is not a count"],
    [{ DISCORD_GUILD_ID: "my server" }, "DISCORD_GUILD_ID is not a server's id"],
    [{ DISCORD_TOKEN: "abc\r\ndef" }, "DISCORD_TOKEN holds a space, a line break"],
    [{ DISCORD_TOKEN: "Bot abc def" }, "DISCORD_TOKEN holds a space, a line break"],
    [{ DISCORD_API_URL: "localhost" }, "DISCORD_API_URL is not a web address"],
  ])("refuses %j with a sentence", async (settings, expected) => {
    server = await startDiscordServer();
    const { code, err } = await run(["start"], { env: env(settings) });
    expect(code).toBe(2);
    expect(err).toContain(expected);
  });
});
