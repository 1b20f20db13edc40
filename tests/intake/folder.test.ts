// An explainer's folder: whole or not there, whatever happens; its figures proposed; what is in it kept.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readForImport } from "../../src/explainer/import.js";
import { explainerPaths, loadExplainer } from "../../src/explainer/load.js";
import { loadFigures } from "../../src/figures/load.js";
import { BASE_FILE, writeImport, type Written } from "../../src/intake/folder.js";
import { proposedFigures } from "../../src/intake/propose-figures.js";
import { emptyFolder, launch } from "../support/program.js";

const PAGE = `<html lang="en"><body><h1>Buses</h1><h2>Do night buses run?</h2><p>No, they stop at one. Some 14,600 riders signed, and 78% of the drivers.</p>
<h2>What does it cost?</h2><p>The council pays £3.5 million a year. Since 2019 nothing has changed.</p></body></html>`;
const importInto = async (
  folder: string,
  page: string,
  options: { accept?: boolean; dryRun?: boolean } = {},
): Promise<Written> => {
  const imported = readForImport(page, "html", "buses", "page.html");
  return writeImport(
    { ...imported, explainer: imported.explainer! },
    { folder, from: "page.html", accept: false, dryRun: false, ...options },
  );
};

describe("an import into a folder", () => {
  it("makes it whole, and a dry run makes nothing", async () => {
    const root = emptyFolder();
    const folder = join(root, "buses");
    await importInto(folder, PAGE, { dryRun: true });
    expect(await readdir(root)).toEqual([]);
    expect(await importInto(folder, PAGE)).toMatchObject({ kind: "made", proposed: 3 });
    expect((await readdir(folder)).sort()).toEqual(["explainer.md", "figures.yaml", BASE_FILE]);
    expect(await readdir(root)).toEqual(["buses"]);
  });

  it("leaves what stands in it", async () => {
    const folder = join(emptyFolder(), "buses");
    await mkdir(folder);
    await writeFile(join(folder, "figures.yaml"), "figures: []\n");
    await importInto(folder, PAGE);
    expect(await readFile(join(folder, "figures.yaml"), "utf8")).toBe("figures: []\n");
  });

  it("again brings the new version in, and after a kill between its two files once more", async () => {
    const folder = join(emptyFolder(), "buses");
    await importInto(folder, PAGE);
    const path = join(folder, "explainer.md");
    await writeFile(path, (await readFile(path, "utf8")).replace("they stop at one", "they end at one"));
    const base = await readFile(join(folder, BASE_FILE), "utf8");
    const next = PAGE.replace("£3.5 million", "£4 million");
    expect((await importInto(folder, next)).changes).toHaveLength(1);
    const after = await readFile(path, "utf8");
    expect(after).toContain("they end at one");
    expect(after).toContain("£4 million");
    await writeFile(join(folder, BASE_FILE), base);
    await importInto(folder, next);
    expect(await readFile(path, "utf8")).toBe(after);
  });

  it("overwrites nothing where what the last import took is gone or was touched", async () => {
    const folder = join(emptyFolder(), "buses");
    await importInto(folder, PAGE);
    for (const touched of ["", "---\nimported: [\n---\n## x\n"]) {
      await writeFile(join(folder, BASE_FILE), touched);
      const { changes } = await importInto(folder, PAGE.replace("The council pays £3.5 million", "Nobody pays"));
      expect(changes.map(({ kind }) => kind)).toEqual(["both changed"]);
      expect((await loadExplainer(folder)).explainer?.sections[1]?.passages[0]?.text).toContain("The council pays");
      await writeFile(
        join(folder, "explainer.md"),
        (await readFile(join(folder, "explainer.md"), "utf8")).replace(/<!-- look[\s\S]*?-->\n/, ""),
      );
    }
  });

  it("that has faults is not touched", async () => {
    const folder = join(emptyFolder(), "buses");
    await importInto(folder, PAGE);
    const broken = "---\ntitle: [\n---\n\n## What?\n\nThat.\n";
    await writeFile(join(folder, "explainer.md"), broken);
    await expect(importInto(folder, PAGE)).rejects.toThrow(/has faults .* mend it first/s);
    expect(await readFile(join(folder, "explainer.md"), "utf8")).toBe(broken);
  });

  it.each<[string, (text: string) => Uint8Array]>([
    ["with Windows' line ends and a mark", (text) => Buffer.from(`\ufeff${text.replace(/\n/g, "\r\n")}`)],
    ["in windows-1252", (text) => Buffer.from(text.replace("–", "-"), "latin1")],
  ])("reads files that were saved %s", async (_, save) => {
    const folder = join(emptyFolder(), "buses");
    await importInto(folder, PAGE);
    const path = join(folder, "explainer.md");
    const edited = (await readFile(path, "utf8")).replace("they stop at one", "they stop by the Größe café at one");
    await writeFile(path, save(edited.replace(/## What does it cost\?[\s\S]*/, "")));
    await writeFile(
      join(folder, BASE_FILE),
      save(await readFile(join(folder, BASE_FILE), "utf8").then((text) => text.replace("£", "£"))),
    );
    const { changes } = await importInto(folder, PAGE.replace("14,600 riders", "15,600 riders"));
    expect(changes.map(({ kind }) => kind)).toEqual(["changed"]);
    const after = await readFile(path, "utf8");
    expect(after).toContain("Größe café");
    expect(after).toContain("15,600 riders");
    expect(after).not.toContain("What does it cost?");
  });

  it("is none of the explainers while it is on its way", async () => {
    const data = emptyFolder();
    await importInto(join(data, ".buses.half"), PAGE);
    await importInto(join(data, "buses"), PAGE);
    expect(await explainerPaths(data, undefined)).toEqual([join(data, "buses")]);
  });

  it("that is killed leaves a whole one or none", async () => {
    const root = emptyFolder();
    const sections = Array.from(
      { length: 3_000 },
      (_, index) => `<h2>What is number ${index}?</h2><p>It is ${index} buses.</p>`,
    );
    await writeFile(join(root, "page.html"), `<h1>Buses</h1>${sections.join("")}`);
    const data = join(root, "data");
    await mkdir(data);
    for (const [index, wait] of [250, 400, 550, 700, 900, 1_200].entries()) {
      const child = launch(["import", join(root, "page.html"), "--out", join(data, `buses-${index}`)]);
      await sleep(wait);
      child.kill("SIGKILL");
      await new Promise((resolve) => child.once("close", resolve));
    }
    for (const name of (await readdir(data)).filter((each) => !each.startsWith(".")))
      expect((await loadExplainer(join(data, name))).explainer?.sections).toHaveLength(3_000);
  });
});

describe("figures of an import", () => {
  const proposals = (text: string): string[] => {
    const { explainer } = readForImport(`<h2>How many?</h2><p>${text}</p>`, "html", "x", "x.html");
    const figures = proposedFigures(explainer!).text;
    return [
      ...figures.matchAll(/value: (\S+)\n(?:    qualifier: (.+)\n)?    unit: (.+)\n(?:    share_of: (.+)\n)?/g),
    ].map(([, value, qualifier = "", unit = "", of = ""]) =>
      [qualifier, value, unit.replace(/"/g, ""), of].filter(Boolean).join(" "),
    );
  };
  it.each([
    ["More than 125,000 appointments were cancelled.", ["more than 125000 appointments"]],
    ["Almost 25,000 procedures and 12 trusts.", ["almost 25000 procedures", "12 trusts"]],
    ["It rose by 11% to £3.5 million.", ["11 %", "3500000 £"]],
    ["Figures show that 78 per cent of junior doctors stayed out.", ["78 % junior doctors"]],
    ["It began on 26 April 2016 at 8am, on page 7, under section 12.", []],
    ["In 2016 the 2nd strike of 24/7 staff used 10-15 rooms.", []],
    ["Up to 40 buses run.", ["at most 40 buses"]],
  ])("in %j are %j", (text, found) => {
    expect(proposals(text)).toEqual(found);
  });

  it("are off until they are accepted, and then hold", async () => {
    const folder = join(emptyFolder(), "buses");
    await importInto(folder, PAGE);
    const { explainer } = await loadExplainer(folder);
    expect(await loadFigures(explainer!)).toMatchObject({ proposed: 3, problems: [], book: { figures: [] } });
    const path = join(folder, "figures.yaml");
    await writeFile(path, (await readFile(path, "utf8")).replace(/ {4}proposed: true\n/g, ""));
    const { book, problems, proposed } = await loadFigures(explainer!);
    expect(problems).toEqual([]);
    expect(proposed).toBe(0);
    expect(book.figures.map(({ value, qualifier }) => [value, qualifier])).toEqual([
      [14_600, "about"],
      [78, undefined],
      [3_500_000, undefined],
    ]);
  });

  it("are none where the language has no grammar here", () => {
    const { explainer } = readForImport(
      '<html lang="de"><h2>Wie viele?</h2><p>Es sind 25 Busse.</p>',
      "html",
      "x",
      "x.html",
    );
    expect(proposedFigures(explainer!).count).toBe(0);
  });
});
