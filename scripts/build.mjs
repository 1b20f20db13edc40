// Compiles src/ to dist/. With --if-needed only when a source is newer than the last build, so that commands start at once.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "dist", ".built");

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && entry.name.endsWith(".ts"))
      latest = Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return latest;
}

/** Builds, or does nothing where `ifNeeded` and the build is fresh. Exits the process if the sources do not compile. */
export function build(ifNeeded) {
  const sources = join(root, "src");
  if (!existsSync(sources)) return;
  if (ifNeeded && existsSync(stamp) && statSync(stamp).mtimeMs >= newest(sources)) return;
  let compiler;
  try {
    compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  } catch {
    if (existsSync(stamp)) return;
    process.stderr.write('The compiler is not installed. Run "npm ci" first.\n');
    process.exit(2);
  }
  process.stderr.write("Building …\n");
  if (!ifNeeded) rmSync(join(root, "dist"), { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, "");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build(process.argv.includes("--if-needed"));
