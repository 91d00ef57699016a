import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** The repository's root. */
export const root = join(import.meta.dirname, "../../..");

const NOT_OURS = new Set(["node_modules", "dist", "data", "coverage", ".git", ".ci"]);

/** Files below a folder of the repository, with forward slashes, from its root; what is installed or built is left out. */
export function filesBelow(folder: string): readonly string[] {
  const found: string[] = [];
  const visit = (directory: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      if (NOT_OURS.has(entry.name)) continue;
      const path = join(directory, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile()) found.push(relative(root, path).split(sep).join("/"));
    }
  };
  visit(join(root, folder));
  return found.sort();
}

export function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** Written by a generator; measured where they come from. */
const GENERATED = new Set(["server/src/database/schema.ts"]);

/** Hand-written TypeScript of all workspaces. */
export function typescript(): readonly string[] {
  return ["contract", "server", "console", "e2e", "bench"]
    .flatMap(filesBelow)
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts") && !GENERATED.has(path));
}

/** Tests, and what only tests use: `*.test.ts`, `*.test-process.ts`, `test-<name>.ts`, and the folders of tests. */
export function isTest(path: string): boolean {
  return (
    /\.test(?:-process)?\.tsx?$|\/test-[a-z-]+\.ts$/.test(path) ||
    /^(?:server\/test|e2e|bench|console\/test)\//.test(path)
  );
}

/** Room → rooms it may call. */
export function roomMap(): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(JSON.parse(read("server/rooms.json")) as Record<string, string[]>));
}

/** Rooms that exist as folders by now. */
export function builtRooms(): readonly string[] {
  const rooms = roomMap();
  return readdirSync(join(root, "server/src"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && rooms.has(entry.name))
    .map((entry) => entry.name);
}

/** For a failing rule: one line per violation, with how to find it. */
export function report(rule: string, violations: readonly string[]): string {
  return `${rule}\n  ${violations.join("\n  ")}\n`;
}
