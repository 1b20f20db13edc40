// Cards within Slack's limits, for all content there is; and the manifest against the code.
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { figuresCard } from "../../src/cards/figure.js";
import { helpCard, homeCard, topicsCard } from "../../src/cards/help.js";
import { createShow } from "../../src/cards/show.js";
import { commandTable } from "../../src/chat/commands.js";
import { wordingOf } from "../../src/languages/languages.js";
import { SCOPES } from "../../src/slack/scopes.js";
import { SHORTCUT, TEACH_SHORTCUT } from "../../src/slack/listeners.js";
import { MESSAGE_BLOCKS } from "../../src/slack/limits.js";
import { PRESSES } from "../../src/slack/press.js";
import { renderCard } from "../../src/slack/render-card.js";
import { asOfText, escape, wordsOf } from "../../src/slack/text.js";
import type { OpenedAssistant } from "../../src/open-assistant.js";
import { openShipped } from "../support/shipped.js";
import { refuseBlocks } from "../support/slack-rules.js";
import { everySubject } from "../support/subjects.js";
import { HOSTILE, writeExplainer } from "../support/written.js";

const FILES = new Set(["F1"]);
let contents: OpenedAssistant[];
beforeAll(async () => {
  contents = [
    await openShipped({ ENCODER: "off" }),
    await openShipped({ ENCODER: "off", DATA_DIR: await writeExplainer("harbour", HOSTILE) }),
  ];
});

describe("every card of every explainer", () => {
  it("keeps to Slack's limits, on every page, with all of its words in the text beside the blocks", async () => {
    let checked = 0;
    for (const { assistant } of contents) {
      for (const subject of await everySubject(assistant)) {
        const card = await createShow({ assistant }).subject(subject);
        for (let page = 0; page < 8; page++) {
          const { text, blocks } = renderCard(card!, {
            page,
            asker: "U1",
            share: { target: "1.1" },
            above: { kind: "asked", typed: "something" },
          });
          expect(refuseBlocks(JSON.parse(JSON.stringify(blocks("F1"))), MESSAGE_BLOCKS, FILES)).toBeUndefined();
          expect(text.length).toBeLessThanOrEqual(4000);
          expect(text.endsWith("…")).toBe(false);
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThan(400);
  });

  it("keeps to them with a thousand sections and figures, in messages and in Home", async () => {
    const { explainer, desk } = await contents[0]!.assistant.figures();
    const many = {
      ...explainer,
      sections: Array.from({ length: 1000 }, (_, index) => ({
        ...explainer.sections[0]!,
        id: `section-${index}`,
        heading: `Question number ${index}?`,
      })),
    };
    const figures = Array.from({ length: 1000 }, (_, index) => ({ ...desk.figures()[0]!, id: `figure-${index}` }));
    const help = helpCard(explainer, ["a way"]);
    for (const card of [
      topicsCard(many),
      figuresCard(explainer, figures, undefined),
      homeCard(many, figures, desk.charts()[0], help),
    ])
      expect(
        refuseBlocks(JSON.parse(JSON.stringify(renderCard(card).blocks("F1"))), MESSAGE_BLOCKS, FILES),
      ).toBeUndefined();
  });
});

describe("text", () => {
  it("is shown as it was typed", () => {
    expect(escape("a & b <!channel> *c* _d_ ~e~ `f`")).toBe(
      "a &amp; b &lt;!channel&gt; \u200b*c\u200b* \u200b_d\u200b_ \u200b~e\u200b~ \u200b`f\u200b`",
    );
  });

  it("is read as somebody typed it", () => {
    expect(wordsOf("<@UBOT00001> is <https://a.example/x|this> in <#C123|general> &amp; <!here> &lt;new&gt;?")).toBe(
      "is this in #general & <new>?",
    );
  });

  it("shows a known date as Slack's own, with the words for those who cannot see it", () => {
    expect(asOfText("2026-11-02")).toBe("<!date^1793620800^{date_long}|2026-11-02>");
    expect(asOfText("Tuesday")).toBe("Tuesday");
  });

  it("keeps a button's meaning, and refuses another version's or nonsense", () => {
    const press = { action: "show", subject: { kind: "topics", explainer: "a" }, page: 2, who: "1.2" } as const;
    expect(PRESSES.decode(PRESSES.encode(press))).toEqual(press);
    // As they were before they told the action.
    expect(PRESSES.decode("1:2:1.2:t|a")).toEqual(press);
    for (const value of ["", "2:0::t|a", "1:x::t|a", "1:0::q|a", "1:0::t|a:b"])
      expect(PRESSES.decode(value)).toBeUndefined();
  });
});

describe("the manifest", () => {
  const manifest = parse(readFileSync("slack-manifest.yaml", "utf8")) as {
    features: {
      slash_commands: { command: string }[];
      shortcuts: { callback_id: string; type: string }[];
      app_home: { home_tab_enabled: boolean };
      agent_view: { agent_description: string };
    };
    oauth_config: { scopes: { bot: string[] } };
    settings: { event_subscriptions: { bot_events: string[] } };
    display_information: { name: string; description: string };
  };
  const sources = ["listeners", "api", "home", "message"]
    .map((name) => readFileSync(`src/slack/${name}.ts`, "utf8"))
    .join("\n");

  it("names every command, shortcut and event that has a listener, and no other", () => {
    expect(manifest.features.slash_commands).toEqual(
      commandTable(false)
        .filter(({ menuOnly }) => !menuOnly)
        .map(({ name, about, hint }) => ({
          command: `/${name}`,
          description: about,
          ...(hint === undefined ? {} : { usage_hint: hint }),
          should_escape: true,
        })),
    );
    expect(manifest.features.shortcuts).toMatchObject([
      { callback_id: SHORTCUT, type: "message" },
      { callback_id: TEACH_SHORTCUT, type: "message", name: wordingOf("en").desk.teachCommand() },
    ]);
    // Each scope with its reason, as the install page gives it.
    for (const { name, why } of SCOPES)
      expect(readFileSync("slack-manifest.yaml", "utf8")).toContain(`- ${name} # ${why}`);
    const listened = [...sources.matchAll(/app\.event\("(\w+)"/g)].map((match) => match[1]);
    expect(manifest.settings.event_subscriptions.bot_events.map((event) => event.replace(/\.im$/, "")).sort()).toEqual(
      listened.sort(),
    );
    expect(manifest.features.app_home.home_tab_enabled).toBe(true);
  });

  it("asks for the scopes that the methods and events need, and no other", () => {
    // docs.slack.dev/reference: what each method and event that we use needs.
    const needed: Record<string, RegExp> = {
      "chat:write": /chat\.post(Message|Ephemeral)/,
      "files:write": /files\.getUploadURLExternal/,
      "assistant:write": /threads\.setSuggestedPrompts/,
      "app_mentions:read": /app\.event\("app_mention"/,
      "im:history": /app\.event\("message"/,
      "users:read": /client\.users\.info/,
      commands: /app\.command\(/,
    };
    for (const [scope, use] of Object.entries(needed)) expect(sources, scope).toMatch(use);
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual(Object.keys(needed).sort());
  });

  it("keeps to Slack's lengths", () => {
    expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
    expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
    expect(manifest.features.agent_view.agent_description.length).toBeLessThanOrEqual(300);
  });
});
