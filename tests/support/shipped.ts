// An assistant on the shipped explainer, in this process, opened once a test file.
import { openAssistant, type OpenedAssistant } from "../../src/open-assistant.js";
import { readConfig } from "../../src/config.js";

export function openShipped(env: Readonly<Record<string, string>> = {}, only?: string): Promise<OpenedAssistant> {
  const { config } = readConfig({ LOG_LEVEL: "silent", ...env });
  if (!config) throw new Error("the settings of this test are wrong");
  return openAssistant(config, only);
}
