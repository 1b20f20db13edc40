// Runs a command of the built project, building it first where the sources are newer.
import { build } from "./build.mjs";

build(true);
await import("../dist/main.js");
