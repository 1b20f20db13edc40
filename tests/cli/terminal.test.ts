import { describe, expect, it } from "vitest";
import type { Reply } from "../../src/assistant/reply.js";
import { replyCard } from "../../src/cards/answer.js";
import { printable, renderCard, wrap, type TerminalStyle } from "../../src/cli/terminal.js";

const renderReply = (reply: Reply, style: TerminalStyle): string => renderCard(replyCard(reply), style);
const source = { title: "T", publisher: "P", url: "https://example.org", asOf: "Monday" };
const explainer = { id: "x", title: "T", language: "en" };
const answer: Reply = {
  kind: "answer",
  question: "q",
  explainer,
  source,
  section: "s",
  heading: "What?",
  passage: 0,
  lead: "This is it.",
  leadLine: "This is it.",
  rest: [
    { kind: "paragraph", lines: ["More of it. ".repeat(20).trim()] },
    { kind: "list", lines: ["one", "two"] },
    { kind: "caption", lines: ["A picture."] },
  ],
  confidence: 0.9,
  figures: [],
  chart: undefined,
  unanswered: [],
  related: [{ section: "t", heading: "And then?" }],
  also: [],
};

describe("a reply in a terminal", () => {
  it("is plain where colour is not wanted, and the same words with it", () => {
    const plain = renderReply(answer, { width: 60, color: false });
    expect(plain).toMatch(/^What\?\n\nThis is it\.\n\nMore of it\./);
    expect(plain).toContain("  - one\n  - two");
    expect(plain).toContain("Caption: A picture.");
    expect(plain).toContain("Source: T, P\nAs of: Monday\nhttps://example.org");
    expect(plain.split("\n").every((line) => line.length <= 60)).toBe(true);
    const colored = renderReply(answer, { width: 60, color: true });
    expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  });

  it("abstains without a source and names the nearest sections as such", () => {
    const text = renderReply(
      {
        kind: "abstain",
        question: "q",
        explainer,
        source,
        nearest: [{ section: "s", heading: "What?", confidence: 0.1 }],
        smallTalk: undefined,
        empty: false,
      },
      { width: 80, color: false },
    );
    expect(text).toBe("The article does not say.\n\nThe nearest it comes:\n  - What?");
  });

  it.each([
    ["a b c", 3, "a b\nc"],
    ["longerthanthewidth x", 5, "longerthanthewidth\nx"],
    ["", 10, ""],
  ])("wraps %j at %i", (text, width, wrapped) => {
    expect(wrap(text, width)).toBe(wrapped);
  });

  it("shows no character that a terminal would obey", () => {
    expect(printable("a\u001b[2J\u0007\u202eb\u009b")).toBe("a[2Jb");
  });
});
