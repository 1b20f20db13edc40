// The suite that every face passes, on the page.
import { pino } from "pino";
import type { Hono } from "hono";
import { createAllowance } from "../../src/assistant/allowance.js";
import { createStudio } from "../../src/figures/studio.js";
import { createWebApp } from "../../src/web/app.js";
import { faceContract, type FaceDriver, type Shown } from "../contract/face.js";

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
const plain = (html: string): string => html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name]!);

function show(html: string): Shown {
  const replied = html.slice(html.indexOf('<li class="replied'));
  // What stands beside an answer on other faces stands above it here: the question that the article puts it under.
  const words = replied
    .replace(/<(h2|figcaption|summary)[^>]*>.*?<\/\1>/gs, " ")
    .replace(/<button.*?<\/button>/gs, " ");
  return {
    text: plain(words.replace(/<[^>]+>/g, " "))
      .replace(/\s+/g, " ")
      .trim(),
    buttons: [...replied.matchAll(/<button[^>]*>(.*?)<\/button>/gs)].map((match) => plain(match[1]!.trim())),
    chart: plain(/<img[^>]*alt="([^"]*)"/.exec(replied)?.[1] ?? "") || undefined,
  };
}

function createDriver(): FaceDriver {
  let app: Hono;
  const asked = new Map<string, Promise<string>>();
  let counter = 0;
  const post = async (form: Record<string, string>): Promise<string> => {
    const response = await app.request("/reply", { method: "POST", body: new URLSearchParams(form) });
    return response.text();
  };
  return {
    async start({ assistant }) {
      app = await createWebApp({
        assistant,
        explainers: () => assistant.explainers().map(({ id }) => id),
        studio: createStudio(),
        allowance: createAllowance({ burst: 1e6, perSecond: 1e6 }),
        log: pino({ level: "silent" }),
        health: () => ({}),
      });
    },
    stop: () => Promise.resolve(),
    mention(text) {
      const id = String(++counter);
      asked.set(id, post({ q: text }));
      return id;
    },
    answers: () => [],
    answered: async (id) => show(await asked.get(id)!),
    async press(id, button) {
      const html = await asked.get(id)!;
      const found = [...html.matchAll(/<button name="section" value="([^"]*)">(.*?)<\/button>/gs)].find(
        (match) => plain(match[2]!.trim()) === button,
      );
      return show(await post({ section: found![1]! }));
    },
    refused: () => [],
  };
}

faceContract("The page", createDriver);
