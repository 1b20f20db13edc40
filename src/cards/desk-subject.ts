// What an editor is at, named exactly, as the subject of a card at the desk.

/** What an editor is at, with a question of the queue. */
export type DeskStep = (typeof DESK_STEPS)[keyof typeof DESK_STEPS];

export interface DeskSubject {
  readonly kind: "desk";
  readonly explainer: string;
  readonly step: DeskStep;
  /** Id of the question; of the queue as a whole empty. */
  readonly question: string;
  /** The section that answers it. */
  readonly section?: string | undefined;
  /** Index of the passage. */
  readonly passage?: number | undefined;
  /** Why nothing does. */
  readonly reason?: string | undefined;
}

/** As letters in a button. */
const DESK_STEPS = {
  /** The question. */
  c: "card",
  /** Which section answers it. */
  s: "sections",
  /** Which passage of it. */
  p: "passages",
  /** Why nothing does. */
  k: "reasons",
  /** What would change. */
  t: "try",
  /** Teaches it. */
  h: "teach",
  i: "ignore",
  u: "undo",
  /** Those that wait. */
  q: "queue",
} as const;
const DESK_LETTERS = new Map(Object.entries(DESK_STEPS).map(([letter, step]) => [step, letter]));

/** The parts of a code. */
export function writeDesk(subject: DeskSubject, idOf: (id: string) => string): string {
  const { step, question, section, passage, reason } = subject;
  const parts = [
    DESK_LETTERS.get(step) ?? "",
    question,
    section === undefined ? "" : idOf(section),
    passage === undefined ? "" : String(passage),
    reason === undefined ? "" : idOf(reason),
  ];
  while (parts.length > 2 && parts.at(-1) === "") parts.pop();
  return parts.join(",");
}

/** Reads what {@link writeDesk} wrote, apart at its commas; undefined for anything else. */
export function readDesk(explainer: string, parts: readonly string[]): DeskSubject | undefined {
  const [letter = "", question = "", section = "", passage = "", reason = "", ...more] = parts;
  if (!Object.hasOwn(DESK_STEPS, letter) || more.length > 0) return undefined;
  return {
    kind: "desk",
    explainer,
    step: DESK_STEPS[letter as keyof typeof DESK_STEPS],
    question,
    ...(section === "" ? {} : { section }),
    ...(/^\d{1,5}$/.test(passage) ? { passage: Number(passage) } : {}),
    ...(reason === "" ? {} : { reason }),
  };
}
