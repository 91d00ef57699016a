import { readFile } from "node:fs/promises";
import { NewImportConnection } from "@tributary/contract";
import type { Actor } from "../../access/index.ts";
import type { ImportNeeds } from "../../integrations/index.ts";
import type { Vault } from "../../tracking/index.ts";
import type { Program } from "../program.ts";
import { StartupProblem } from "../startup-problem.ts";

/** What a pull from a platform's API is told on the command line. */
export interface PullOptions {
  readonly api?: boolean;
  readonly from?: string;
  readonly account?: string;
  readonly keyFile?: string;
}

const KEY_VARIABLE = "TRIBUTARY_IMPORT_KEY";

/** What is asked for, checked before anything starts; undefined: files are imported. */
export function pullOf(path: string | undefined, options: PullOptions): PullOptions | undefined {
  if (options.api !== true) {
    if (path === undefined)
      throw new StartupProblem("Say which file or folder to import, or --api to ask the platform.");
    return undefined;
  }
  if (path !== undefined) throw new StartupProblem("Either a path or --api: the platform is asked, or files are read.");
  const { options: known } = NewImportConnection.shape.vendor;
  if (!known.some((vendor) => vendor === options.from))
    throw new StartupProblem(`Say whose API it is: --from ${known.join(" | ")}. Others are imported from their files.`);
  return options;
}

/**
 * The platform's key: a file or the environment, never the command line, which everybody on the machine can read.
 * @throws StartupProblem
 */
async function keyOf({ keyFile }: PullOptions): Promise<string> {
  if (keyFile !== undefined) {
    const text = await readFile(keyFile, "utf8").catch(() => {
      throw new StartupProblem(`The key file ${keyFile} cannot be read.`);
    });
    if (text.trim() !== "") return text.trim();
  }
  const given = process.env[KEY_VARIABLE]?.trim() ?? "";
  if (given === "")
    throw new StartupProblem(`The platform's key is missing: say --key-file <file>, or set ${KEY_VARIABLE}.`);
  return given;
}

/** Opens an import that asks the platform's API. The access is kept, sealed, until everything was read. @returns the import's id */
export async function startPull(
  program: Program,
  actor: Actor,
  target: { readonly programId: string; readonly name: string },
  options: PullOptions,
  needs: ImportNeeds & { readonly vault: Vault },
): Promise<string> {
  const { createConnection, startFetch } = await import("../../integrations/index.ts");
  const vendor = NewImportConnection.shape.vendor.parse(options.from);
  const given = { programId: target.programId, vendor, name: target.name, account: options.account ?? "" };
  const connection = await createConnection(program.ctx, actor, { ...given, key: await keyOf(options) }, needs.vault);
  const { id } = await startFetch(program.ctx, actor, { connectionId: connection.id, name: target.name });
  return id;
}
