// The few numbers that turn scores into chances, fitted by `npm run bench -- calibrate` on held-out voices
// (docs/matching.md has the reliability table) and kept the same for every explainer.

export interface Calibration {
  /** How much the encoder's vote adds to the log-chance of a section. */
  readonly encoderWeight: number;
  /** Added to the log-chance of "the article does not say": less than 0, for examples hold more of it than traffic does. */
  readonly unanswerableOffset: number;
  /** Added to the same, times the share of telling words that no training text has. */
  readonly unknownWeight: number;
  /** Log-chances are divided by this: over 1 makes them humbler. */
  readonly temperature: number;
}

export const CALIBRATION: { readonly withEncoder: Calibration; readonly withoutEncoder: Calibration } = {
  withEncoder: { encoderWeight: 4.31, unanswerableOffset: -2.12, unknownWeight: 1.44, temperature: 0.75 },
  withoutEncoder: { encoderWeight: 0, unanswerableOffset: -0.94, unknownWeight: 1.31, temperature: 0.7 },
};
