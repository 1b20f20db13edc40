// The preview: what an editor sees before readers do, drawn from what is sent.
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { discordView } from "../../src/preview/discord-view.js";
import { slackView } from "../../src/preview/slack-view.js";
import { launch } from "../support/program.js";
import { HOSTILE, writeExplainer } from "../support/written.js";

let folder = "";
let url = "";
let child: ReturnType<typeof launch>;

beforeAll(async () => {
  folder = join(await writeExplainer("harbour", HOSTILE), "harbour");
  child = launch(["preview", folder], { env: { PORT: "0", ENCODER: "off", INTENTS_DIR: join(folder, "none") } });
  url = await new Promise<string>((resolve, reject) => {
    let out = "";
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      const found = /Preview: (\S+)\n/.exec(out)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("close", (code) => reject(new Error(`it ended with ${code}: ${err}`)));
  });
}, 60_000);
afterAll(async () => {
  child.kill("SIGTERM");
  const [code] = (await once(child, "close")) as [number | null];
  expect(code).toBe(0);
});

const page = async (query = ""): Promise<string> => (await fetch(`${url}${query}`)).text();

describe("a preview", () => {
  it("shows every section as the page, Discord and Slack will, and the post, with what is wrong", async () => {
    const html = await page();
    const faces = (name: string): number => html.split(`<h4>${name}</h4>`).length - 1;
    const sections = html.split('<article id="section-').length - 1;
    expect(sections).toBeGreaterThan(3);
    for (const name of ["The page", "Discord", "Slack"]) expect(faces(name)).toBe(sections + 1);
    expect(html).toContain("Sentence number 1 of the long section");
    expect(html).toMatch(/takes \d+ pages in a chat/);
    expect(html).toContain("it has no summary");
  });

  it("lets nothing of an article come alive, nor of a question", async () => {
    const html = await page(`?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    const { headers } = await fetch(url);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect((await fetch(`${new URL(url).origin}/preview/preview.css`)).headers.get("content-type")).toContain(
      "text/css",
    );
  });

  it("answers a question that is tried, and says why", async () => {
    const html = await page("?q=why+is+the+harbour+closed");
    expect(html).toContain("Answered with “Why is the harbour closed?”");
    expect(html).toContain("Words it shares with the section");
    expect(await page("?q=it")).toMatch(/Said that the article does not say|Offered a choice/);
  });

  it("shows an edit when it is loaded anew", async () => {
    const path = join(folder, "explainer.md");
    await writeFile(
      path,
      `${await readFile(path, "utf8")}\n## Who edits this? {#edits}\n\nThe editor of the preview does.\n`,
    );
    await vi.waitFor(async () => expect(await page("?page=1")).toContain("The editor of the preview does."), 20_000);
  });
});

describe("what a platform is sent is drawn", () => {
  it("from Discord's components", async () => {
    const content =
      "**Bold \\*star\\*** and [a link](https://x.example/a%28b%29)\n- one\n  - `two`\n-# small <t:1714557600:D>\n<b>";
    const html = (
      await discordView(
        [
          { type: 10, content },
          {
            type: 1,
            components: [
              { type: 2, label: "Who <pays>?" },
              { type: 3, placeholder: "Choose", options: [{ label: "A" }] },
            ],
          },
          { type: 12, items: [{ description: "alt" }] },
        ],
        "/charts/x/y/light.png",
      )
    ).toString();
    expect(html).toContain("<strong>Bold *star*</strong> and ");
    expect(html).toContain('<a href="https://x.example/a%28b%29" rel="noopener noreferrer">a link</a>');
    expect(html).toContain('<div class="item" data-depth="1"><code>two</code></div>');
    expect(html).toContain('<div class="small">small 1 May 2024</div>');
    expect(html).toContain("&lt;b&gt;");
    expect(html).toContain("Who &lt;pays&gt;?");
    expect(html).toContain('src="/charts/x/y/light.png" alt="alt"');
  });

  it("from Slack's blocks", async () => {
    const html = (
      await slackView(
        [
          {
            type: "rich_text",
            elements: [
              {
                elements: [
                  { type: "text", text: "a\n<b>", style: { bold: true, code: true } },
                  { type: "link", url: "https://x.example/", text: "here" },
                ],
              },
            ],
          },
          {
            type: "context",
            elements: [
              { type: "mrkdwn", text: "Source: <https://x.example/?a=1&amp;b|R&amp;D> <!date^1^{date_long}|a day>" },
            ],
          },
          { type: "actions", elements: [{ type: "button", text: { text: "Who?" } }] },
          { type: "image", alt_text: "alt" },
        ],
        undefined,
      )
    ).toString();
    expect(html).toContain("<strong><code>a<br />&lt;b&gt;</code></strong>");
    expect(html).toContain('<a href="https://x.example/" rel="noopener noreferrer">here</a>');
    expect(html).toContain('<a href="https://x.example/?a=1&amp;b" rel="noopener noreferrer">R&amp;D</a> a day');
    expect(html).toContain('<span class="button">Who?</span>');
    expect(html).not.toContain("<img");
  });
});
