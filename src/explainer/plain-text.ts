// A plain-text article to blocks: bulleted, numbered or bare question lines open sections; lines that end in a
// picture credit are captions, kept apart from the prose.
import type { Block } from "./blocks.js";

const BULLET = /^\s*(?:[•●▪◦‣*·–-]|Q\s*[:.)]|\d{1,3}[.)])\s+/u;
const CREDIT = /(?:(?<!\s)\s+)?\(?\b(?:Credit|Photo|Photograph|Picture|Image)s?\s*:\s?[^.?!]{1,80}$/u;
const MAX_QUESTION = 200;

function isQuestion(line: string): boolean {
  return line.length <= MAX_QUESTION && /\?["'”’)]?$/.test(line);
}

/** Reads plain text, a paragraph a line or lines between blank lines. The first line, unless it opens a section, is the title. */
export function readPlainText(text: string): Block[] {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  const bulleted = lines.some((line) => BULLET.test(line) && isQuestion(line.trim()));
  const blocks: Block[] = [];
  let paragraph: { text: string; line: number } | undefined;
  let untitled = true;

  function close(): void {
    if (paragraph) blocks.push({ kind: "prose", ...paragraph });
    paragraph = undefined;
  }

  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    const number = index + 1;
    if (line === "") {
      close();
      continue;
    }
    const bullet = BULLET.test(raw);
    const bare = line.replace(BULLET, "").trim();
    const alone = paragraph === undefined && (lines[index + 1] ?? "").trim() === "";
    const first = untitled;
    untitled = false;
    if (isQuestion(bare) && (bulleted ? bullet : alone && !first)) {
      close();
      blocks.push({ kind: "heading", text: bare, line: number, depth: 2 });
    } else if (first && !bullet && bare.length <= MAX_QUESTION) {
      blocks.push({ kind: "heading", text: bare, line: number, depth: 1 });
    } else if (CREDIT.test(line)) {
      close();
      blocks.push({ kind: "caption", text: line.replace(CREDIT, ""), line: number });
    } else if (bullet) {
      close();
      blocks.push({ kind: "item", text: bare, line: number });
    } else if (paragraph) {
      paragraph.text += `\n${line}`;
    } else {
      paragraph = { text: line, line: number };
    }
  }
  close();
  return blocks;
}
