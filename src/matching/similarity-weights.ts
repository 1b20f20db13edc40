// Fitted by `npm run bench -- fit` over the explainers of `bench/explainers` with 0 to 6 utterances a section and the shipped one with 0 to 40, sections
// taken away at times, so that their questions became near misses, and other explainers' questions as foreign ones. In the
// order of SECTION_FEATURES and QUESTION_FEATURES.

export interface SimilarityWeights {
  readonly section: readonly number[];
  /** Of "the article does not say", by what is measured of the question. */
  readonly question: readonly number[];
  readonly bias: number;
  /** Of "this is about something else", a logistic regression of its own. */
  readonly far: readonly number[];
  readonly farBias: number;
}

export const SIMILARITY_WEIGHTS: {
  readonly withEncoder: SimilarityWeights;
  readonly withoutEncoder: SimilarityWeights;
} = {
  withEncoder: {
    section: [
      -0.395, 2.084, 1.616, 0.691, -0.147, 3.247, 2.057, 0.812, -0.441, 0.637, 2.699, 0.312, 0.414, -0.236, -0.832,
      -0.952, 3.832, 0.13, -0.07, 4.156, 1.068, 0.379, -0.253, 0.208, -0.793, 0.822, -0.223, 1.148, 1.069, 2.71, 1.813,
    ],
    question: [
      1.362, -1.963, 0.994, 1.13, 0.723, -0.018, 0.892, 1.371, 0.426, 0.394, 1.441, 0.073, -1.95, 2.42, -1.609, 0.569,
      1.056, -0.118, 0.354, 0.104, -0.19, 0.88, 0.775, -1.095, 1.456, 1.27, 0.625, 1.307, 1.663, 3.983, 0.854,
    ],
    bias: 0.435,
    far: [
      0.06, -3.85, -0.302, 0.028, -4.231, -4.65, -2.035, -3.723, -2.78, 2.728, -3.1, -1.739, 1.33, 0.414, -1.907, 0.198,
      1.871, 3.603, 0.127, 1.524, 2.625, -2.631, 2.563, -1.504, 0.463, 3.128, 1.502, 5.514, 0.618, -0.974, 0.137,
    ],
    farBias: 0.176,
  },
  withoutEncoder: {
    section: [
      0, 0, 0, 0, 0, 0, 3.036, 1.544, 1.8, 3.011, 2.921, 3.591, 0.644, -0.222, 0, 0, 0, 0, 0, 0, 0.386, 0.192, -0.675,
      -0.194, -2.21, 1.304, 0.087, 1.445, 1.838, 0, 0.18,
    ],
    question: [
      0, 0, 0, 0, 0, 0, 1.372, 3.109, 1.379, 1.007, 2.805, 1.721, 0, 0, 0, 0, 0, 0, 0.529, -0.697, -0.504, 0.631, -1.44,
      -0.315, 1.769, 0, 0.571, -0.384, 1.823, 0, 0,
    ],
    bias: 0.642,
    far: [
      0, 0, 0, 0, 0, 0, -2.73, -4.738, -4.662, 0.238, -2.837, -3.992, 0, 0, 0, 0, 0, 0, 0.104, 2.575, 3.441, -1.446,
      2.503, 0.19, 0.614, 0, 2.333, 3.405, 0.293, 0, 0,
    ],
    farBias: -0.461,
  },
};
