// The desk on the page, as an editor meets it, in headless Chromium: the built program, a store of its own, the learning thread.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../support/browser.js";
import { emptyFolder, startPage } from "../support/program.js";
import { SMALL, writeExplainer } from "../support/written.js";

const SHOTS = join("var", "screenshots");
const TOKEN = "a-token-of-the-tests-0001";
const HOSTILE = "Is <img src=x onerror=alert(1)> \"the\" 'ghost' & </script> @everyone real?";

let browser: Browser;
let server: Awaited<ReturnType<typeof startPage>>;
beforeAll(async () => {
  await mkdir(SHOTS, { recursive: true });
  browser = await openBrowser();
  server = await startPage({
    DATA_DIR: await writeExplainer("harbour", SMALL),
    DATABASE_URL: `file:${join(emptyFolder(), "s.db")}`,
    ENCODER: "off",
    DESK_TOKEN: TOKEN,
    KEEP_QUESTIONS: "on",
  });
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const faults: string[] = [];
async function open(path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
  const page = await context.newPage();
  page.on(
    "console",
    (message) => message.type() === "error" && !/401/.test(message.text()) && faults.push(message.text()),
  );
  page.on("dialog", (dialog) => faults.push(dialog.message()));
  page.on("request", (request) => !request.url().startsWith(server.url) && faults.push(request.url()));
  await page.goto(server.url + path);
  return page;
}
const ask = (page: Page, question: string): Promise<void> =>
  page.request
    .post(`${server.url}/api/ask`, { data: { question } })
    .then((response) => expect(response.ok()).toBe(true));

async function signIn(): Promise<Page> {
  const page = await open("/desk");
  await page.getByLabel("Your name, for the log").fill("Ann <b>");
  await page.getByLabel(/token/).fill(TOKEN);
  await page.getByRole("button", { name: "Sign in" }).click();
  return page;
}

describe("the desk in a browser", () => {
  it("lets nobody in without the token, and is not there without a setting", async () => {
    const page = await open("/desk");
    await page.getByLabel("Your name, for the log").fill("Eve");
    await page.getByLabel(/token/).fill("a-token-of-the-tests-0002");
    await page.getByRole("button", { name: "Sign in" }).click();
    expect(await page.getByRole("alert").innerText()).toContain("not the desk’s token");
    for (const path of ["/desk/taught", "/desk/report.csv", "/desk/q/x"])
      expect((await page.request.get(server.url + path)).status()).toBe(401);
    expect((await page.request.post(`${server.url}/desk/q/x/ignore`, { form: { form: "x" } })).status()).toBe(401);
  });

  it("teaches a question from the queue after a trial; the page answers it; it can be taken back", async () => {
    const page = await signIn();
    await ask(page, "is the lighthouse keeper a ghost?");
    await expect
      .poll(async () => {
        await page.goto(`${server.url}/desk`);
        return page.getByRole("link", { name: "is the lighthouse keeper a ghost?" }).count();
      })
      .toBe(1);
    await page.screenshot({ path: join(SHOTS, "desk.png"), fullPage: true });
    await page.getByRole("link", { name: "is the lighthouse keeper a ghost?" }).click();
    await page
      .getByLabel("Which section and passage answers it")
      .selectOption({ label: "Ferries leave from the next town." });
    await page.screenshot({ path: join(SHOTS, "desk-question.png"), fullPage: true });
    await page.getByRole("button", { name: "Try it" }).first().click();
    expect(await page.locator("main").innerText()).toContain("Nothing changes for the worse");
    await page.screenshot({ path: join(SHOTS, "desk-trial.png"), fullPage: true });
    await page.getByRole("button", { name: "Teach it" }).click();
    expect(await page.getByRole("status").innerText()).toContain("is answered in “Where do ferries leave from?”");
    const reply = await page.request.post(`${server.url}/api/ask`, {
      data: { question: "Is the lighthouse keeper a ghost" },
    });
    expect(await reply.json()).toMatchObject({ outcome: "answer", section: "ferries" });
    await page.getByRole("link", { name: "Taught" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await page.locator("main").innerText()).toContain("taken back");
    await page.getByRole("link", { name: "Log" }).click();
    expect(await page.locator("main").innerText()).toMatch(/Ann <b>\s+undone/);
  });

  it("escapes a hostile question everywhere, and takes no form that it did not show", async () => {
    const page = await signIn();
    await ask(page, HOSTILE);
    await expect
      .poll(async () => {
        await page.goto(`${server.url}/desk`);
        return page.getByRole("link", { name: /ghost/ }).count();
      })
      .toBeGreaterThanOrEqual(2);
    await page.getByRole("link", { name: /onerror/ }).click();
    expect(await page.locator("h2").innerText()).toContain("<img src=x onerror=alert(1)>");
    const forged = await page.request.post(`${page.url()}/ignore`, { form: { form: "forged" } });
    expect(forged.status()).toBe(403);
    const form = (await page.locator('input[name="form"]').first().getAttribute("value")) ?? "";
    const foreign = await page.request.post(`${page.url()}/ignore`, {
      form: { form },
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect(foreign.status()).toBe(403);
    expect(faults).toEqual([]);
  });

  it("reports what readers asked, as a chart and as CSV, and a reader can say that it was no answer", async () => {
    const reader = await open("/");
    await reader.getByLabel("Your question").fill("Why is the harbour closed?");
    await reader.keyboard.press("Enter");
    await reader.getByRole("button", { name: "Not what I asked" }).click();
    await expect.poll(() => reader.locator(".notice").last().innerText()).toContain("Noted for the editors");
    const page = await signIn();
    await expect
      .poll(async () => {
        await page.goto(`${server.url}/desk`);
        return page.locator("main").innerText();
      })
      .toContain("“not what I asked”");
    await page.goto(`${server.url}/desk/report`);
    expect(
      await page.locator("img").evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0),
    ).toBe(true);
    await page.screenshot({ path: join(SHOTS, "desk-report.png"), fullPage: true });
    const csv = await (await page.request.get(`${server.url}/desk/report.csv`)).text();
    expect(csv).toMatch(/^day,explainer,outcome,section,count\r\n/);
    expect(csv).toContain(",harbour,disputed,closed,1");
    expect(faults).toEqual([]);
  });
});
