// A chat platform made up for the tests: plain text, no buttons, 500 characters a message. What is chosen is typed as its number,
// "more" turns the page. It shows that a face is a few lines: the conversation holds the rest.
import { createConversation, type Conversation } from "../../src/chat/conversation.js";
import type { Message, Shown } from "../../src/chat/event.js";
import type { FaceDeps, Outgoing } from "../../src/chat/face.js";
import { layOut, sourceWords, type Button, type Layout } from "../../src/chat/layout.js";
import type { Address } from "../../src/memory/address.js";

const LONGEST = 500;
const BOT = "bot";

export interface PlainMessage {
  readonly id: string;
  readonly answers: string | undefined;
  text: string;
  chart: string | undefined;
  choices: readonly Button[];
  controls: readonly Button[];
}

export interface PlainPlatform {
  readonly messages: PlainMessage[];
  readonly refused: string[];
  say(text: string, more?: Partial<Message>): string;
  again(id: string): void;
  /** Types the number of a choice, or the name of a control. */
  choose(message: PlainMessage, label: string): Promise<void>;
  stop(): Promise<void>;
}

function wordsOf(page: Layout, language: string): string {
  const lines = page.paragraphs.map((paragraph) =>
    paragraph.map(({ mark, text }) => (mark === "item" ? `- ${text}` : text)).join("\n"),
  );
  const numbered = page.choices.buttons.map(({ label }, index) => `${index + 1}) ${label}`);
  const said = [
    ...lines,
    ...(page.left.length > 0 ? [[page.leftTitle, ...page.left].join("\n")] : []),
    ...(page.source ? [sourceWords(page.source, language).join("\n")] : []),
  ].join("\n");
  const offered = `${said}\n${numbered.join("\n")}`;
  // What does not fit can still be typed.
  return offered.length <= LONGEST ? offered : said;
}

function render({ card, place }: Shown): Omit<PlainMessage, "id" | "answers"> {
  const page = layOut(card, place, {
    text: 260,
    source: 120,
    buttons: 9,
    buttonLabel: 80,
    optionLabel: 80,
    measure: (text) => text.length + 2,
  });
  return {
    text: wordsOf(page, card.explainer.language),
    chart: page.chart?.alt,
    choices: page.choices.buttons,
    controls: page.controls,
  };
}

export function startPlain(deps: Omit<FaceDeps, "studio">): PlainPlatform {
  const messages: PlainMessage[] = [];
  const refused: string[] = [];
  const written = new Map<string, Message>();
  let counter = 0;
  const take = (shown: Shown): Omit<PlainMessage, "id" | "answers"> => {
    const made = render(shown);
    if (made.text.length > LONGEST) refused.push(made.text);
    return made;
  };
  const at: Address = { platform: "plain", place: "here", channel: "talk" };
  const out: Outgoing = {
    platform: "plain",
    picks: "menu",
    typesLines: true,
    lighterAfter: [],
    send(_, shown, { answers }) {
      const id = `m${++counter}`;
      messages.push({ id, answers, ...take(shown) });
      return Promise.resolve(id);
    },
    edit(_, id, shown) {
      Object.assign(
        messages.find((each) => each.id === id)!,
        take(shown),
      );
      return Promise.resolve();
    },
    remove: (_, id) =>
      Promise.resolve(
        void messages.splice(
          messages.findIndex((each) => each.id === id),
          1,
        ),
      ),
    tell: () => Promise.resolve(),
    probe: () => Promise.resolve({ name: "talk" }),
    nameOf: () => undefined,
    obstacle: () => ({ channel: "talk", missing: [] }),
    faultOf: () => "bug",
    fields: (error) => ({ err: error }),
  };
  const conversation: Conversation = createConversation({ ...deps, out });
  return {
    messages,
    refused,
    say(text, more = {}) {
      const id = more.id ?? `q${++counter}`;
      const message: Message = {
        at,
        id,
        writtenAt: Date.now(),
        author: "reader",
        automatic: more.author === BOT,
        spoken: true,
        direct: false,
        mentioned: true,
        together: false,
        replied: false,
        text,
        ...more,
      };
      written.set(id, message);
      conversation.created(message);
      return id;
    },
    again: (id) => conversation.created(written.get(id)!),
    choose(message, label) {
      const press = [...message.choices, ...message.controls].find((each) => each.label === label)?.press;
      return conversation.pressed({
        id: `p${++counter}`,
        at,
        reader: "reader",
        press,
        own: false,
        apart: false,
        rights: { set: true, change: () => Promise.resolve(true), all: true },
        turn: {
          begin: () => undefined,
          put: (shown) => out.edit(at, message.id, shown),
          publish: (shown, answering) => out.send(at, shown, answering === undefined ? {} : { answers: answering }),
        },
      });
    },
    async stop() {
      await conversation.stop(1_000);
    },
  };
}
