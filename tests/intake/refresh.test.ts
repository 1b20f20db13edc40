// Sources followed by the clock, against a server on a real socket.
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadExplainer } from "../../src/explainer/load.js";
import type { Explainer } from "../../src/explainer/types.js";
import { createRefresher, refreshOnce, type Refresher } from "../../src/intake/refresh.js";

const page = (answers: readonly string[]): string =>
  `<html lang="en"><body><h1>Buses</h1>${answers.map((answer, index) => `<h2>What is number ${index + 1}?</h2><p>${answer}</p>`).join("")}</body></html>`;
const FOUR = ["It is one.", "It is two.", "It is three.", "It is four."];

let shown: { status: number; body: string };
let asked: { path: string; unchanged: boolean }[];
let url: string;
let folder: string;
let refresher: Refresher | undefined;
const server = createServer((request, response) => {
  const etag = `"${createHash("sha256").update(shown.body).digest("hex")}"`;
  const unchanged = request.headers["if-none-match"] === etag;
  asked.push({ path: request.url ?? "", unchanged });
  response.setHeader("etag", etag).setHeader("content-type", "text/html");
  if (unchanged && shown.status === 200) response.writeHead(304).end();
  else response.writeHead(shown.status).end(shown.body);
});
beforeEach(async () => {
  shown = { status: 200, body: page(FOUR) };
  asked = [];
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/buses`;
  folder = join(await mkdtemp(join(tmpdir(), "standfirst-")), "buses");
});
afterEach(async () => {
  refresher?.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const ownHosts = new Set(["127.0.0.1"]);
const look = () => refreshOnce({ from: url, folder, every: 60_000, ownHosts });
const text = async (): Promise<string> => readFile(join(folder, "explainer.md"), "utf8");

describe("a source", () => {
  it("is made, asked whether it has changed, and brought in where it has", async () => {
    expect(await look()).toEqual({ kind: "made" });
    expect(await look()).toEqual({ kind: "unchanged" });
    expect(asked.at(-1)).toEqual({ path: "/buses", unchanged: true });
    shown.body = page(["It is one.", "It is 22.", "It is three.", "It is four."]);
    expect(await look()).toMatchObject({
      kind: "merged",
      changes: [{ kind: "changed", heading: "What is number 2?" }],
    });
    expect(await text()).toContain("It is 22.");
  });

  it.each([
    ["is gone", 404, "x", true],
    ["is out of order", 503, "x", false],
    ["shows something else", 200, "<p>Checking your browser…</p>", false],
    ["has lost most of its questions", 200, page(["It is one."]), false],
  ])("that %s leaves what was read", async (_, status, body, gone) => {
    await look();
    const before = await text();
    shown = { status, body };
    expect(await look()).toMatchObject({ kind: "failed", gone });
    expect(await text()).toBe(before);
    shown = { status: 200, body: page(FOUR) };
    expect((await look()).kind).toBe("unchanged");
  });
});

describe("sources that are followed", () => {
  const lines: { level: number; msg: string }[] = [];
  const log = pino(
    { level: "info" },
    { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[0]) },
  );
  const levels = (): number[] => lines.map(({ level }) => level);

  async function followed(every: number): Promise<Explainer> {
    await look();
    const { explainer } = await loadExplainer(folder);
    return { ...explainer!, source: { ...explainer!.source, url, refresh: every } };
  }

  it("come in by the clock, and tell of a source that is gone, once", async () => {
    lines.length = 0;
    const explainer = await followed(40);
    refresher = createRefresher({ ownHosts, log });
    refresher.follow([explainer]);
    await vi.waitFor(() => expect(refresher?.status()).toMatchObject({ buses: { state: "fresh", url } }));
    shown.body = page([...FOUR, "It is five."]);
    await vi.waitFor(async () => expect(await text()).toContain("It is five."));
    shown = { status: 410, body: "" };
    await vi.waitFor(() => expect(refresher?.status()["buses"]?.state).toBe("gone"));
    const count = asked.length;
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(count + 2));
    expect(levels().filter((level) => level === 40)).toHaveLength(1);
    expect(levels().filter((level) => level === 50)).toHaveLength(1);
    shown = { status: 200, body: page(FOUR) };
    await vi.waitFor(() => expect(refresher?.status()["buses"]?.state).toBe("fresh"));
  });

  it("are stale after three times as long as they should be", async () => {
    const explainer = await followed(30);
    refresher = createRefresher({ ownHosts, log });
    refresher.follow([explainer]);
    await vi.waitFor(() => expect(refresher?.status()["buses"]?.state).toBe("fresh"));
    shown = { status: 500, body: "" };
    await vi.waitFor(() =>
      expect(refresher?.status()["buses"]).toMatchObject({
        state: "stale",
        reason: expect.stringContaining("500") as string,
      }),
    );
  });

  it("are followed no more once an editor takes the line out, or names another address", async () => {
    const explainer = await followed(30);
    refresher = createRefresher({ ownHosts, log });
    refresher.follow([explainer]);
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(2));
    refresher.follow([{ ...explainer, source: { ...explainer.source, url: url.replace("/buses", "/other") } }]);
    await vi.waitFor(() => expect(asked.at(-1)?.path).toBe("/other"));
    refresher.follow([{ ...explainer, source: { title: "Buses", url } }]);
    expect(refresher.status()).toEqual({});
    await new Promise((resolve) => setTimeout(resolve, 150));
    const count = asked.length;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(asked.length).toBe(count);
  });

  it("that an editor works on at the same time lose nothing", async () => {
    const explainer = await followed(20);
    refresher = createRefresher({ ownHosts, log });
    refresher.follow([explainer]);
    for (let round = 0; round < 15; round++) {
      const now = await text();
      await writeFile(join(folder, "explainer.md"), now.replace(/\n*$/, `\n\nThe editor adds ${round}.\n`));
      shown.body = page(["It is one.", `It is two, round ${round}.`, "It is three.", "It is four."]);
      await vi.waitFor(async () => expect(await text()).toContain(`round ${round}.`));
    }
    for (let round = 0; round < 15; round++) expect(await text()).toContain(`The editor adds ${round}.`);
  });
});
