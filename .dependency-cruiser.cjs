// Which room may know which: main → faces → chat → cards, daily, memory → assistant → content, matching, figures → explainer.
const FACES = "cli|web|discord|slack";

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "languages-know-nobody",
      severity: "error",
      from: { path: "^src/languages/" },
      to: { path: "^src/", pathNot: "^src/(languages/)" },
    },
    {
      name: "explainer-knows-languages-only",
      severity: "error",
      from: { path: "^src/explainer/" },
      to: { path: "^src/", pathNot: "^src/(explainer/|languages/)" },
    },
    {
      name: "matching-knows-explainers-only",
      severity: "error",
      from: { path: "^src/matching/" },
      to: { path: "^src/", pathNot: "^src/(matching/|explainer/|languages/)" },
    },
    {
      name: "figures-know-explainers-only",
      severity: "error",
      from: { path: "^src/figures/" },
      to: { path: "^src/", pathNot: "^src/(figures/|explainer/|languages/)" },
    },
    {
      name: "content-is-read-from-below",
      severity: "error",
      from: { path: "^src/content/" },
      to: { path: "^src/", pathNot: "^src/(content/|explainer/|figures/)" },
    },
    {
      name: "intake-knows-no-face",
      severity: "error",
      from: { path: "^src/intake/" },
      to: { path: "^src/", pathNot: "^src/(intake/|explainer/|figures/|languages/|assistant/retry)" },
    },
    {
      name: "assistant-knows-no-card-and-no-face",
      severity: "error",
      from: { path: "^src/assistant/" },
      to: {
        path: "^src/",
        pathNot: "^src/(assistant/|content/|matching/|figures/|explainer/|languages/|memory/(address|outcomes))",
      },
    },
    {
      name: "cards-know-no-face",
      severity: "error",
      from: { path: "^src/cards/" },
      to: { path: "^src/", pathNot: "^src/(cards/|assistant/|figures/|explainer/|languages/|memory/address)" },
    },
    {
      name: "memory-knows-no-face",
      severity: "error",
      from: { path: "^src/memory/" },
      to: { path: "^src/", pathNot: "^src/(memory/|storage/|cards/|assistant/)" },
    },
    {
      name: "storage-knows-no-platform",
      severity: "error",
      from: { path: "^src/storage/" },
      to: { path: "^src/", pathNot: "^src/(storage/|assistant/)" },
    },
    {
      name: "daily-knows-no-platform",
      severity: "error",
      from: { path: "^src/daily/" },
      to: { path: "^src/", pathNot: "^src/(daily/|storage/|memory/|cards/|assistant/|figures/|explainer/|languages/)" },
    },
    {
      name: "desk-knows-no-platform",
      severity: "error",
      from: { path: "^src/desk/" },
      to: {
        path: "^src/",
        pathNot:
          "^src/(desk/|daily/(poster|reason|ticker)|storage/|memory/|cards/|assistant/|content/|matching/|figures/|explainer/|languages/)",
      },
    },
    {
      name: "chat-knows-no-platform",
      severity: "error",
      from: { path: "^src/chat/" },
      to: {
        path: "^src/",
        pathNot: "^src/(chat/|cards/|daily/|desk/|memory/|telemetry/|assistant/|figures/|explainer/|languages/)",
      },
    },
    {
      name: "transports-know-no-assistant",
      severity: "error",
      from: { path: "^src/(discord|slack)/(api|render-card|turn|outgoing|poster|press|text)\\.ts$" },
      to: { path: "^src/assistant/assistant" },
    },
    {
      name: "faces-never-meet",
      severity: "error",
      from: { path: `^src/(${FACES})/` },
      to: { path: `^src/(${FACES})/`, pathNot: "^src/$1/" },
    },
    {
      name: "discord-in-discord-only",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/discord/" },
      to: { path: "node_modules/(discord\\.js|@discordjs|discord-api-types)/" },
    },
    {
      name: "bolt-in-slack-only",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/slack/" },
      to: { path: "node_modules/@slack/" },
    },
    {
      name: "databases-in-storage-and-daily",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(storage|daily|desk|memory)/" },
      to: { path: "node_modules/(kysely|libsql|pg|pg-boss)/" },
    },
    {
      name: "web-servers-in-web-only",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(web|preview)/" },
      to: { path: "node_modules/(@hono|hono)/" },
    },
    {
      name: "fuse-in-matching-and-the-shelf",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(matching|assistant|figures|daily)/" },
      to: { path: "node_modules/fuse.js/" },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, path: "^src/", pathNot: "\\.d\\.ts$|^src/web/assets/|^src/learning-thread" },
      to: {},
    },
    {
      name: "no-dev-packages",
      severity: "error",
      from: { path: "^src/" },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown", "unknown", "undetermined"],
        pathNot: "node_modules/@types/",
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "types", "default"] },
  },
};
