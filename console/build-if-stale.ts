import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const here = import.meta.dirname;
const out = join(here, "dist");
const mark = join(out, ".source-hash");
const WORTH_COMPRESSING_BYTES = 1_000;

/** Everything the built pages depend on: their sources, the contract, the exact versions of the libraries. */
const SOURCES = [
  "console/src/**/*",
  "console/public/**/*",
  "console/*.html",
  "console/vite.config.ts",
  "console/build-if-stale.ts",
  "contract/src/**/*",
  "package-lock.json",
];

/** Hex SHA-256 over the names and contents of all sources. Tests do not count. */
export function sourceHash(root = join(here, "..")): string {
  const hash = createHash("sha256");
  const files = SOURCES.flatMap((pattern) => globSync(pattern, { cwd: root, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files)
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update("\0");
  return hash.digest("hex");
}

/**
 * Builds the pages when their sources changed since the last build; about 50 ms when they did not. The finished build takes the
 * place of the old one at once, so that a running server never serves half of it. Sources that cannot be built leave the last build in
 * place ("kept"), so that work on a screen does not stop the server; without a last build the error is thrown.
 */
export async function buildIfStale(report: (line: string) => void = () => {}): Promise<"built" | "fresh" | "kept"> {
  const hash = sourceHash();
  if (existsSync(mark) && readFileSync(mark, "utf8") === hash) return "fresh";
  report("building the console …");
  const { build } = await import("vite");
  const next = join(here, `dist.${process.pid}`);
  try {
    await build({
      configFile: join(here, "vite.config.ts"),
      build: { outDir: next, emptyOutDir: true },
      logLevel: "warn",
    });
    await compress(next);
    writeFileSync(join(next, ".source-hash"), hash);
    takePlace(next);
  } catch (error) {
    if (!existsSync(mark)) throw error;
    report(
      `the console's sources cannot be built, so the pages of the last build stay: ${String(error).slice(0, 300)}`,
    );
    return "kept";
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
  return "built";
}

/** Beside each text file its compressed forms, so that the server has nothing to compress: browsers take Brotli over TLS only, gzip always. */
async function compress(folder: string): Promise<void> {
  const texts = globSync("**/*.{js,css,html,svg}", { cwd: folder }).map((name) => join(folder, name));
  await Promise.all(
    texts.map(async (path) => {
      const text = readFileSync(path);
      if (text.length < WORTH_COMPRESSING_BYTES) return;
      const quality = {
        params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
      };
      writeFileSync(`${path}.br`, await promisify(brotliCompress)(text, quality));
      writeFileSync(`${path}.gz`, await promisify(gzip)(text, { level: 9 }));
    }),
  );
}

/** Another process may finish the same build at the same moment; one of the two stays, they are equal. */
function takePlace(next: string): void {
  rmSync(out, { recursive: true, force: true });
  try {
    renameSync(next, out);
  } catch (error) {
    if (!existsSync(mark)) throw error;
  }
}

if (import.meta.main) {
  await buildIfStale((line) => process.stderr.write(`${line}\n`));
}
