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
      1.026, 2.542, 2.052, 0.747, -1.044, 2.081, 2.634, 0.403, -0.321, 0.318, 2.372, 0.31, 0.232, -0.282, -1.449,
      -1.193, 4.09, 0.517, 0.375, 4.675, 0.337, 0.241, -0.109, 0.445, 0.082, 0.354, -0.103, 1.32, 0.773, 3.081, 1.715,
    ],
    question: [
      -0.448, -2.827, 0.888, 1.768, 1.727, 1.226, 0.868, 2.011, 0.831, 0.705, 1.234, 1.323, -0.317, 2.79, -1.995, 1.42,
      -0.55, -0.344, 0.206, -0.292, -0.398, 0.444, -0.441, -0.487, 1.265, 1.424, 0.188, 0.129, 1.572, 5.065,
    ],
    bias: 0.356,
    far: [
      0.136, -4.266, -0.633, -0.147, -4.3, -4.829, -1.488, -1.662, -3.196, 2.977, -3.51, -1.028, 1.026, 0.695, -1.959,
      -0.269, 1.902, 4.456, -0.364, 0.601, 3.002, -3.128, 1.767, -1.101, 0.426, 3.548, 0.332, 5.445, 0.792, -1.002,
    ],
    farBias: 0.301,
  },
  withoutEncoder: {
    section: [
      0, 0, 0, 0, 0, 0, 3.134, 1.303, 2.11, 2.393, 2.279, 3.829, 0.636, -0.22, 0, 0, 0, 0, 0, 0, -0.229, 0.085, -0.7,
      0.373, -1.092, 1.012, 0.082, 1.409, 1.312, 0, 0.508,
    ],
    question: [
      0, 0, 0, 0, 0, 0, 1.521, 2.487, 1.54, 0.384, 1.882, 2.202, 0, 0, 0, 0, 0, 0, 0.014, -0.528, -0.331, 0.612, -0.914,
      -0.78, 1.469, 0, 0.57, -0.039, 1.781, 0,
    ],
    bias: 0.752,
    far: [
      0, 0, 0, 0, 0, 0, -1.786, -2.476, -4.995, 0.191, -4.035, -3.431, 0, 0, 0, 0, 0, 0, -0.4, 1.478, 3.931, -1.559,
      2.802, -0.789, 0.664, 0, 1.377, 3.428, 0.348, 0,
    ],
    farBias: -0.363,
  },
};
