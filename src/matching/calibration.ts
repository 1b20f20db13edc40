// The few numbers that turn scores into chances, fitted by `npm run bench -- calibrate` on held-out voices
// (docs/matching.md has the reliability table) and kept the same for every explainer.

export interface Calibration {
  /**
   * How much the log-chance by words and the encoder's numbers counts beside the one by words alone, where the encoder read all texts that
   * were learned from; of fewer less, and never more than it.
   */
  readonly jointWeight: number;
  /** Added to the log-chance of "the article does not say": less than 0, for examples hold more of it than traffic does. */
  readonly unanswerableOffset: number;
  /** Added to the same, times the share of telling words that no training text has. */
  readonly unknownWeight: number;
  /** Log-chances are divided by this: over 1 makes them humbler. */
  readonly temperature: number;
}

export const CALIBRATION: { readonly withEncoder: Calibration; readonly withoutEncoder: Calibration } = {
  withEncoder: { jointWeight: 1.75, unanswerableOffset: -1.03, unknownWeight: 0.44, temperature: 0.48 },
  withoutEncoder: { jointWeight: 0, unanswerableOffset: -0.97, unknownWeight: 0.59, temperature: 0.51 },
};
