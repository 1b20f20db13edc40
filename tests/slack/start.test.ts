// `npm start` with Slack tokens: as a user starts it, in a process of its own, by socket and by request.
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { emptyFolder, launch, run } from "../support/program.js";
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, startSlackServer, type SlackServer } from "../support/slack-server.js";

let server: SlackServer;
afterEach(() => server.stop());

const env = (more: Record<string, string> = {}): Record<string, string> => ({
  SLACK_BOT_TOKEN: BOT_TOKEN,
  SLACK_API_URL: server.url,
  DATABASE_URL: `file:${join(emptyFolder(), "store.db")}`,
  ENCODER: "off",
  PORT: "0",
  ...more,
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

describe("npm start with Slack tokens", () => {
  it("answers by socket, keeps a daily post through a kill, and stops at SIGTERM", async () => {
    server = await startSlackServer();
    const settings = env({ SLACK_APP_TOKEN: APP_TOKEN });
    const child = launch(["start"], { env: settings });
    let out = "";
    child.stdout.on("data", (text: Buffer) => (out += text.toString()));
    await server.until(() => out.includes("Slack: ready in Newsroom."), "readiness");
    const ts = server.mention("how many went on strike?");
    expect((await server.until(() => server.replies(ts)[0], "an answer")).text).toContain("78%");
    const health = `${/Chat page: (\S+)/.exec(out)?.[1] ?? ""}/healthz`;
    await server.until(
      async () => ((await (await fetch(health)).json()) as { daily: { store: string } }).daily.store === "ready",
      "the store",
    );
    expect(await (await fetch(health)).json()).toMatchObject({
      slack: { connected: true, mode: "socket" },
      daily: { engine: "one process" },
    });
    const started = server.command("/daily", "start 8am London");
    expect((await server.until(() => started.answers()[0], "an answer")).text).toContain("A daily post is set up");
    child.kill("SIGKILL");
    await once(child, "close");

    const second = launch(["start"], { env: settings });
    await server.until(() => server.connected() === 1, "a connection");
    const listed = await server.until(async () => {
      const list = server.command("/daily", "list");
      const [answer] = [await server.until(() => list.answers()[0], "an answer")];
      return answer.text.includes("08:00 Europe/London") ? answer : undefined;
    }, "the list");
    expect(listed.text).toContain("#general");
    second.kill("SIGTERM");
    expect(((await once(second, "close")) as [number])[0]).toBe(0);
  });

  it("takes signed requests at /slack/events beside /healthz, on one port", async () => {
    const port = await freePort();
    server = await startSlackServer({ requests: () => `http://127.0.0.1:${port}/slack/events` });
    const child = launch(["start"], { env: env({ SLACK_SIGNING_SECRET: SIGNING_SECRET, PORT: String(port) }) });
    let out = "";
    child.stdout.on("data", (text: Buffer) => (out += text.toString()));
    await server.until(() => out.includes("Slack: ready"), "readiness");
    const ts = server.mention("how many went on strike?");
    expect((await server.until(() => server.replies(ts)[0], "an answer")).text).toContain("78%");
    expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()).toMatchObject({ slack: { mode: "http" } });
    expect((await server.request("{}", "application/json", { secret: "wrong" })).status).toBe(401);
    child.kill("SIGTERM");
    expect(((await once(child, "close")) as [number])[0]).toBe(0);
  });

  it("ends with one line and exit code 1 when a token is refused, and with 2 where requests could not reach it", async () => {
    server = await startSlackServer();
    const refused = await run(["start"], { env: env({ SLACK_BOT_TOKEN: "xoxb-wrong", SLACK_APP_TOKEN: APP_TOKEN }) });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain("start: Slack refuses SLACK_BOT_TOKEN (invalid_auth). Copy it anew");
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const deaf = await run(["start"], { env: env({ SLACK_SIGNING_SECRET: SIGNING_SECRET, PORT: String(port) }) });
    expect(deaf.code).toBe(2);
    expect(deaf.err).toContain(`port ${port} is taken`);
    other.close();
  });

  it.each([
    [{}, "SLACK_BOT_TOKEN needs SLACK_APP_TOKEN beside it"],
    [{ SLACK_BOT_TOKEN: "", SLACK_APP_TOKEN: "xapp-1" }, "SLACK_APP_TOKEN needs SLACK_BOT_TOKEN beside it"],
    [{ SLACK_BOT_TOKEN: "xapp-1", SLACK_APP_TOKEN: "xoxb-1" }, "are the wrong way round"],
    [{ SLACK_APP_TOKEN: "xapp-1", DATABASE_URL: "mysql://x" }, "DATABASE_URL is not a database"],
    [{ SLACK_APP_TOKEN: "xapp-1", DAILY_WINDOW_MINUTES: "long" }, "DAILY_WINDOW_MINUTES is not a number of minutes"],
  ])("refuses %j with a sentence", async (settings, expected) => {
    server = await startSlackServer();
    const { code, err } = await run(["start"], { env: env(settings) });
    expect(code).toBe(2);
    expect(err).toContain(expected);
  });
});
