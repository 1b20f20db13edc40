// What an operator copies: the compose file, the unit, the listing texts. Settings in them are settings, and texts fit where they go.
import { existsSync, readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { SETTING_NAMES } from "../../src/config.js";
import { readEnvironment } from "../../src/environment.js";
import { NEEDED } from "../../src/discord/permissions.js";
import { SCOPES } from "../../src/slack/scopes.js";

const read = (path: string): string => readFileSync(path, "utf8");
const known = (name: string): boolean =>
  /^(NODE_ENV|MALLOC_ARENA_MAX)$/.test(name) || SETTING_NAMES.includes(name.replace(/_FILE$/, ""));

describe("Node's own options", () => {
  it("are the same wherever the bot is started", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: { start: string } };
    const options = (text: string): string[] => text.match(/--[a-z0-9-]+=\d+/g) ?? [];
    const own = options(scripts.start);
    expect(own.length).toBeGreaterThan(0);
    expect(options(read("bin/standfirst.mjs").split("\n")[0]!)).toEqual(own);
    expect(
      options(
        read("Dockerfile")
          .split("\n")
          .find((line) => line.startsWith("CMD"))!,
      ),
    ).toEqual(own);
    expect(options(/^ExecStart=(.*)$/m.exec(read("deploy/standfirst.service"))![1]!)).toEqual(own);
  });
});

describe("the compose file", () => {
  const { services, secrets, volumes } = parse(read("compose.yaml")) as {
    services: Record<
      string,
      {
        environment: Record<string, string>;
        secrets: string[];
        volumes: string[];
        read_only?: boolean;
        build?: string;
        cap_drop?: string[];
      }
    >;
    secrets: Record<string, { file: string }>;
    volumes: Record<string, unknown>;
  };

  it("sets what is a setting, from secrets that are there, and lets the bot write to its volume alone", () => {
    const bot = services["bot"]!;
    for (const [name, value] of Object.entries(bot.environment)) {
      expect(known(name), name).toBe(true);
      if (name.endsWith("_FILE")) expect(bot.secrets).toContain(value.replace("/run/secrets/", ""));
    }
    for (const name of Object.values(services).flatMap((each) => each.secrets)) expect(secrets).toHaveProperty(name);
    expect(bot).toMatchObject({ read_only: true, build: ".", cap_drop: ["ALL"] });
    // With what the image sets beside, nothing is set twice.
    const image = Object.fromEntries(
      [...read("Dockerfile").matchAll(/^ENV (\w+)=(.*)$/gm)].map(([, key, value]) => [key!, value!]),
    );
    const files = Object.fromEntries(
      Object.entries(bot.environment).map(([key, value]) => [key, key.endsWith("_FILE") ? "LICENSE" : value]),
    );
    expect(readEnvironment({ ...image, ...files }, SETTING_NAMES).problems).toEqual([]);
    const [name, target] = bot.volumes[0]!.split(":");
    expect(volumes).toHaveProperty(name!);
    expect(read("Dockerfile")).toContain(`VOLUME ${target}`);
  });
});

describe("the unit for systemd", () => {
  const unit = read("deploy/standfirst.service");
  it("starts the built program with settings that are ones, as nobody in particular", () => {
    for (const [, name] of unit.matchAll(/^Environment=(\w+)=/gm)) expect(known(name!), name).toBe(true);
    expect(unit).toContain("dist/main.js start");
    expect(unit).toContain("DynamicUser=yes");
    // What it may write to is what it is told to write to.
    expect(unit).toContain("CACHE_DIR=/var/cache/standfirst");
    expect(unit).toMatch(/CacheDirectory=standfirst[\s\S]*ProtectSystem=strict/);
  });

  it.skipIf(spawnSync("systemd-analyze", ["--version"]).status !== 0)("is one that systemd takes", () => {
    const { stderr } = spawnSync("systemd-analyze", ["verify", "deploy/standfirst.service"], { encoding: "utf8" });
    expect(stderr.split("\n").filter((line) => /standfirst\.service:\d+/.test(line))).toEqual([]);
  });
});

describe("the listing texts", () => {
  const section = (file: string, heading: string): string =>
    new RegExp(`## ${heading}\\n\\n([\\s\\S]*?)\\n(?=## |$)`).exec(read(`docs/listing/${file}`))?.[1]?.trim() ?? "";

  it("are as long as the platforms take them", () => {
    // Discord: summary 200, description 400, five tags (discord-api-docs, "App Directory").
    expect(section("discord.md", "Summary").length).toBeLessThanOrEqual(200);
    expect(section("discord.md", "Summary").length).toBeGreaterThan(50);
    expect(section("discord.md", "Description").length).toBeLessThanOrEqual(400);
    expect(section("discord.md", "Tags").split(",").length).toBeLessThanOrEqual(5);
    // Slack: short description 140, long one from 175 to 4,000 (docs.slack.dev, app manifest).
    expect(section("slack.md", "Short description").length).toBeLessThanOrEqual(140);
    expect(section("slack.md", "Long description").length).toBeGreaterThanOrEqual(175);
    expect(section("slack.md", "Long description").length).toBeLessThanOrEqual(4_000);
  });

  it("name what is asked for, and lead to files that are there", () => {
    const scopes = section("slack.md", "Scopes").replace(/ +/g, " ");
    for (const { name, why } of SCOPES) expect(scopes).toContain(`| \`${name}\` | ${why} |`);
    for (const { name } of NEEDED) expect(section("discord.md", "Intents and permissions")).toContain(name);
    for (const file of ["discord.md", "slack.md", "privacy-policy.md", "terms.md", "support.md"])
      for (const [, target] of read(`docs/listing/${file}`).matchAll(/\]\((?!https?:)([^)]+)\)/g))
        expect(existsSync(`docs/listing/${target}`), target).toBe(true);
  });
});
