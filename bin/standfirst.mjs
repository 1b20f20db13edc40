#!/usr/bin/env -S node --max-semi-space-size=2 --heap-growing-percent=20 --v8-pool-size=1
// The commands from wherever the package is installed: content of the folder it is called in, or else the explainer that comes with it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const own = fileURLToPath(new URL("..", import.meta.url));
for (const [setting, folder] of [
  ["DATA_DIR", "data"],
  ["INTENTS_DIR", "intents"],
])
  if ((process.env[setting] ?? "") === "" && !existsSync(folder)) process.env[setting] = join(own, folder);
await import("../dist/main.js");
