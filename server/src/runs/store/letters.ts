import type { RunLevel } from "@tributary/contract";
import type { Db } from "../../database/index.ts";

/** `waiting`: a level begins; `overdue`: its day has passed. */
export type LetterKind = "waiting" | "overdue";

export interface LetterRow {
  readonly runId: string;
  readonly attempt: number;
  readonly level: RunLevel;
  readonly kind: LetterKind;
  readonly userId: string;
}

/** @returns false when this was told before */
export async function noteLetter(db: Db, row: LetterRow, at: Date): Promise<boolean> {
  const { runId, attempt, level, kind, userId } = row;
  const values = { run_id: runId, attempt, level, kind, user_id: userId, sent_at: at };
  const done = await db
    .insertInto("runs.letter")
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Forgets who was told of some levels: their approvals fell, so they are asked again. */
export async function forgetLetters(db: Db, runId: string, levels: readonly RunLevel[]): Promise<void> {
  await db.deleteFrom("runs.letter").where("run_id", "=", runId).where("level", "in", levels).execute();
}
