// Takes out of a page what is not its text: scripts, menus, banners, share lines, teasers, what is hidden. What holds a good part of
// the page's own questions or words stays, whatever its element is called: some put a whole article into a form.
import { countInside } from "./inside.js";
import { folded, isQuestion } from "./found.js";

/** What holds no text of a page. */
export const NEVER =
  "script, style, template, noscript, svg, iframe, object, embed, canvas, audio, video, select, input, textarea, link, meta, head, math annotation";
const PERIPHERAL =
  "nav, footer, aside, form, dialog, menu, [role=navigation], [role=banner], [role=contentinfo], [role=search], [role=dialog], [role=alertdialog], [role=complementary], [role=menu], [role=menubar], [role=tablist], [aria-modal=true]";
const PERIPHERAL_NAME =
  /(?:^|[\s_-])(?:share|sharing|social|cookie|consent|gdpr|newsletter|subscribe|subscription|signup|breadcrumbs?|related|recommend\w*|promo\w*|advert\w*|ads?|sponsor\w*|outbrain|taboola|comments?|disqus|pagination|pager|toc|skip|backtotop|back-to-top|popup|modal|paywall|byline-social|most-?read|most-?popular|trending|sidebar|widget|tags?|author-bio|read-?more|more-?stories|site-?nav|menu|masthead|topbar|toolbar|print-only|sr-only|visually-?hidden|screen-?reader\w*|hidden-?print|footnote-back|headerlink|edit-?link|editsection|mw-editsection|navbox|infobox|hatnote|reflist|catlinks|a11y|accessibility-?(?:tools?|panel|widget|menu|bar|options))(?:$|[\s_-])/i;
const LINES =
  /^(?:share(?: (?:this|on|via) [\w .]{0,40})?|tweet|print(?: this page)?|e-?mail(?: this)?|back to (?:the )?(?:top|contents|index|start)|(?:return to )?top(?: of page)?|skip to (?:main )?content|advert(?:isement)?s?|continue reading(?: below)?|story continues below(?: advertisement)?|sign up(?: now)?|subscribe(?: now)?|log ?in|permalink|link to this (?:heading|question)|edit|copy link|show (?:more|less|all)|read (?:more|less)|expand all|collapse all|close|menu|↑|¶|#|🔗|›|»|\^|loading\W*)$/i;

const BYLINE =
  /^(?:\|\s?)?(?:by|posted|published|updated|last updated|last modified|first published|written by|reported by|reporting by|editing by|story by|words by|source|filed under|tags?|categor(?:y|ies)|tagged|topics)\b[:\s][^.]{0,140}$/i;
const CREDIT =
  /^(?:©|\(c\)|copyright\b|photo(?:graph)?s?\b.{0,20}[:/]|image\b.{0,20}[:/]|image \d+ of \d+|picture\s?:|credit\b|getty images|caption$|citation\s?:|via |all rights reserved|this (?:document|material|article|story|content|site) (?:is subject|may not|is copyright)|the contents of this site)|(?:\(|\b)(?:image|photo|picture|pic|credit|ap photo|reuters|getty)\b[^().]{0,60}\)?$|all rights reserved\.?$/i;
const TEASER =
  /^(?:(?:see|read|don.?t) (?:more|also|miss)|related|watch|listen|more (?:on|from)|you (?:may|might) also like|get .{3,60}(?:here|app)|click here|sign up|on [\w.]+\.com)\b/i;
const CONTACT = /^(?:[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+|(?:https?:\/\/|www\.|twitter\.com|@)\S+)$/i;
const DATED =
  /^[^.!?]{0,40}\b(?:\d{1,2}[:.]\d{2}\s?(?:am|pm|[a-z]{2,4})?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d{2})\b[^.!?]{0,80}$/i;
const LONGEST_LINE = 220;

/** Whether a line stands about an article of running text and is none of it: a byline, a date, a credit, a teaser, an address. */
export function isAbout(line: string, linked: boolean): boolean {
  const text = line.trim();
  if (text.length > LONGEST_LINE) return false;
  if (BYLINE.test(text) || CREDIT.test(text) || CONTACT.test(text)) return true;
  if (text.length < 90 && DATED.test(text) && !/[.!?]["”’)]?$/.test(text)) return true;
  return TEASER.test(text) && (linked || text.length < 100) ? true : linked && text.length < 160;
}

/** Whether a line is a page's own furniture: "Share on …", "Back to contents", "¶". */
export const isFurniture = (line: string): boolean =>
  line.length < 60 && LINES.test(line.trim().replace(/(?<=\w)[.!]$/, ""));

/** A link to more of the same, which at the end of a paragraph is part of it. */
const LEADS_ON = /^\s*(?:read|show) more\W*$/i;
const endsParagraph = (link: Element): boolean =>
  link.parentElement?.tagName === "P" && link.parentElement.textContent.trim().length > 2 * link.textContent.length;

/** What shows a word as a picture. */
const ICON =
  /(?:^|[\s_-])(?:material-(?:icons|symbols)|(?:icons?|fa|fas|far|glyphicon|bi|chevron|caret|arrow)(?:$|[\s_-]))/i;

const wordsIn = (element: Element): number => element.textContent.length;

function isHidden(element: Element): boolean {
  const style = element.getAttribute("style") ?? "";
  return (
    element.hasAttribute("hidden") ||
    /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style) ||
    element.getAttribute("aria-hidden") === "true"
  );
}

/** Ids of what something on the page opens or leads to. */
function openedIn(root: Element): Set<string> {
  const ids = new Set<string>();
  for (const name of ["aria-controls", "data-target", "data-bs-target", "href"])
    for (const element of root.querySelectorAll(`[${name}]`)) {
      const value = element.getAttribute(name) ?? "";
      if (name === "aria-controls") ids.add(value);
      else if (value.startsWith("#")) ids.add(value.slice(1));
    }
  return ids;
}

/** A panel that a button opens holds an answer, though it is shut. */
function isPanel(element: Element, opened: ReadonlySet<string>): boolean {
  const id = element.getAttribute("id");
  if (
    element.getAttribute("role") === "region" ||
    element.getAttribute("role") === "tabpanel" ||
    element.hasAttribute("aria-labelledby")
  )
    return true;
  if (
    /accordion|collaps|panel|answer|content|toggle|faq|drawer|body/i.test(
      `${element.getAttribute("class") ?? ""} ${id ?? ""}`,
    )
  )
    return true;
  if (id !== null && opened.has(id)) return true;
  const before = element.previousElementSibling;
  return before !== null && isQuestion(before.textContent.trim());
}

/** Characters for each question from which answers stand with them. */
const ANSWERED = 120;
/** What page builders call everything. */
const BUILDERS = /\b(?:elementor|wp-block|et_pb|fusion|vc)[\w-]*/g;

const MOST_PARTS = 3;

/** An id that names a part of the page; one made of a heading's words names nothing. */
function shortId(element: Element): string {
  const id = element.getAttribute("id") ?? "";
  return id.split(/[-_]/).length > MOST_PARTS ? "" : id;
}

/** Whether it holds all that a heading says. */
function isHeadingText(element: Element): boolean {
  const heading = element.closest("h1, h2, h3, h4, h5, h6, dt, summary");
  return heading !== null && heading.textContent.trim() === element.textContent.trim();
}

/** Share of an element's words that stand in links. */
function linked(element: Element): number {
  let inLinks = 0;
  for (const link of element.getElementsByTagName("a")) inLinks += wordsIn(link);
  return inLinks / Math.max(1, wordsIn(element));
}

/** Takes out links and buttons that are the page's own. */
function withoutFurniture(root: Element, named: ReadonlySet<string>): void {
  for (const link of [...root.querySelectorAll("a")])
    if (isFurniture(link.textContent) && !(LEADS_ON.test(link.textContent) && endsParagraph(link))) link.remove();
  for (const button of [...root.querySelectorAll("button")]) {
    const text = button.textContent.replace(/\s+/g, " ").trim();
    const opens =
      button.hasAttribute("aria-expanded") ||
      button.hasAttribute("aria-controls") ||
      button.closest("h1, h2, h3, h4, h5, h6, dt, summary") !== null;
    if (!opens && !isQuestion(text) && !named.has(folded(text))) button.remove();
  }
}

/** Cleans a page's body, or a part of it, in place; `asked`: the questions that its own data names. */
export function clean(root: Element, asked: readonly string[]): void {
  for (const element of [...root.querySelectorAll(NEVER)]) element.remove();
  for (const element of [...root.querySelectorAll("i[class], span[class]")])
    if (
      ICON.test(element.getAttribute("class") ?? "") &&
      /^(?:[a-z0-9_]{0,30}|[^\p{L}\p{N}]{1,3})$/u.test(element.textContent.trim())
    )
      element.remove();
  const named = new Set(asked.map(folded));
  const questions = [
    ...root.querySelectorAll(
      "h1, h2, h3, h4, h5, h6, dt, summary, button, strong, b, p, legend, label, [itemprop=name], [aria-controls], [aria-expanded]",
    ),
  ].filter((element) => {
    const text = element.textContent.replace(/\s+/g, " ").trim();
    return isQuestion(text) || named.has(folded(text));
  });
  const total = wordsIn(root);
  const inside = countInside(questions);
  // A reader's remark asks in a paragraph too.
  const headed = countInside(questions.filter(({ tagName }) => tagName !== "P"));
  const opened = openedIn(root);
  /** Whether it may go without taking the page's content with it. */
  const mayGo = (element: Element): boolean => {
    if (element === root || element.parentNode === null) return false;
    const held = inside.get(element) ?? 0;
    const size = wordsIn(element);
    if (held >= 2 && held >= questions.length / 2 && linked(element) < 0.5) return false;
    // Questions with their answers, whatever what holds them is called.
    const over = headed.get(element) ?? 0;
    if (over >= 2 && size > over * ANSWERED && linked(element) < 0.3) return false;
    return size < total * 0.4 || linked(element) > 0.6;
  };
  for (const element of [...root.querySelectorAll(PERIPHERAL)]) if (mayGo(element)) element.remove();
  for (const element of [...root.querySelectorAll("header")])
    if (!element.querySelector("h1") && element.closest("article, main") === null && mayGo(element)) element.remove();
  for (const element of [...root.querySelectorAll("[hidden], [aria-hidden=true], [style]")])
    if (isHidden(element) && !isPanel(element, opened) && mayGo(element)) element.remove();
  for (const element of [...root.querySelectorAll("[class], [id]")]) {
    if (/^(?:body|main|article|h[1-6])$/i.test(element.tagName)) continue;
    const name = `${(element.getAttribute("class") ?? "").replace(BUILDERS, "")} ${shortId(element)}`;
    if (PERIPHERAL_NAME.test(name) && !isHeadingText(element) && mayGo(element)) element.remove();
  }
  withoutFurniture(root, named);
}
