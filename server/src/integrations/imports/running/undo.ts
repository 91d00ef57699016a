import type { ImportBlocker, PartnerStatus } from "@tributary/contract";
import { acceptedTerms } from "../../../agreements/index.ts";
import { customersOfPartners, unbindImported } from "../../../attribution/index.ts";
import * as audit from "../../../audit/index.ts";
import { countWithLines } from "../../../commissions/index.ts";
import { type TxContext, transact } from "../../../database/index.ts";
import { changePartner, getPartner } from "../../../partners/index.ts";
import {
  changeCode,
  changeLink,
  edgeProgram,
  effectiveEventsOf,
  getLink,
  type IntakeLog,
  readHistory,
  removeAliases,
  takeHistory,
} from "../../../tracking/index.ts";
import type { ImportWork } from "../contracts.ts";
import { findImport, type ImportRow, lockImport, noteProgress, updateImport } from "../store/imports.ts";
import {
  type ChangeRow,
  changesToUndo,
  forgetMade,
  madeOf,
  markChangesUndone,
  markUndone,
  restoreContent,
  standingTargets,
} from "../store/made.ts";
import { stageOf } from "../store/records.ts";
import { historySource, noteOf } from "./customers.ts";
import { eventOf } from "./decide.ts";
import { moveTo, writePartner } from "./partners.ts";
import { originOf } from "./references.ts";

const CHANGES_PER_STEP = 500;

/** What stands on what an import made; empty: nothing, and the import may be undone. */
export async function undoBlockers(work: ImportWork): Promise<readonly ImportBlocker[]> {
  const { db } = work.ctx;
  const standing = await standingTargets(db, work.row.import_id);
  const of = (stage: number): string[] => standing.filter((one) => one.stage === stage).map((one) => one.target_id);
  const partnerIds = of(stageOf("partner"));
  const customerIds = of(stageOf("customer")).map(BigInt);
  const lines = await countWithLines(db, { customerIds, partnerIds });
  const programId = work.row.program_id;
  const pairs = partnerIds.map((partnerId) => ({ partnerId, programId }));
  const terms = new Set((await acceptedTerms(db, pairs)).map((one) => one.partnerId));
  const all: readonly ImportBlocker[] = [
    { code: "customers_with_lines", count: lines.customers },
    { code: "customers_with_events", count: await customersWithOtherEvents(work, customerIds) },
    { code: "partners_with_lines", count: lines.partners },
    { code: "partners_with_terms", count: terms.size },
    { code: "partners_with_other_customers", count: await foreignCustomers(work, pairs, new Set(customerIds)) },
  ];
  return all.filter(({ count }) => count > 0);
}

async function foreignCustomers(
  work: ImportWork,
  pairs: readonly { partnerId: string; programId: string }[],
  own: ReadonlySet<bigint>,
): Promise<number> {
  const customers = await customersOfPartners(work.ctx.db, pairs);
  const strangers = [...new Set(customers.map((one) => one.customerId))].filter((id) => !own.has(id));
  if (strangers.length === 0) return 0;
  // Customers that only this platform's history speaks of came with it.
  return await customersWithOtherEvents(work, strangers);
}

async function customersWithOtherEvents(work: ImportWork, customerIds: readonly bigint[]): Promise<number> {
  const source = historySource(work.row.vendor);
  const busy = new Set<bigint>();
  for (let at = 0; at < customerIds.length; at += CHANGES_PER_STEP) {
    const events = await effectiveEventsOf(work.ctx.db, customerIds.slice(at, at + CHANGES_PER_STEP), {});
    for (const event of events) if (event.sourceId !== source) busy.add(event.customerId);
  }
  return busy.size;
}

/** Takes back what an import did, the last first. It goes on where it was broken off. */
export async function undoImport(work: ImportWork): Promise<ImportRow> {
  const id = work.row.import_id;
  let log: IntakeLog | undefined;
  try {
    for (;;) {
      const changes = await changesToUndo(work.ctx.db, id, CHANGES_PER_STEP);
      const stage = changes[0]?.stage;
      if (stage === undefined) break;
      const batch = changes
        .filter((one) => one.stage === stage)
        .slice(0, stage >= stageOf("customer") ? CHANGES_PER_STEP : 1);
      const run = stage === stageOf("conversion");
      if (run) {
        log ??= await work.needs.openLog();
        await voidConversions(work, log, batch);
      }
      await transact(work.ctx, async (tx) => {
        await lockImport(tx.db, id);
        if (!run) await takeBack(tx, work, stage, batch);
        await forget(tx, work, stage, batch);
        await markChangesUndone(
          tx.db,
          batch.map((one) => one.change_id),
          tx.clock.now(),
        );
        await noteProgress(tx.db, id, batch.length, tx.clock.now());
      });
      work.progress?.(batch.length, work.row.total);
    }
  } finally {
    await log?.close();
  }
  return await transact(work.ctx, async (tx) => {
    await updateImport(tx.db, id, { status: "undone", finished_at: tx.clock.now(), blockers: [] });
    await audit.record(tx, work.actor, { action: "integrations.import_undone", subjectKind: "import", subjectId: id });
    return (await findImport(tx.db, id)) ?? work.row;
  });
}

/** What was joined or made is forgotten as theirs; what was changed has its former content again. */
async function forget(tx: TxContext, work: ImportWork, stage: number, batch: readonly ChangeRow[]): Promise<void> {
  const ids = (...actions: string[]) =>
    batch.filter((one) => actions.includes(one.action)).map((one) => one.external_id);
  await markUndone(tx.db, originOf(work), stage, ids("create", "restore"));
  await forgetMade(tx.db, originOf(work), stage, ids("join"));
  const changed = batch.filter((one) => one.action === "change");
  const made = await madeOf(
    tx.db,
    originOf(work),
    stage,
    changed.map((one) => one.external_id),
  );
  for (const change of changed) {
    const content = { ...made.get(change.external_id)?.content, ...change.before };
    await restoreContent(tx.db, originOf(work), stage, change.external_id, content);
  }
}

async function takeBack(tx: TxContext, work: ImportWork, stage: number, batch: readonly ChangeRow[]): Promise<void> {
  if (stage === stageOf("customer")) {
    const bound = batch.filter((one) => one.action !== "join").map((one) => BigInt(one.target_id));
    return await unbindImported(tx, work.actor, bound, {
      ...noteOf(work),
      reason: `import undone (${work.row.import_id})`,
    });
  }
  for (const change of batch) {
    if (change.action === "join") continue;
    if (stage === stageOf("partner")) await takeBackPartner(tx, work, change);
    else if (stage === stageOf("parent")) await takeBackParent(tx, work, change);
    else if (stage === stageOf("link")) await takeBackLink(tx, work, change);
    else await changeCode(tx, work.actor, change.target_id, { validTo: tx.clock.now().toISOString() });
  }
}

async function takeBackPartner(tx: TxContext, work: ImportWork, change: ChangeRow): Promise<void> {
  const now = await getPartner(tx, work.actor, change.target_id);
  if (change.action === "change") return await writePartner(tx, work, now, change.before);
  const closed: PartnerStatus = now.status === "applied" ? "rejected" : "deactivated";
  if (now.status !== "rejected") await moveTo(tx, work, now, closed, `import undone (${work.row.import_id})`);
}

async function takeBackParent(tx: TxContext, work: ImportWork, change: ChangeRow): Promise<void> {
  const now = await getPartner(tx, work.actor, change.target_id);
  if (now.parentPartnerId !== change.after.parent) return;
  const parentPartnerId = change.before.parent === "" ? null : (change.before.parent ?? null);
  await changePartner(tx, work.actor, now.id, { revision: now.revision, parentPartnerId });
}

const NO_NEEDS = { publicUrl: "", mayPromote: async () => false };

async function takeBackLink(tx: TxContext, work: ImportWork, change: ChangeRow): Promise<void> {
  const now = await getLink(tx, work.actor, change.target_id, NO_NEEDS);
  const { before } = change;
  const back =
    change.action === "change"
      ? {
          name: before.name ?? now.name,
          source: before.source ?? now.source,
          status: (before.status ?? now.status) as "active",
          deepLink: before.destination === "" ? null : (before.destination ?? now.deepLink),
        }
      : { status: "archived" as const };
  if (change.action !== "change") await removeAliases(tx, work.actor, now.id);
  await changeLink(tx, work.actor, now.id, { revision: now.revision, ...back }, NO_NEEDS);
}

/** Conversions are taken back as a source takes them back: by saying that they never happened. */
async function voidConversions(work: ImportWork, log: IntakeLog, batch: readonly ChangeRow[]): Promise<void> {
  const events = batch.map((change) =>
    change.action === "change"
      ? eventOf(work, { ...change.after, ...change.before }, null)
      : { ...eventOf(work, change.after, null), void: true },
  );
  const lines = readHistory(edgeProgram(work.program), events, work.ctx.clock.now().getTime());
  const origin = {
    programId: work.row.program_id,
    sourceId: historySource(work.row.vendor),
    file: work.row.name.slice(0, 200),
  };
  await takeHistory(log, origin, lines);
}
