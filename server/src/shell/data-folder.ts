import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { isLock, type Lock, lockHolder, takeLock } from "./lock-file.ts";
import { StartupProblem } from "./startup-problem.ts";
import { programVersion } from "./version.ts";

/** Grows by one when the layout of the folder changes in a way that an older program would not understand. */
const FORMAT = 1;

export type DataFolder = {
  readonly path: string;
  /** Path of a part of the folder, e.g. `inside("files")`. */
  inside(...parts: string[]): string;
};

/** Opens the data folder, making it when it is missing. @throws StartupProblem when it cannot be used, and why. */
export function openDataFolder(path: string): DataFolder {
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    const probe = join(path, `.probe-${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw new StartupProblem(
      `The data folder ${path} cannot be written (${reason(error)}): give this user the right to it, or choose another folder with --data.`,
    );
  }
  const folder: DataFolder = { path, inside: (...parts) => join(path, ...parts) };
  checkVersion(folder);
  return folder;
}

/** Not Node's recursive one, which never returns where the system refuses a folder as "not found" (under /proc). */
export function makeFolder(path: string): void {
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) throw Object.assign(new Error("not a folder"), { code: "EEXIST" });
    return;
  }
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o755 });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "this user has no right to it",
  EPERM: "this user has no right to it",
  EROFS: "it is on a read-only disk",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "there is a file of that name",
  ENOENT: "a folder above it cannot be made",
};

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return REASONS[code] ?? (error as Error).message;
}

type Version = { readonly format: number; readonly program: string };

/** A folder that a newer program has written is left alone: what is new in it would be misread or lost. */
function checkVersion(folder: DataFolder): void {
  const file = folder.inside("version.json");
  const found = readVersion(file);
  if (found && (found.format > FORMAT || isNewer(found.program, programVersion))) {
    throw new StartupProblem(
      `The data folder ${folder.path} was written by Tributary ${found.program}, which is newer than this program (${programVersion}): start that version or a later one, or choose another folder with --data.`,
    );
  }
  if (found?.format === FORMAT && found.program === programVersion) return;
  writeAtomically(file, `${JSON.stringify({ format: FORMAT, program: programVersion })}\n`, 0o644);
}

function readVersion(file: string): Version | null {
  if (!existsSync(file)) return null;
  try {
    const { format, program } = JSON.parse(readFileSync(file, "utf8")) as Partial<Version>;
    if (typeof format === "number" && typeof program === "string") return { format, program };
  } catch {
    // Handled below: an unreadable version must not be taken for an old one.
  }
  throw new StartupProblem(
    `The file ${file} is damaged: restore it, or write {"format":1,"program":"${programVersion}"} into it.`,
  );
}

function isNewer(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0));
  for (let index = 0; index < 3; index += 1) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** `restore` leaves this mark until it has finished. */
export function assertNotHalfRestored(folder: DataFolder): void {
  if (!existsSync(folder.inside("restoring"))) return;
  throw new StartupProblem(
    `A restore into ${folder.path} was broken off: remove that folder and run "tributary restore" again.`,
  );
}

/** One program at a time owns the folder and its engines. @throws StartupProblem when another one does. */
export function lockDataFolder(folder: DataFolder, note: string): Lock {
  const taken = takeLock(folder.inside("lock"), note);
  if (isLock(taken)) return taken;
  throw new StartupProblem(
    `The data folder ${folder.path} is in use by another Tributary (process ${taken.pid}, ${taken.note}): stop that one first, or choose another folder with --data.`,
  );
}

/** The running owner of the folder, or null. */
export function dataFolderOwner(folder: DataFolder): { readonly pid: number; readonly note: string } | null {
  return lockHolder(folder.inside("lock"));
}

/** The secret that everything signed or sealed goes back to; made once per folder, readable by its owner only. */
export function folderSecret(folder: DataFolder): string {
  const file = folder.inside("secret");
  if (!existsSync(file)) writeAtomically(file, `${randomBytes(48).toString("base64url")}\n`, 0o600);
  const secret = readFileSync(file, "utf8").trim();
  if (secret.length < 32) {
    throw new StartupProblem(`The file ${file} is damaged (shorter than 32 characters): restore it from a backup.`);
  }
  return secret;
}

/** Whole or not at all, also when the power goes in the middle of it. */
export function writeAtomically(file: string, text: string, mode: number): void {
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, text, { mode, flush: true });
  renameSync(draft, file);
}
