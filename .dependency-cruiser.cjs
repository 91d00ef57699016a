// The room map, and the rules of the house that are about imports. server/rooms.json is the
// architecture: one row per room, with the rooms below it that it may call. The rules here, the picture in ARCHITECTURE.md and the
// house tests are all made from that table.

/** Room → rooms it may call, by their door (index.ts). The foundations and the contract are open to every room. */
const ROOMS = require("./server/rooms.json");

/** Open to every room: values, the database's machinery, what PDFs have in common. */
const FOUNDATIONS = ["kernel", "database", "paper"];

const names = Object.keys(ROOMS);
const anyRoom = `(?:${names.join("|")})`;
/** Says what a request carries (actor, context) to every file of routes; types only. */
const REQUEST_TYPES = "^server/src/access/http\\.ts$";
const TEST = ["\\.test(?:-process)?\\.tsx?$", "/test-[a-z-]+\\.ts$"];

/** One rule per room: what it may call is exactly its row. */
const mapRules = names.map((room) => ({
  name: `map-${room}`,
  comment: `${room} may call ${ROOMS[room].join(", ") || "no other room"} (see server/rooms.json).`,
  severity: "error",
  from: { path: `^server/src/${room}/`, pathNot: TEST },
  to: {
    path: "^server/src/[^/]+/",
    pathNot: `^server/src/(?:${[room, ...FOUNDATIONS, ...ROOMS[room]].join("|")})/`,
  },
}));

const roomRules = [
  {
    name: "use-the-door",
    comment: "Another room is reached by its index.ts only; what lies behind it may change without asking.",
    severity: "error",
    from: { path: "^server/src/([^/]+)/", pathNot: [...TEST, "^server/src/shell/"] },
    to: {
      path: `^server/src/${anyRoom}/`,
      pathNot: ["^server/src/$1/", "^server/src/[^/]+/index\\.ts$", REQUEST_TYPES],
    },
  },
  {
    name: "shell-enters-by-the-front",
    comment: "The shell uses a room's index.ts, routes.ts and jobs.ts, nothing behind them.",
    severity: "error",
    from: { path: "^server/src/(?:shell/|main\\.ts$)", pathNot: TEST },
    to: {
      path: `^server/src/${anyRoom}/`,
      pathNot: ["^server/src/[^/]+/(?:index|routes|jobs)\\.ts$", "^server/src/[^/]+/[^/]+/(?:routes|jobs)\\.ts$"],
    },
  },
  {
    name: "only-the-shell-mounts",
    comment: "routes.ts and jobs.ts are mounted by the shell; a room that needs another one calls its door.",
    severity: "error",
    from: { path: "^server/src/", pathNot: [...TEST, "^server/src/shell/", "/(?:routes|jobs)\\.ts$"] },
    to: {
      path: [`^server/src/${anyRoom}/(?:routes|jobs)\\.ts$`, `^server/src/${anyRoom}/[^/]+/(?:routes|jobs)\\.ts$`],
    },
  },
  {
    name: "pure-core",
    comment:
      "core/ computes: it runs its own core and the kernel only, so that money rules are tested with numbers alone.",
    severity: "error",
    from: { path: ["^server/src/([^/]+)/core/", "^server/src/([^/]+)/[^/]+/core/"], pathNot: TEST },
    to: {
      dependencyTypesNot: ["type-only"],
      // Hashes are computation; chance from the same module is caught by a house test.
      pathNot: [
        "^server/src/$1/core/",
        "^server/src/$1/[^/]+/core/",
        "^server/src/kernel/",
        "^contract/src/",
        // What the schemas of the wire are made of: reading a document is computation.
        "^node_modules/zod/",
        // A table from letters of every script to Latin ones.
        "^node_modules/any-ascii/",
        // A room of nothing but computation: formats and checks, without tables or a clock.
        "^server/src/banking/index\\.ts$",
        "^crypto$",
      ],
    },
  },
  {
    name: "pure-core-types",
    comment:
      "core/ may name types of its own room, of a room's door and of the wire; it may not even name a row, a client or a server.",
    severity: "error",
    from: { path: ["^server/src/([^/]+)/core/", "^server/src/([^/]+)/[^/]+/core/"], pathNot: TEST },
    to: {
      dependencyTypes: ["type-only"],
      pathNot: [
        "^server/src/$1/core/",
        "^server/src/$1/[^/]+/core/",
        "^server/src/$1/(?:contracts|permissions)\\.ts$",
        "^server/src/$1/[^/]+/contracts\\.ts$",
        "^server/src/kernel/",
        "^contract/src/",
        "^node_modules/zod/",
        `^server/src/${anyRoom}/index\\.ts$`,
      ],
    },
  },
  {
    name: "kernel-is-a-leaf",
    comment: "kernel/ holds pure values and knows nobody; of the wire it may name the error codes.",
    severity: "error",
    from: { path: "^server/src/kernel/", pathNot: TEST },
    to: { pathNot: ["^server/src/kernel/", "^contract/src/"] },
  },
  {
    name: "foundations-know-no-room",
    comment: "database/ and paper/ are machinery below the rooms.",
    severity: "error",
    from: { path: "^server/src/(?:database|paper)/", pathNot: TEST },
    to: { path: "^server/src/", pathNot: "^server/src/(?:database|kernel|paper)/" },
  },
  {
    name: "pdf-by-paper",
    comment: "What the PDF library may open is said in one place.",
    severity: "error",
    from: { path: "^server/src/", pathNot: "^server/src/paper/" },
    to: { path: "(?:^|/)node_modules/(?:@types/)?pdfmake/" },
  },
];

const workspaceRules = [
  {
    name: "contract-is-alone",
    comment: "The wire knows neither side of it.",
    severity: "error",
    from: { path: "^contract/src/" },
    to: { path: "^(?:server|console|e2e|bench)/" },
  },
  {
    name: "console-knows-only-the-contract",
    comment: "The console is a client of the public API: it shares the wire with the server and nothing else.",
    severity: "error",
    from: { path: "^console/" },
    to: { path: "^(?:server|e2e|bench)/" },
  },
  {
    name: "kit-knows-no-room",
    comment: "The console's kit holds no word of any room; screens are declared on it.",
    severity: "error",
    from: { path: "^console/src/kit/" },
    to: { path: "^console/src/", pathNot: "^console/src/(?:kit|i18n|api)/" },
  },
  {
    name: "server-knows-no-console",
    comment: "The server serves the built console as files.",
    severity: "error",
    from: { path: "^server/src/" },
    to: { path: "^(?:console|e2e|bench)/" },
  },
  {
    name: "tests-stay-outside",
    comment: "The product never leans on its tests, benchmarks or their harness.",
    severity: "error",
    from: { path: "^(?:server|console|contract)/src/", pathNot: TEST },
    to: { path: [...TEST, "^server/test/", "^e2e/", "^bench/"] },
  },
];

const graphRules = [
  {
    name: "no-cycles",
    comment: "Two files that need each other are one idea or need a third; types count.",
    severity: "error",
    from: {},
    to: { circular: true },
  },
  {
    name: "no-orphans",
    comment: "A file that imports nothing and that nobody imports is dead (knip finds the other dead ones).",
    severity: "error",
    from: {
      orphan: true,
      pathNot: [...TEST, "\\.d\\.ts$", "\\.config\\.ts$", "^(?:server/test|e2e|bench)/", "^server/bin/"],
    },
    to: {},
  },
  {
    name: "no-unresolvable",
    comment: "A wrong path would slip past every rule above.",
    severity: "error",
    from: {},
    to: { couldNotResolve: true, pathNot: "^(?:virtual:|/)" },
  },
];

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [...roomRules, ...mapRules, ...workspaceRules, ...graphRules],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(?:^|/)dist/|\\.css$|\\.svg$|\\.json$" },
    // TypeScript 7 has no JavaScript API for tools; swc reads the sources here.
    parser: "swc",
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "types", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
