import type { ImportKind } from "@tributary/contract";
import * as audit from "../../../audit/index.ts";
import { type TxContext, transact } from "../../../database/index.ts";
import type { IntakeLog } from "../../../tracking/index.ts";
import type { ImportWork } from "../contracts.ts";
import { KIND_ORDER } from "../core/fields.ts";
import { findImport, type ImportRow, lockImport, noteProgress, updateImport } from "../store/imports.ts";
import { noteChanges, putMade } from "../store/made.ts";
import { countActions, finishRecords, type RecordRow, recordsToDo, stageOf } from "../store/records.ts";
import { appendConversions, applyCustomers } from "./customers.ts";
import { applyCode, applyLink } from "./links.ts";
import { type Outcome, problemOf } from "./outcome.ts";
import { applyParent, applyPartner } from "./partners.ts";
import { originOf } from "./references.ts";

type One = (tx: TxContext, work: ImportWork, record: RecordRow) => Promise<Outcome>;
const SINGLY: Partial<Record<ImportKind, One>> = {
  partner: applyPartner,
  parent: applyParent,
  link: applyLink,
  code: applyCode,
};
const RECORDS_PER_STEP = 200;
const CUSTOMERS_PER_STEP = 1000;

/**
 * Makes what the dry run decided. Every step is one transaction that also says that it is done, so whoever takes the work up after a crash goes on behind
 * the last one; events are appended before, and count once by their ids.
 */
export async function runImport(work: ImportWork): Promise<ImportRow> {
  let done = work.row.done;
  const step = (count: number): void => {
    done += count;
    work.progress?.(done, work.row.total);
  };
  for (const kind of KIND_ORDER) {
    const one = SINGLY[kind];
    if (one !== undefined) await runSingly(work, kind, one, step);
    else if (kind === "customer") await runCustomers(work, step);
    else await runConversions(work, step);
  }
  return await finish(work);
}

async function runSingly(work: ImportWork, kind: ImportKind, one: One, step: (count: number) => void): Promise<void> {
  const stage = stageOf(kind);
  for (;;) {
    const records = await recordsToDo(work.ctx.db, work.row.import_id, stage, RECORDS_PER_STEP);
    if (records.length === 0) return;
    for (const record of records) {
      try {
        await transact(work.ctx, async (tx) => {
          if (!(await stillTo(tx, work, kind, record))) return;
          await keep(tx, work, stage, [record], [await one(tx, work, record)]);
        });
      } catch (error) {
        const problem = problemOf(error);
        await transact(work.ctx, (tx) =>
          keep(
            tx,
            work,
            stage,
            [record],
            [{ externalId: record.external_id, targetId: null, problem, before: {}, after: {} }],
          ),
        );
      }
      step(1);
    }
  }
}

/** Locks the import: two processes that both think it is theirs take turns, and the second finds the record done. */
async function stillTo(tx: TxContext, work: ImportWork, kind: ImportKind, record: RecordRow): Promise<boolean> {
  const row = await lockImport(tx.db, work.row.import_id);
  if (row?.status !== "running") throw new Error(`import ${work.row.import_id} is not running any more`);
  const [next] = await recordsToDo(tx.db, work.row.import_id, stageOf(kind), 1);
  return next?.external_id === record.external_id;
}

async function runCustomers(work: ImportWork, step: (count: number) => void): Promise<void> {
  const stage = stageOf("customer");
  for (;;) {
    const count = await transact(work.ctx, async (tx) => {
      await lockImport(tx.db, work.row.import_id);
      const records = await recordsToDo(tx.db, work.row.import_id, stage, CUSTOMERS_PER_STEP);
      if (records.length > 0) await keep(tx, work, stage, records, await applyCustomers(tx, work, records));
      return records.length;
    });
    if (count === 0) return;
    step(count);
  }
}

async function runConversions(work: ImportWork, step: (count: number) => void): Promise<void> {
  const stage = stageOf("conversion");
  let log: IntakeLog | undefined;
  try {
    for (;;) {
      const records = await recordsToDo(work.ctx.db, work.row.import_id, stage, CUSTOMERS_PER_STEP);
      if (records.length === 0) return;
      log ??= await work.needs.openLog();
      const outcomes = await appendConversions(work, log, records);
      await transact(work.ctx, async (tx) => {
        await lockImport(tx.db, work.row.import_id);
        await keep(tx, work, stage, records, outcomes);
      });
      step(records.length);
    }
  } finally {
    await log?.close();
  }
}

/** Writes down what came of records, in the transaction that made them. */
async function keep(
  tx: TxContext,
  work: ImportWork,
  stage: number,
  records: readonly RecordRow[],
  outcomes: readonly Outcome[],
): Promise<void> {
  const now = tx.clock.now();
  const id = work.row.import_id;
  const byId = new Map(records.map((record) => [record.external_id, record]));
  const well = outcomes.filter((one) => one.targetId !== null && one.problem === null);
  await finishRecords(tx.db, id, stage, outcomes, now);
  await putMade(
    tx.db,
    originOf(work),
    stage,
    id,
    well.map((one) => ({
      externalId: one.externalId,
      targetId: one.targetId ?? "",
      content: byId.get(one.externalId)?.content ?? {},
    })),
  );
  const changes = well.map((one) => ({
    external_id: one.externalId,
    target_id: one.targetId ?? "",
    action: byId.get(one.externalId)?.action ?? "create",
    before: one.before,
    after: one.after,
  }));
  await noteChanges(tx.db, id, stage, changes, now);
  await noteProgress(tx.db, id, outcomes.length, now);
}

async function finish(work: ImportWork): Promise<ImportRow> {
  const id = work.row.import_id;
  return await transact(work.ctx, async (tx) => {
    const row = await lockImport(tx.db, id);
    if (row === undefined) throw new Error(`import ${id} has gone`);
    if (row.status !== "running") return row;
    const counts = await countActions(tx.db, id);
    await updateImport(tx.db, id, { status: "done", counts, finished_at: tx.clock.now(), failure: null });
    await audit.record(tx, work.actor, {
      action: "integrations.import_done",
      subjectKind: "import",
      subjectId: id,
      after: { counts },
    });
    return (await findImport(tx.db, id)) ?? row;
  });
}
