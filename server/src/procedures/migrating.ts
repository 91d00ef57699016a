import type { CaseMove, MigrationOutcome, MigrationPreview } from "@tributary/contract";
import { type Actor, can, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type TxContext, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import { askToLook, touchOf } from "./acting.ts";
import { addEvents, byActor, holdCase, type LoadedCase, loadCase } from "./cases.ts";
import { stageOf } from "./core/conditions.ts";
import { type Move, moveTo } from "./core/migrate.ts";
import { lastMove } from "./core/state.ts";
import { dueAfter } from "./core/working-time.ts";
import * as store from "./store/cases.ts";
import { type VersionRow, versionNumbered } from "./store/versions.ts";
import { definitionIn } from "./versions.ts";

type Chosen = Readonly<Record<string, string>>;

/** Where running cases of older versions would lie on a published one; writes nothing. */
export async function previewMigration(
  ctx: Context,
  actor: Actor,
  procedure: string,
  version: number,
  chosen: Chosen,
): Promise<MigrationPreview> {
  requirePermission(actor, "procedures.approve");
  const target = await published(ctx, procedure, version);
  const rows = (await store.runningOfProcedure(ctx.db, procedure)).filter(
    (row) => row.version_id !== target.version_id,
  );
  const moves: CaseMove[] = [];
  for (const row of rows) {
    if (!can(actor, "procedures.approve", await touchOf(ctx, row))) continue;
    const loaded = await loadCase(ctx, row);
    const move = moveTo(loaded.definition, definitionIn(target), loaded.state, chosen);
    moves.push(moveWire(loaded, move));
  }
  return { version, moves };
}

function moveWire({ row, version, state }: LoadedCase, move: Move): CaseMove {
  const { to, how, kept, fresh, gone, signed } = move;
  return {
    caseId: row.case_id,
    partnerId: row.partner_id,
    subjectId: row.subject_id,
    fromVersion: version.version,
    fromStage: state.stage,
    toStage: to,
    how,
    kept: [...kept],
    fresh: [...fresh],
    gone: [...gone],
    signed: [...signed],
    void: [...move.void],
    revision: state.events,
  };
}

/** Moves cases as the preview said; one in which something happened since is left as it is, and said. */
export async function migrateCases(
  ctx: Context,
  actor: Actor,
  procedure: string,
  version: number,
  input: { readonly stages: Chosen; readonly cases: readonly { readonly caseId: string; readonly revision: number }[] },
): Promise<MigrationOutcome> {
  requirePermission(actor, "procedures.approve");
  const target = await published(ctx, procedure, version);
  const left: MigrationOutcome["left"] = [];
  for (const { caseId, revision } of input.cases) {
    try {
      await transact(ctx, (tx) => migrateOne(tx, actor, target, { caseId, revision, chosen: input.stages }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      left.push({ caseId, detail: error.message });
    }
  }
  return { moved: input.cases.length - left.length, left };
}

async function migrateOne(
  tx: TxContext,
  actor: Actor,
  target: VersionRow,
  input: { readonly caseId: string; readonly revision: number; readonly chosen: Chosen },
): Promise<void> {
  const loaded = await holdCase(tx, input.caseId);
  requirePermission(actor, "procedures.approve", await touchOf(tx, loaded.row));
  if (loaded.row.procedure !== target.procedure) throw notFound("case of this procedure", input.caseId);
  if (loaded.state.status !== "running") throw new Refusal("wrong_state", `The case is ${loaded.state.status}.`);
  if (loaded.state.events !== input.revision)
    throw new Refusal("conflict", "Something happened in this case since the preview: look at the preview again.");
  const definition = definitionIn(target);
  const move = moveTo(loaded.definition, definition, loaded.state, input.chosen);
  const { due } = stageOf(definition, move.to);
  const since = move.to === loaded.state.stage ? loaded.state.since : tx.clock.now();
  const dueAt = due === undefined ? null : (dueAfter(loaded.calendar, since, due)?.toISOString() ?? null);
  const { to, kept: tasks, signed: decisions, passed: stages } = move;
  const event = { kind: "migrated", version: target.version_id, to, dueAt, tasks, decisions, stages } as const;
  await addEvents(tx, loaded, [event], byActor(actor));
  await note(tx, actor, loaded, "procedures.case_migrated", { version: target.version, to });
  await askToLook(tx, input.caseId);
}

/** Puts a case back on the version it came from. @throws Refusal `wrong_state` when something happened since */
export async function undoMigration(ctx: Context, actor: Actor, caseId: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const loaded = await holdCase(tx, caseId);
    requirePermission(actor, "procedures.approve", await touchOf(tx, loaded.row));
    if (lastMove(loaded.history) === undefined || loaded.state.before === null)
      throw new Refusal("wrong_state", "Something happened in this case since it was moved: it cannot be put back.");
    const { version } = loaded.state.before;
    await addEvents(tx, loaded, [{ kind: "migration_undone", version }], byActor(actor));
    await note(tx, actor, loaded, "procedures.migration_undone", { version });
    await askToLook(tx, caseId);
  });
}

async function published(ctx: Context, procedure: string, version: number): Promise<VersionRow> {
  const row = await versionNumbered(ctx.db, procedure, version);
  if (row?.state !== "published") throw notFound("published version of the procedure", `${procedure} ${version}`);
  return row;
}

async function note(tx: TxContext, actor: Actor, { row }: LoadedCase, action: string, after: object): Promise<void> {
  const subject = { subjectKind: "procedure_case", subjectId: row.case_id, partnerId: row.partner_id };
  await audit.record(tx, actor, { action, ...subject, after });
}
