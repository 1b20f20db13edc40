// What opens what on a page: buttons, links and labels, and the answers that they fold away.
import { isQuestion } from "./found.js";

export const BLOCK = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIALOG DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LEGEND LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY THEAD TFOOT TR TD TH CAPTION UL MENU SEARCH HGROUP".split(
    " ",
  ),
);

/** Words of an element on one line, without marks that open and shut it and links to itself. */
export const plain = (element: Element): string =>
  element.textContent
    .replace(/\s+/g, " ")
    // Marks that open and shut, and links to the heading itself.
    .replace(/ ?[+−▼▲▾▸►⌄⌃✕×¶#🔗]{1,3}\s?$/u, "")
    .trim();

/** Whether an element says that it opens another. */
export const saysItOpens = (element: Element): boolean =>
  element.hasAttribute("aria-expanded") ||
  element.hasAttribute("aria-controls") ||
  /^collapse$/i.test(element.getAttribute("data-toggle") ?? element.getAttribute("data-bs-toggle") ?? "");

/** Whether a link stands in a line with words before it. */
function isInLine(link: Element): boolean {
  for (let before = link.previousSibling; before; before = before.previousSibling) {
    if (before.nodeType === 1 && (BLOCK.has((before as Element).tagName) || (before as Element).tagName === "BR"))
      return false;
    if ((before.textContent ?? "").trim() !== "") return true;
  }
  return false;
}

/** Whether a link leads nowhere and so opens something, as the label of a hidden box does. */
export const isToggle = (element: Element): boolean =>
  element.tagName === "LABEL" ||
  (element.tagName === "A" &&
    (saysItOpens(element) || /^(?:javascript:|#0?$|$)/i.test((element.getAttribute("href") ?? "").trim())) &&
    !isInLine(element));

/** What a panel that holds an answer is called. */
const PANEL =
  /(?:^|[\s_-])(?:answer|faq-?(?:a|answer|body|content)|panel-?(?:body|content|collapse)|accordion-?(?:body|content|collapse|panel|text)|collapse|toggle-?(?:content|body))(?:$|[\s_-])/i;

/** Answers that are folded away, none in another: what stands in them opens nothing. */
export function panelsIn(root: Element): ReadonlySet<Element> {
  return new Set(
    [...root.querySelectorAll("details, [class]")].filter(
      (element) =>
        (element.tagName === "DETAILS" || PANEL.test(element.getAttribute("class") ?? "")) &&
        element.querySelector("details, button, label, [aria-expanded], [aria-controls]") === null &&
        ![...element.querySelectorAll("dt")].some((term) => isQuestion(plain(term))),
    ),
  );
}
