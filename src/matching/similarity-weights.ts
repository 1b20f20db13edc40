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
      1.138, 2.604, 1.892, 0.751, -1.102, 2.121, 2.531, 0.122, -0.732, 0.578, 2.646, 0.275, 0.236, -0.273, -1.555,
      -1.355, 3.632, 0.38, 0.186, 4.773, 0.86, 0.658, -0.168, 0.289, -0.621, 0.726, -0.101, 1.299, 1.043, 2.73, 1.689,
    ],
    question: [
      -0.347, -2.764, 0.924, 1.586, 1.681, 1.203, 0.691, 2.193, 0.656, 0.904, 1.614, 0.879, -0.531, 2.919, -2.113,
      1.404, -0.413, -0.374, 0.82, -0.362, -0.52, 0.554, -0.737, -0.003, 1.513, 1.443, 0.09, -0.084, 1.549, 4.947,
    ],
    bias: 0.354,
    far: [
      -0.315, -4.125, -0.335, 0.169, -4.052, -4.394, -2.089, -3.547, -2.761, 2.845, -3.022, -1.665, 1.542, 0.567,
      -2.042, 0.339, 1.755, 3.504, 0.227, 1.476, 2.6, -2.688, 2.338, -1.283, 0.519, 3.183, 1.406, 5.285, 0.643, -0.838,
    ],
    farBias: 0.162,
  },
  withoutEncoder: {
    section: [
      0, 0, 0, 0, 0, 0, 3.036, 1.544, 1.8, 3.011, 2.921, 3.591, 0.644, -0.222, 0, 0, 0, 0, 0, 0, 0.386, 0.192, -0.675,
      -0.194, -2.21, 1.304, 0.087, 1.445, 1.838, 0, 0.18,
    ],
    question: [
      0, 0, 0, 0, 0, 0, 1.372, 3.109, 1.379, 1.007, 2.805, 1.721, 0, 0, 0, 0, 0, 0, 0.529, -0.697, -0.504, 0.631, -1.44,
      -0.315, 1.769, 0, 0.571, -0.384, 1.823, 0,
    ],
    bias: 0.642,
    far: [
      0, 0, 0, 0, 0, 0, -2.73, -4.738, -4.662, 0.238, -2.837, -3.992, 0, 0, 0, 0, 0, 0, 0.104, 2.575, 3.441, -1.446,
      2.503, 0.19, 0.614, 0, 2.333, 3.405, 0.293, 0,
    ],
    farBias: -0.461,
  },
};
