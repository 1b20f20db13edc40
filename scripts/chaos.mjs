// Runs the chaos test (TypeScript, by tsx) against a fresh build.
import { spawnSync } from "node:child_process";
import { build } from "./build.mjs";

build(true);
const { status } = spawnSync(process.execPath, ["--import", "tsx", "tests/chaos/main.ts", ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;
