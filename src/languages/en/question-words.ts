/** Words that a question begins with, as alternatives of a pattern. */
export const QUESTION_WORD =
  "who|whom|whose|what|which|when|where|why|how|did|does|do|is|are|was|were|has|have|had|can|could|will|would|should";
