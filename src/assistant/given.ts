// Which answer was given to which question, so that it follows the question's edits and goes with it, also after a restart.

export interface Given {
  /** Notes it soon; a process that is killed within that moment forgets it. */
  note(question: string, answer: string): void;
  /** Those of `questions` that were answered, with their answers; undefined where that cannot be looked up now. */
  find(questions: readonly string[]): Promise<ReadonlyMap<string, string> | undefined>;
}
