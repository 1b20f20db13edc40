// `npm run bench [-- PART…]`: speed, accuracy, figures, faces, daily, desk, places, growth; also calibrate and fit, which print the numbers that the sources hold.
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { accuracy } from "./accuracy.js";
import { calibrate } from "./calibrate.js";
import { daily } from "./daily.js";
import { desk } from "./desk.js";
import { faces } from "./faces.js";
import { figureNames } from "./figure-names.js";
import { figures } from "./figures.js";
import { fit } from "./fit.js";
import { unseen } from "./unseen.js";
import { growth } from "./growth.js";
import { heldOut } from "./held-out.js";
import { classify, retrieve } from "./sets.js";
import { places } from "./places.js";
import { speed } from "./speed.js";

const machine = `Node ${process.version}, ${cpus()[0]?.model.trim() ?? "unknown processor"}, ${cpus().length} cores`;

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  async speed() {
    process.stdout.write(`## Speed (${machine})\n\n${await speed()}\n\n`);
  },
  async accuracy() {
    const report = await accuracy();
    await writeFile("docs/accuracy.md", report);
    process.stdout.write(`${report}\n`);
  },
  async figures() {
    process.stdout.write(`## Figures and charts (${machine})\n\n${await figures()}\n\n`);
  },
  async faces() {
    process.stdout.write(`## Chat faces, 50 questions a second for a minute (${machine})\n\n${await faces()}\n\n`);
  },
  async daily() {
    process.stdout.write(`## Daily posts (${machine})\n\n${await daily()}\n\n`);
  },
  async desk() {
    process.stdout.write(`## Corrections (${machine})\n\n${await desk()}\n\n`);
  },
  async places() {
    process.stdout.write(`## A thousand workspaces (${machine})\n\n${await places()}\n\n`);
  },
  async growth() {
    process.stdout.write(`## Growth (${machine})\n\n${await growth()}\n\n`);
  },
  "held-out": heldOut,
  "figure-names": figureNames,
  calibrate,
};

/** Parts that take options of their own. */
const SETS: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = { classify, fit, retrieve, unseen };

const [set = "", ...options] = process.argv.slice(2);
const named = process.argv.slice(2).filter((each) => !each.startsWith("-"));
const wanted =
  named.length > 0 ? named : ["speed", "accuracy", "figures", "faces", "daily", "desk", "places", "growth"];
const unknown = wanted.find((each) => !(each in PARTS));
if (set in SETS) {
  await SETS[set]?.(options).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  });
} else if (unknown !== undefined) {
  process.stderr.write(
    `There is no benchmark "${unknown}". Use ${[...Object.keys(PARTS), ...Object.keys(SETS)].join(", ")}.\n`,
  );
  process.exitCode = 2;
} else {
  for (const part of wanted) await PARTS[part]?.();
}
