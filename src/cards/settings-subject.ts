// What somebody who sets a place up is at, named exactly, as the subject of a card.

export interface SettingsSubject {
  readonly kind: "settings";
  readonly explainer: string;
  readonly step: SettingsStep;
  /** Of this channel alone. */
  readonly here: boolean;
  /** `set`: which setting. */
  readonly name?: string | undefined;
  /** `set`: to what; `use`: id of an explainer, absent for all. */
  readonly value?: string | undefined;
}

/** As letters in a button. */
const STEPS = {
  /** What holds. */
  s: "show",
  /** Which explainer? */
  p: "pick",
  u: "use",
  /** Changes a setting. */
  c: "set",
} as const;
export type SettingsStep = (typeof STEPS)[keyof typeof STEPS];
const LETTERS = new Map(Object.entries(STEPS).map(([letter, step]) => [step, letter]));
const HERE = "h";

/** The parts of a code. */
export function writeSettings({ step, here, name, value }: SettingsSubject, idOf: (id: string) => string): string {
  const head = (LETTERS.get(step) ?? "") + (here ? HERE : "");
  if (step === "use") return [head, ...(value === undefined ? [] : [idOf(value)])].join(",");
  return [head, name, value].filter((each) => each !== undefined).join(",");
}

/** Reads what {@link writeSettings} wrote, apart at its commas; undefined for anything else. */
export function readSettings(explainer: string, parts: readonly string[]): SettingsSubject | undefined {
  const [head = "", first, second, ...more] = parts;
  const [letter = "", flag = "", ...others] = head;
  if (!Object.hasOwn(STEPS, letter) || others.length > 0 || more.length > 0) return undefined;
  if (flag !== "" && flag !== HERE) return undefined;
  const step = STEPS[letter as keyof typeof STEPS];
  const common = { kind: "settings", explainer, step, here: flag === HERE } as const;
  if (step === "use")
    return second === undefined ? { ...common, ...(first === undefined ? {} : { value: first }) } : undefined;
  return {
    ...common,
    ...(first === undefined ? {} : { name: first }),
    ...(second === undefined ? {} : { value: second }),
  };
}
