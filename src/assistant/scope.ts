// The assistant as one place has it: of all explainers those alone that were chosen for it. What is not among them is not there, by
// whatever name it is asked for.
import type { Assistant } from "./assistant.js";

/** `among`: ids of explainers; undefined for all. Where there is none of them, what has to be told of one rejects. */
export function scopeAssistant(assistant: Assistant, among: readonly string[] | undefined): Assistant {
  if (among === undefined) return assistant;
  const chosen = new Set(among);
  return {
    ask: (question, options) => assistant.ask(question, { ...options, among }),
    section: async (id, options) =>
      // By its own name or not at all: another article may have a section of the same.
      options?.explainer !== undefined && !chosen.has(options.explainer)
        ? undefined
        : assistant.section(id, { ...options, among }),
    summary: (options) => assistant.summary({ ...options, among }),
    explainers: () => assistant.explainers().filter(({ id }) => chosen.has(id)),
    topics: (options) => assistant.topics({ ...options, among }),
    figures: (options) => assistant.figures({ ...options, among }),
    suggest: (typed, limit, options) => assistant.suggest(typed, limit, { ...options, among }),
  };
}
