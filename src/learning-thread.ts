// The thread behind `learnBeside`: opens the content as it is now, which learns what is new, and ends.
import { readConfig } from "./config.js";
import { openAssistant } from "./open-assistant.js";

const { config } = readConfig(process.env);
// Faults in the content are told by who reads it to answer from it.
if (config) await openAssistant(config, undefined).catch(() => undefined);
process.exit(0);
