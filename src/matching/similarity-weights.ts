// Fitted by `npm run bench -- fit` on the shipped explainer stripped of its utterances, which then serve as the
// questions. In the order of SECTION_FEATURES and QUESTION_FEATURES.

export interface SimilarityWeights {
  readonly section: readonly number[];
  readonly question: readonly number[];
  readonly bias: number;
}

export const SIMILARITY_WEIGHTS: {
  readonly withEncoder: SimilarityWeights;
  readonly withoutEncoder: SimilarityWeights;
} = {
  withEncoder: {
    section: [2.24, 4.6, 1.05, 3.37, 2.2, 1.77, 0.66, 0.15],
    question: [-0.04, 2.79, 7.01, 1.02],
    bias: 0.51,
  },
  withoutEncoder: { section: [0, 0, 0, 3.57, 2.84, 2.75, 0.92, 0.24], question: [0.01, 3.37, 0, 0.51], bias: 1.63 },
};
