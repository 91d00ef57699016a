import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { systemActor } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { listPrograms } from "../../programs/index.ts";
import type { Configuration } from "../configuration.ts";
import { writeAtomically } from "../data-folder.ts";
import { type Program, startProgram } from "../program.ts";
import { StartupProblem } from "../startup-problem.ts";

const MARK = "sample.json";

/** What the data folder holds: nothing yet, a sample that was interrupted while it was built, or a whole one. */
export type SampleState = "empty" | "building" | "complete";

/** @throws StartupProblem when the folder holds somebody's real program: nothing of the sample is mixed into it */
export async function sampleState(program: Program): Promise<SampleState> {
  const file = program.folder.inside(MARK);
  if (existsSync(file)) return (JSON.parse(readFileSync(file, "utf8")) as { state: SampleState }).state;
  if (await isEmpty(program.ctx)) return "empty";
  throw new StartupProblem(
    `The data folder ${program.configuration.dataDirectory} holds a program of its own: start the sample on another folder, e.g. "tributary demo --data data-demo".`,
  );
}

/** Has a sample been begun or finished in the data folder? */
export function isMarked(configuration: Configuration): boolean {
  return existsSync(join(configuration.dataDirectory, MARK));
}

export function noteSample(program: Program, state: SampleState): void {
  writeAtomically(program.folder.inside(MARK), `${JSON.stringify({ state })}\n`, 0o600);
}

async function isEmpty(ctx: Context): Promise<boolean> {
  return (await listPrograms(ctx, systemActor("sample"), { limit: 1, sort: "name" })).rows.length === 0;
}

/**
 * Takes back a sample that was not finished, so that it is built from the beginning. Only a folder that was empty when the building
 * began is ever emptied: the mark says so. Engines that a killed program left behind are found and ended in order first.
 * @throws StartupProblem when the sample was being built on servers of one's own
 */
export async function discardInterrupted(configuration: Configuration): Promise<void> {
  const file = join(configuration.dataDirectory, MARK);
  if (
    !isMarked(configuration) ||
    (JSON.parse(readFileSync(file, "utf8")) as { state: SampleState }).state !== "building"
  )
    return;
  if (configuration.databaseUrl || configuration.clickhouseUrl)
    throw new StartupProblem(
      "Building the sample was interrupted: empty both databases and the data folder, then start it again.",
    );
  const program = await startProgram(configuration, "demo");
  await program.close();
  for (const name of readdirSync(configuration.dataDirectory))
    rmSync(join(configuration.dataDirectory, name), { recursive: true, force: true });
}
