/** `npm run build:console`, and the first thing that `serve` does: the console is built when its sources have changed. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";

const sources = join(import.meta.dirname, "../../../console");

/** Folder of the built console and portal. */
export const consoleFolder = join(sources, "dist");

/** Only what nobody else wants of the processor. */
const PATIENT = 10;

/**
 * In a process of its own, since the bundler would stay in this one's memory for good. Says what it does on standard error;
 * takes 0.1 seconds when there is nothing to do. Does nothing where the sources were not shipped.
 * @param options.patient built beside something that must not wait for it
 */
export async function buildConsole(options: { readonly patient?: boolean } = {}): Promise<void> {
  const script = join(sources, "build-if-stale.ts");
  if (!existsSync(script)) return;
  const child = spawn(process.execPath, [script], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NODE_OPTIONS: "", NODE_TEST_CONTEXT: undefined },
  });
  if (options.patient === true && child.pid !== undefined) setPriority(child.pid, PATIENT);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code === 0) return;
  if (!existsSync(join(consoleFolder, "index.html"))) throw new Error("The console could not be built; see above.");
  process.stderr.write("The console could not be built (see above): the last one that was is served.\n");
}

if (import.meta.main) await buildConsole();
