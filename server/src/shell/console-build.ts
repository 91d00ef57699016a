/** `npm run build:console`, and the first thing that `serve` does in a checkout: the console is built when its sources have changed. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "../../..");
const sources = join(root, "console");

/** Folder of the built console and portal. */
export const consoleFolder = join(sources, "dist");
const stampFile = join(consoleFolder, ".built-from");

/** Builds console and portal when they were never built or their sources changed since. Resolves with whether it built. */
export async function buildConsole(): Promise<boolean> {
  const stamp = sourcesFingerprint();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return false;
  process.stdout.write("Building the console (only after a change of its sources; about ten seconds) …\n");
  await vite();
  writeFileSync(stampFile, stamp);
  return true;
}

/** Names and contents of all that the build reads: a file's time says nothing after a checkout. */
function sourcesFingerprint(): string {
  const hash = createHash("sha256");
  const files = ["console/src", "console/public", "contract/src"].flatMap((folder) => filesOf(join(root, folder)));
  const single = ["index.html", "portal.html", "vite.config.ts", "tsconfig.json", "package.json"];
  for (const file of [...single.map((name) => join(sources, name)), ...files].sort()) {
    if (!existsSync(file)) continue;
    hash.update(`${file.slice(root.length)}\n`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

async function vite(): Promise<void> {
  const vite = join(
    dirname(createRequire(join(sources, "package.json")).resolve("vite/package.json")),
    "bin",
    "vite.js",
  );
  const output: Buffer[] = [];
  const child = spawn(process.execPath, [vite, "build", "--logLevel", "warn"], {
    cwd: sources,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", NODE_TEST_CONTEXT: undefined },
  });
  child.stdout.on("data", (data: Buffer) => output.push(data));
  child.stderr.on("data", (data: Buffer) => output.push(data));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`The console could not be built:\n${Buffer.concat(output).toString()}`);
}

if (import.meta.main) {
  const built = await buildConsole();
  if (!built) process.stdout.write("The console is built already.\n");
}
