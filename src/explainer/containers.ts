// What generators put around Markdown: containers, fences and shortcodes. One that folds a text away under a title is a question with
// its answer; any other is a frame around its words.

/** Names of what a title stands in, by the generators' own words for it. */
const TITLES = "title|question|q|summary|header|heading|label|name";
const QUOTED = /"([^"\n]{3,300})"|'([^'\n]{3,300})'|“([^”\n]{3,300})”/;

/** Directives that fold their text away. */
const FOLDS = /^(?:details|dropdown|toggle|collapse|accordion|spoiler|faq|question)$/i;
/** Directives whose text is code, or nothing to read. */
const NO_FRAME =
  /^(?:code(?:-block|-cell)?|math|figure|image|raw|eval-rst|toctree|bibliography|mermaid|include|literalinclude|contents)$/i;

function titleIn(attributes: string): string | undefined {
  const named = new RegExp(`(?:^|\\s)(?:${TITLES})\\s*=\\s*(?:"([^"\\n]{3,300})"|'([^'\\n]{3,300})')`, "i").exec(
    attributes,
  );
  return named?.[1] ?? named?.[2];
}

/** The first words between quotation marks, where they ask something or are all there is. */
function quotedIn(argument: string): string | undefined {
  const found = QUOTED.exec(argument);
  const words = found?.[1] ?? found?.[2] ?? found?.[3];
  return words !== undefined && (words.trimEnd().endsWith("?") || found?.[0] === argument.trim()) ? words : undefined;
}

const opening = (title: string): string =>
  `\n<details><summary>${title.replace(/[*_`]/g, "").replace(/</g, "&lt;").trim()}</summary>\n\n`;
const CLOSING = "\n\n</details>\n";

/** `:::details Title` … `:::`, and fences that are directives: ```` ```{dropdown} Title ````. */
function withoutDirectives(body: string): string {
  if (!body.includes(":::") && !body.includes("```{") && !body.includes("~~~{") && !body.includes("``` {")) return body;
  /** What is open: the marks that close it, and what they write. */
  const open: { readonly marks: string; readonly close: string }[] = [];
  let options = false;
  return body
    .split("\n")
    .map((line) => {
      const trimmed = line.trim();
      const marks = /^(?::{3,}|`{3,}|~{3,})/.exec(trimmed)?.[0] ?? "";
      const rest = trimmed.slice(marks.length);
      if (marks === "") {
        // Options of a directive stand at its start.
        options &&= /^\s*(?::[\w-]+:.*)?$/.test(line) || line.trim() === "---";
        return options ? "" : line;
      }
      options = false;
      const last = open.at(-1);
      if (rest.trim() === "" && last && marks.startsWith(last.marks.charAt(0)) && marks.length >= last.marks.length) {
        open.pop();
        return last.close;
      }
      const name = /^[\w-]+/.exec(rest.replace(/^\s*\{?/, ""))?.[0] ?? "";
      const words = rest.slice(rest.indexOf(name) + name.length).replace(/^\}/, "");
      const directive = marks.startsWith(":") || rest.trimStart().startsWith("{");
      if (!directive || NO_FRAME.test(name)) {
        if (marks.startsWith(":")) return "";
        if (!directive && rest.trim() === "" && last) return line;
        // Code stays code, until its own marks.
        open.push({ marks, close: marks });
        return directive ? marks : line;
      }
      if (name === "" && marks.startsWith(":")) return "";
      options = rest.trimStart().startsWith("{");
      const folds = FOLDS.test(name) && words.trim() !== "";
      open.push({ marks, close: folds ? CLOSING : "" });
      return folds ? opening(words) : "";
    })
    .join("\n");
}

/** `{{< faq "Title" >}}` … `{{< /faq >}}`, with either of Hugo's marks. */
function withoutShortcodes(body: string): string {
  if (!/\{\{[<%]/.test(body)) return body;
  const CODE = /\{\{[<%]([^{}]{1,700})[>%]\}\}/g;
  const nameOf = (code: string): string => /^[\w.-]+/.exec(code.replace(/^[\s/]+/, ""))?.[0] ?? "";
  const ends = (code: string): boolean => code.trimStart().startsWith("/");
  const closed = new Set([...body.matchAll(CODE)].flatMap(([, code = ""]) => (ends(code) ? [nameOf(code)] : [])));
  const titled: boolean[] = [];
  return body.replace(CODE, (_, code: string) => {
    if (ends(code)) return titled.pop() === true ? CLOSING : "\n";
    if (!closed.has(nameOf(code))) return "";
    const more = code.slice(code.indexOf(nameOf(code)) + nameOf(code).length);
    const title = titleIn(more) ?? quotedIn(more);
    titled.push(title !== undefined);
    return title === undefined ? "\n" : opening(title);
  });
}

/** `[toggle title="Title"]` … `[/toggle]`, of WordPress and its builders; a link is none. */
function withoutSquareCodes(body: string): string {
  const closed = new Set([...body.matchAll(/\[\/([a-z][a-z0-9_-]*)\](?!\()/g)].map(([, name]) => name ?? ""));
  const known = (name: string, more: string): boolean =>
    closed.has(name) || (name.includes("_") && /=["']|\/$/.test(more));
  if (closed.size === 0) return body;
  const titled: boolean[] = [];
  return body.replace(
    /\[(\/?)([a-z][a-z0-9_-]*)((?:\s[^[\]]{0,4000})?)\](?![(:])/g,
    (whole, end: string, name: string, more: string) => {
      if (!known(name, more)) return whole;
      if (end !== "") return titled.pop() === true ? CLOSING : "\n";
      if (!closed.has(name)) return "";
      const title = titleIn(more);
      const folds =
        title !== undefined && (title.trimEnd().endsWith("?") || /toggle|accordion|spoiler|collaps|faq/.test(name));
      titled.push(folds);
      return folds ? opening(title) : "\n";
    },
  );
}

/** `<Accordion title="Title">` … `</Accordion>`: a component that is given its title. */
function withoutComponents(body: string): string {
  if (!/<\/[A-Z]\w*>/.test(body)) return body;
  const titled: boolean[] = [];
  return body.replace(/<(\/?)([A-Z]\w*)((?:\s[^<>]{0,600})?)>/g, (_, end: string, _name: string, more: string) => {
    if (more.trimEnd().endsWith("/")) return "";
    if (end !== "") return titled.pop() === true ? CLOSING : "\n";
    const title = titleIn(more.replace(/=\{(["'`])([^"'`\n]{3,300})\1\}/g, '="$2"'));
    titled.push(title !== undefined);
    return title === undefined ? "\n" : opening(title);
  });
}

/** Markdown without what generators put around it. Pure; takes linear time. */
export function withoutContainers(body: string): string {
  return withoutComponents(withoutSquareCodes(withoutShortcodes(withoutDirectives(body))));
}
