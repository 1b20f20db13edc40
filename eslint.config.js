// Types, promises and names checked by typescript-eslint; boundaries are dependency-cruiser's.
import regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "dist",
      "var",
      "bin",
      "scripts",
      "bench/children",
      "tests/chaos/clock.mjs",
      "src/web/assets",
      "*.cjs",
      "eslint.config.js",
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Indexes into typed arrays are bounded by their loops; a check there would cost time and never fail.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Name what is exported." },
        { selector: "TSInterfaceDeclaration[id.name=/^I[A-Z]/]", message: "An interface needs no I." },
      ],
    },
  },
  {
    // What is matched may be a page of any size: the cost of a pattern grows with the length of what it reads, not its square.
    files: ["src/**"],
    plugins: { regexp },
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      "regexp/no-super-linear-move": ["error", { report: "potential", ignorePartial: false, ignoreSticky: true }],
    },
  },
  {
    // Sizes that the house keeps to: a file is one room's one matter, a branch is one that can be read.
    files: ["src/**"],
    rules: {
      "max-lines": ["error", { max: 320, skipBlankLines: true, skipComments: true }],
      "max-depth": ["error", 4],
      "max-params": ["error", 6],
      complexity: ["error", 30],
    },
  },
  {
    files: ["src/**"],
    // Platforms are named by their faces; what was kept of one before there were addresses is a migration's business.
    ignores: ["src/discord/**", "src/slack/**", "src/storage/migrations.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Name what is exported." },
        { selector: "TSInterfaceDeclaration[id.name=/^I[A-Z]/]", message: "An interface needs no I." },
        { selector: "Literal[value=/^(discord|slack)$/i]", message: "Only a face names its platform." },
      ],
    },
  },
  {
    files: ["src/**"],
    ignores: ["src/main.ts", "src/learning-thread.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Only main.ts hands the environment to config.ts." },
      ],
    },
  },
  { files: ["tests/support/build.ts", "vitest*.ts"], rules: { "no-restricted-syntax": "off" } },
  { files: ["tests/**"], rules: { "@typescript-eslint/no-unsafe-assignment": "off", "no-control-regex": "off" } },
);
