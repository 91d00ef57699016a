import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";

/**
 * The browser's program, unpacked once for each user and version. Its package unpacks straight into the folder for temporary files and
 * takes whatever lies there for the browser: a file that another test is still writing, another user's, one of an older version. So it
 * unpacks into a folder that nobody else knows, which gets its name when it is whole.
 */
export async function browserProgram(): Promise<string> {
  const folder = join(tmpdir(), `tributary-browser-${process.getuid?.() ?? 0}-${version()}`);
  const program = join(folder, "chromium");
  if (existsSync(program)) return program;
  const draft = mkdtempSync(`${folder}.`);
  await unpackInto(draft);
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Somebody else was faster.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(program)) throw error;
  }
  return program;
}

/** The package asks for the folder before anything else, so that the variable is changed for a moment only. */
async function unpackInto(folder: string): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  const unpacked = chromium.executablePath();
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  await unpacked;
}

function version(): string {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  return manifest.dependencies["@sparticuz/chromium"] ?? "";
}
