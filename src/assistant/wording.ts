// The few sentences that stand around an editor's words. All faces share them.

export const WORDING = {
  abstain: "The article does not say.",
  nearest: "The nearest it comes:",
  clarify: "Which of these do you mean?",
  emptyQuestion: "Ask a question about the story in your own words, such as one of these:",
  also: "You also asked:",
  unanswered: "The article does not say:",
  related: "Related questions",
  source: "Source",
  asOf: "As of",
  fault: "Something went wrong on our side and your question was not answered. Please ask it again in a minute.",
} as const;
