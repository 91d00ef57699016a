import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { StartupProblem } from "../startup-problem.ts";

/** Grows when an older program could not read a backup. */
export const BACKUP_FORMAT = 1;

const Manifest = z.object({
  format: z.number(),
  program: z.string(),
  takenAt: z.string(),
  /** The state of the database's tables: restored to exactly this before the rows come. */
  migrations: z.array(z.object({ name: z.string(), sha256: z.string() })),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.number(),
      file: z.string(),
      /** of the compressed file, so that a damaged backup is found before anything is written */
      sha256: z.string(),
    }),
  ),
  sequences: z.array(z.object({ name: z.string(), value: z.string(), called: z.boolean() })),
  /** Folders of the data folder that were copied as they are. */
  folders: z.array(z.string()),
});
export type Manifest = z.infer<typeof Manifest>;

export const MANIFEST = "manifest.json";

export function readManifest(folder: string): Manifest {
  const file = join(folder, MANIFEST);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new StartupProblem(
      `${folder} holds no finished backup (it has no ${MANIFEST}): give the folder that "tributary backup" wrote.`,
    );
  }
  const manifest = Manifest.parse(JSON.parse(text));
  if (manifest.format > BACKUP_FORMAT) {
    throw new StartupProblem(
      `The backup was written by Tributary ${manifest.program}, which is newer than this program: restore it with that version.`,
    );
  }
  return manifest;
}
