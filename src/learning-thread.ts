// The thread behind `learnBeside`: opens the content as it is now, which learns what is new, and ends.
import { readConfig } from "./config.js";
import { ContentError } from "./explainer/content-error.js";
import { openAssistant } from "./open-assistant.js";

/** Whether it learned; faults in the content are told by who reads it to answer from it. */
async function learn(): Promise<boolean> {
  const { config } = readConfig(process.env);
  if (!config) return true;
  return openAssistant(config, undefined).then(
    () => true,
    (error: unknown) => error instanceof ContentError,
  );
}

process.exit((await learn()) ? 0 : 1);
