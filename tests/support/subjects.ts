// Everything of an explainer that can be shown, to be laid out against a platform's limits.
import type { Assistant } from "../../src/assistant/assistant.js";
import type { Subject } from "../../src/cards/subject.js";

/** Each section, led by each of its passages; three sections at once; the overviews; each figure. */
export async function everySubject(assistant: Assistant): Promise<Subject[]> {
  const { explainer, desk } = await assistant.figures();
  const { id: of, sections } = explainer;
  return [
    ...sections.flatMap(({ id, passages }): Subject[] => [
      { kind: "sections", explainer: of, sections: [{ id }] },
      ...passages.map((_, lead): Subject => ({ kind: "sections", explainer: of, sections: [{ id, lead }] })),
    ]),
    { kind: "sections", explainer: of, sections: sections.slice(0, 3).map(({ id }) => ({ id })) },
    { kind: "topics", explainer: of },
    { kind: "figures", explainer: of },
    { kind: "summary", explainer: of },
    ...desk.figures().map(({ id }): Subject => ({ kind: "figure", explainer: of, figure: id })),
  ];
}
