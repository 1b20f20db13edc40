// The chat page over a real socket: the built program, started as a user starts it.
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run, startPage } from "../support/program.js";

let page: Awaited<ReturnType<typeof startPage>>;
beforeAll(async () => {
  page = await startPage();
});
afterAll(async () => {
  await page.stop();
});

const post = (path: string, body: string, type = "application/x-www-form-urlencoded"): Promise<Response> =>
  fetch(page.url + path, { method: "POST", body, headers: { "content-type": type } });

describe("the chat page", () => {
  it("shows the story, suggested questions as buttons, and names no other host", async () => {
    const response = await fetch(page.url);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).toContain("<h1>Has the junior doctors&#39; strike made a difference?</h1>");
    expect(html.match(/<button name="section"/g)).toHaveLength(11);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
  });

  it("opens the answer to a linked question, without a script", async () => {
    const html = await (await fetch(`${page.url}/?q=${encodeURIComponent("how many ops were cancelled")}`)).text();
    expect(html).toMatch(/<p class="lead">More than 125,000/);
  });

  it("answers a choice by its section, and says so where the article has it no longer", async () => {
    expect(await (await post("/reply", "section=turnout")).text()).toContain("78%");
    const gone = await post("/reply", "section=gone");
    expect(gone.status).toBe(404);
    expect(await gone.text()).toContain("no longer has that question");
  });

  it("answers to its own names alone, so that no foreign page reads it by a name of its own", async () => {
    const { port } = new URL(page.url);
    const statusFor = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const asked = request({ host: "127.0.0.1", port, path: "/", headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        asked.on("error", reject);
        asked.end();
      });
    expect(await statusFor(`localhost:${port}`)).toBe(200);
    expect(await statusFor("evil.example")).toBe(421);
    expect(await statusFor(`localhost.evil.example:${port}`)).toBe(421);
  });

  it("lets nobody keep what holds a question, and says which methods it takes", async () => {
    for (const path of ["/?q=why", "/figures", "/api/summary"])
      expect((await fetch(page.url + path)).headers.get("cache-control")).toBe("no-store");
    const posted = await post("/", "q=why");
    expect(posted.status).toBe(405);
    expect(posted.headers.get("allow")).toContain("GET");
  });

  it("escapes what a reader typed", async () => {
    const html = await (
      await post("/reply", `q=${encodeURIComponent('<img src=x onerror=alert(1)> "strike"')}`)
    ).text();
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x");
  });

  it("shows the story in short, as a page and for scripts", async () => {
    const html = await (await fetch(`${page.url}/summary`)).text();
    expect(html).toContain("neither side has moved");
    expect(html).toContain("125,000");
    expect(html.match(/<button name="section"/g)).toHaveLength(4);
    const told = (await (await fetch(`${page.url}/api/summary`)).json()) as Record<string, unknown>;
    expect(told).toMatchObject({
      explainer: "junior-doctors-strike",
      source: { title: "Has the junior doctors strike been effective?" },
    });
    expect(told["lines"]).toHaveLength(5);
    expect((await fetch(`${page.url}/api/summary?explainer=none`)).status).toBe(404);
  });

  it("gives scripts the same reply as JSON", async () => {
    const response = await post("/api/ask", JSON.stringify({ question: "who brought pasties" }), "application/json");
    expect(await response.json()).toMatchObject({ outcome: "answer", section: "public" });
  });

  it.each(["", "not json", "[]", '{"question": 5}', '{"q": "x"}'])("refuses %j with what to send", async (body) => {
    const response = await post("/api/ask", body, "application/json");
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: expect.stringContaining('{"question"') as unknown });
  });

  it("refuses a body over its limit", async () => {
    const response = await post("/api/ask", JSON.stringify({ question: "x".repeat(70_000) }), "application/json");
    expect(response.status).toBe(413);
  });

  it("answers 10,000 letters and a question with nothing in it", async () => {
    expect((await post("/api/ask", JSON.stringify({ question: "a".repeat(10_000) }), "application/json")).status).toBe(
      200,
    );
    expect(await (await post("/reply", "q=")).text()).toContain("Ask a question about the story");
    expect((await post("/reply", "")).status).toBe(400);
  });

  it("suggests the article's questions and whole sentences only", async () => {
    const { suggestions } = (await (await fetch(`${page.url}/api/suggest?q=how%20many%20oper`)).json()) as {
      suggestions: string[];
    };
    expect(suggestions.length).toBeGreaterThan(0);
    for (const text of suggestions) expect(text).toMatch(/^\S.{0,98}\?$/);
  });

  it("shows the chart beside the answer, its values as a table, and every figure in a view of its own", async () => {
    const html = await (await fetch(`${page.url}/?q=${encodeURIComponent("how many ops were cancelled")}`)).text();
    const path = /<img\s+src="([^"]+)"/.exec(html)?.[1];
    expect(html).toMatch(/alt="Bar chart\.[^"]*more than 125,000/);
    expect(html).toMatch(/<th scope="row">Cancelled because of the latest strike<\/th>\s*<td>more than 125,000/);
    const picture = await fetch(page.url + path!);
    expect(picture.headers.get("content-type")).toBe("image/svg+xml");
    expect(await picture.text()).toMatch(/^<svg/);
    const view = await (await fetch(`${page.url}/figures`)).text();
    expect(view.match(/<figure>/g)).toHaveLength(3);
    for (const value of ["78%", "about 14,600", "12,800", "almost 25,000", "8am to 5pm", "about 1,800"])
      expect(view).toContain(value);
    expect(await (await fetch(`${page.url}/api/figures`)).json()).toMatchObject({
      explainer: "junior-doctors-strike",
      figures: expect.arrayContaining([]),
    });
  });

  it.each([
    "/charts/junior-doctors-strike/nothing/light.svg",
    "/charts/nobody/turnout/light.svg",
    "/charts/junior-doctors-strike/turnout/pink.svg",
    "/charts/junior-doctors-strike/pay-offer,absent/light.png",
  ])("has no picture at %s", async (path) => {
    expect((await fetch(page.url + path)).status).toBe(404);
  });

  it("says which explainers there are where an unknown one is named", async () => {
    const response = await post(
      "/api/ask",
      JSON.stringify({ question: "hi", explainer: "nosuch" }),
      "application/json",
    );
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: expect.stringContaining("junior-doctors-strike") as unknown });
    expect((await fetch(`${page.url}/?explainer=nosuch`)).status).toBe(404);
  });

  it("refuses a form that cannot be read", async () => {
    expect((await post("/reply", "--x\r\nbroken", "multipart/form-data; boundary=x")).status).toBe(400);
  });

  it("tells its health", async () => {
    expect(await (await fetch(`${page.url}/healthz`)).json()).toMatchObject({
      status: "ok",
      explainers: ["junior-doctors-strike"],
    });
  });

  it("serves nothing but its assets", async () => {
    expect((await fetch(`${page.url}/assets/chat.css`)).headers.get("content-type")).toContain("text/css");
    const status = await new Promise<number | undefined>((resolve) => {
      request(page.url, { path: "/assets/..%2f..%2fpackage.json" }, (response) => resolve(response.statusCode)).end();
    });
    expect(status).toBe(404);
    expect((await fetch(`${page.url}/nowhere`)).status).toBe(404);
  });
});

describe("a flood", () => {
  it("is slowed down, told how long to wait, and leaves health alone", async () => {
    const flooded = await startPage();
    const all = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        fetch(`${flooded.url}/api/ask`, {
          method: "POST",
          body: JSON.stringify({ question: `strike ${index}` }),
          headers: { "content-type": "application/json" },
        }),
      ),
    );
    const refused = all.filter((response) => response.status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(all.filter((response) => response.status === 200).length).toBeGreaterThanOrEqual(40);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused[0]?.json()).toMatchObject({ error: expect.stringMatching(/Wait \d+ second/) as unknown });
    expect((await fetch(`${flooded.url}/healthz`)).status).toBe(200);
    const whole = await fetch(flooded.url);
    expect([whole.status, await whole.text()]).toEqual([429, expect.stringMatching(/<h1>[\s\S]*asking faster/)]);
    await flooded.stop();
  });
});

describe("starting and stopping", () => {
  it("stops cleanly on SIGTERM", async () => {
    const started = await startPage();
    expect(await started.stop()).toBe(0);
  });

  it("says what to do where the port is taken", async () => {
    const { code, err } = await run(["start"], { env: { PORT: new URL(page.url).port } });
    expect(code).toBe(2);
    expect(err).toMatch(/port \d+ is taken; stop what uses it, or set PORT to another/);
  });

  it("takes no arguments", async () => {
    const { code, err } = await run(["start", "--port", "1"], { env: { PORT: "0" } });
    expect(code).toBe(2);
    expect(err).toContain("--port");
  });

  it("says what to do where there is no content", async () => {
    const { code, err } = await run(["start"], { env: { PORT: "0", DATA_DIR: "nowhere" } });
    expect(code).toBe(2);
    expect(err).toContain("set DATA_DIR");
  });
});

describe("a start without a folder for utterances", () => {
  it("answers from the article's own words", async () => {
    const other = await startPage({ INTENTS_DIR: "no/such/folder", ENCODER: "off" });
    expect((await fetch(`${other.url}/healthz`)).status).toBe(200);
    expect(await other.stop()).toBe(0);
  });
});
