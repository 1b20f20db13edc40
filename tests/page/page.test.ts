// The chat page as a reader meets it, in headless Chromium. CHROMIUM names the browser's program; screenshots go to var/screenshots.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../support/browser.js";
import { startPage } from "../support/program.js";

const SHOTS = join("var", "screenshots");

let browser: Browser;
let server: Awaited<ReturnType<typeof startPage>>;
beforeAll(async () => {
  await mkdir(SHOTS, { recursive: true });
  browser = await openBrowser();
  server = await startPage();
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Opens the page and gives it with what went wrong on it: console errors and requests to other hosts. */
async function open(path = "/", options: BrowserContextOptions = {}): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => !request.url().startsWith(server.url) && faults.push(request.url()));
  await page.goto(server.url + path);
  return { page, faults };
}

const replies = (page: Page) => page.locator(".replied:not(.thinking)");

async function ask(page: Page, question: string): Promise<void> {
  const before = await replies(page).count();
  await page.getByLabel("Your question").fill(question);
  await page.keyboard.press("Enter");
  await expect.poll(() => replies(page).count()).toBe(before + 1);
}

describe("the chat page in a browser", () => {
  it("answers, offers choices, abstains, and follows a related question, by keyboard alone", async () => {
    const { page, faults } = await open();
    await page.getByLabel("Your question").focus();
    await ask(page, "how many ops were cancelled");
    expect(await replies(page).last().locator(".lead").innerText()).toContain("More than 125,000");
    expect(await replies(page).last().innerText()).toContain("Source: Has the junior doctors strike been effective?");
    expect(await page.getByLabel("Your question").evaluate((field) => field === document.activeElement)).toBe(true);
    await ask(page, "when is the next strike");
    expect(await replies(page).last().innerText()).toMatch(/^The article does not say\.\s+The nearest it comes:/);
    const nearest = replies(page).last().getByRole("button").first();
    const heading = await nearest.innerText();
    await nearest.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => replies(page).count()).toBe(3);
    expect(await replies(page).last().locator("h2").innerText()).toBe(heading);
    expect(new URL(page.url()).searchParams.get("section")).toBeTruthy();
    expect(faults).toEqual([]);
  });

  it("opens the answer of a linked question", async () => {
    const { page, faults } = await open(`/?q=${encodeURIComponent("what food did people bring?")}`);
    expect(await replies(page).innerText()).toContain("pasties");
    expect(faults).toEqual([]);
  });

  it("works without its script", async () => {
    const { page } = await open("/", { javaScriptEnabled: false });
    await page.getByLabel("Your question").fill("who is anne rainsberry");
    await page.getByRole("button", { name: "Ask" }).click();
    expect(await replies(page).innerText()).toContain("National Incident Director");
    await replies(page).getByRole("button").first().click();
    expect(await replies(page).locator(".lead").innerText()).not.toBe("");
  });

  it("never runs what a reader typed", async () => {
    const { page, faults } = await open();
    await ask(page, '<img src=x onerror="document.title=1"><b>strike</b>');
    expect(await page.title()).not.toBe("1");
    expect(await page.locator("#conversation img, #conversation b").count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it("says what to do when the bot cannot be reached, and keeps the question", async () => {
    const { page } = await open();
    await page.route("**/reply", (route) => route.abort());
    await page.getByLabel("Your question").fill("how many went on strike");
    await page.keyboard.press("Enter");
    await expect.poll(() => replies(page).last().innerText()).toContain("could not reach the bot");
    expect(await page.getByLabel("Your question").inputValue()).toBe("how many went on strike");
  });

  it("shows that it is thinking", async () => {
    const { page } = await open();
    await page.route("**/reply", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue();
    });
    await page.getByLabel("Your question").fill("how many went on strike");
    await page.keyboard.press("Enter");
    await page.locator(".thinking").waitFor();
    await expect.poll(() => replies(page).count()).toBe(1);
    expect(await page.locator(".thinking").count()).toBe(0);
  });

  it("tells a screen reader what it needs: a live log, labels, one main heading, a language", async () => {
    const { page } = await open();
    expect(await page.getByRole("log").getAttribute("aria-live")).toBe("polite");
    expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
    expect(await page.locator("html").getAttribute("lang")).toBe("en-GB");
    expect(
      await page
        .getByRole("group", { name: "Suggested questions" })
        .or(page.getByRole("form", { name: "Suggested questions" }))
        .count(),
    ).toBe(1);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the question field");
  });

  it.each([
    ["desktop-light", { width: 1100, height: 900 }, "light"],
    ["desktop-dark", { width: 1100, height: 900 }, "dark"],
    ["phone-light", { width: 360, height: 740 }, "light"],
    ["phone-dark", { width: 360, height: 740 }, "dark"],
  ] as const)("fits %s, with text that can be read", async (name, viewport, colorScheme) => {
    const { page } = await open("/", { viewport, colorScheme, reducedMotion: "reduce" });
    await ask(page, "what has hunt offered");
    await ask(page, "when is the next strike");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
      0,
    );
    const low = await page.evaluate(() => {
      const channel = (value: number): number =>
        value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
      const light = ([red = 0, green = 0, blue = 0]: number[]): number =>
        0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
      const numbers = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
      const ground = (start: Element): number[] => {
        for (let at: Element | null = start; at; at = at.parentElement) {
          const color = numbers(getComputedStyle(at).backgroundColor);
          if (color.length === 3 || (color[3] ?? 1) === 1) return color;
        }
        return [255, 255, 255];
      };
      return [...document.querySelectorAll("p, h1, h2, button, summary")]
        .filter((element) => element.textContent.trim() !== "")
        .map((element) => {
          const [a, b] = [light(numbers(getComputedStyle(element).color)), light(ground(element))];
          return {
            text: element.textContent.trim().slice(0, 30),
            ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05),
          };
        })
        .filter(({ ratio }) => ratio < 4.5);
    });
    expect(low).toEqual([]);
    const last = await replies(page).last().getByRole("button").last().boundingBox();
    const bar = await page.locator("#ask").boundingBox();
    expect(last!.y + last!.height).toBeLessThanOrEqual(bar!.y);
    await page.screenshot({ path: join(SHOTS, `${name}.png`) });
  });
});
