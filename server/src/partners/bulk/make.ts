import type { PartnerStatus } from "@tributary/contract";
import { personOf } from "../../access/index.ts";
import * as audit from "../../audit/index.ts";
import { announceMany, type TxContext, transact } from "../../database/index.ts";
import { dayOf } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { tellOwners } from "../owner-news.ts";
import { changePartner, getPartner, movePartner } from "../service.ts";
import { fieldGuards } from "../store/fields.ts";
import type { BulkWork, FieldDifference, RowProblem } from "./contracts.ts";
import { wayTo } from "./core/decide-partner.ts";
import { type Claim, inLanes } from "./lanes.ts";
import { findBulk, lockBulk, noteProgress, updateBulk } from "./store/changes.ts";
import * as records from "./store/records.ts";
import {
  countActions,
  type DecisionRow,
  type Made,
  noteMade,
  noteStepped,
  rowsToMake,
  rowsToStep,
} from "./store/rows.ts";
import { mayWrite } from "./surroundings.ts";

const ROWS_PER_STEP = 2_000;
/** For how long a bulk change can be taken back. */
const UNDO_DAYS = 30;

/**
 * Makes what the dry run decided: thousands of rows at a time, two times that beside each other, each thousands one transaction that also says that they are done, so whoever takes the
 * work up after a crash goes on behind them. Parents and statuses follow, one record after the other, by the same doors as a change by hand.
 */
export async function makeBulk(work: BulkWork): Promise<void> {
  const { ctx, row } = work;
  let done = row.done;
  const step = async (claim: Claim): Promise<number> => {
    const count = await transact(ctx, async (tx) => {
      const rows = await rowsToMake(tx.db, row.bulk_id, ROWS_PER_STEP, claim);
      if (rows.length === 0) return 0;
      if ((await findBulk(tx.db, row.bulk_id))?.status !== "running") throw notRunning(row.bulk_id);
      if (row.subject === "partner") await makePartners(tx, work, rows);
      else await makeContacts(tx, work, rows);
      await noteProgress(tx.db, row.bulk_id, rows.length, tx.clock.now());
      return rows.length;
    });
    done += count;
    if (count > 0) work.progress?.(done, row.total);
    return count;
  };
  await inLanes(step, false);
  await makeSteps(work);
  await finish(work);
}

async function stillRunning(tx: TxContext, id: string): Promise<void> {
  if ((await lockBulk(tx.db, id))?.status !== "running") throw notRunning(id);
}

function notRunning(id: string): Error {
  return new Error(`bulk change ${id} is not running any more`);
}

async function finish({ ctx, row, actor }: BulkWork): Promise<void> {
  await transact(ctx, async (tx) => {
    await stillRunning(tx, row.bulk_id);
    const counts = await countActions(tx.db, row.bulk_id);
    const now = tx.clock.now();
    const until = new Date(now.getTime() + UNDO_DAYS * 86_400_000);
    await updateBulk(tx.db, row.bulk_id, {
      status: "done",
      counts,
      finished_at: now,
      undo_until: until,
      failure: null,
    });
    await audit.record(tx, actor, {
      ...{ action: "partners.bulk_done", subjectKind: "bulk_change", subjectId: row.bulk_id },
      after: { name: row.name, subject: row.subject, counts },
    });
  });
}

const CHANGED: RowProblem = { field: null, value: "", code: "changed_meanwhile" };
/** Made one record after the other, by the doors that know what follows from them. */
const STEPS = new Set(["parent", "status", "reason"]);

async function makePartners(tx: TxContext, work: BulkWork, rows: readonly DecisionRow[]): Promise<void> {
  const updates = rows.filter((row) => row.action === "update");
  const now = await records.lockPartners(
    tx.db,
    updates.map((row) => row.target_id ?? ""),
  );
  const allowed = mayWrite(work.actor);
  const notes: audit.AuditNote[] = [];
  const made: Made[] = [];
  const good: {
    readonly row: DecisionRow;
    readonly before: records.StoredPartner;
    readonly after: Record<string, unknown>;
  }[] = [];
  for (const row of updates) {
    const before = now.get(row.target_id ?? "");
    const seat =
      before === undefined
        ? undefined
        : { partnerId: before.partner_id, regionId: before.region_id, ownerUserId: before.owner_user_id };
    if (before === undefined || seat === undefined || String(before.revision) !== row.stamp)
      made.push(refusedRow(row, CHANGED));
    else if (!allowed(seat)) made.push(refusedRow(row, { field: null, value: "", code: "not_yours" }));
    else good.push({ row, before, after: withChanges(before, row.changes, records.PARTNER_COLUMNS) });
  }
  const written = good.filter(({ row }) => row.changes.some((one) => !STEPS.has(one.field)));
  await records.writePartners(
    tx.db,
    written.map((one) => one.after),
  );
  const at = tx.clock.now();
  for (const { row, before } of good) {
    const plain = row.changes.filter((one) => !STEPS.has(one.field));
    const stamp = plain.length > 0 ? before.revision + 1 : before.revision;
    made.push({
      line: row.line,
      targetId: before.partner_id,
      partnerId: before.partner_id,
      stamp: String(stamp),
      problem: null,
    });
    if (plain.length > 0)
      notes.push(noteOf(work, row, "partners.changed", before.partner_id, before.partner_id, plain));
  }
  const created = await createPartners(
    tx,
    work,
    rows.filter((row) => row.action === "create"),
    at,
  );
  made.push(...created.made);
  await writeCustom(tx, work, [
    ...good.map(({ row, before }) => ({ id: before.partner_id, row })),
    ...created.standing,
  ]);
  await records.tellChanges(
    tx.db,
    made.filter((one) => one.problem === null).map((one) => one.partnerId ?? ""),
  );
  const guards = await fieldGuards(tx.db);
  await noteMade(tx.db, work.row.bulk_id, made, at);
  // The trail comes last: whoever writes into it keeps all others waiting until the end.
  await followUp(tx, work, good);
  await audit.recordMany(
    tx,
    work.actor,
    [...notes, ...created.notes].map((note) => ({ ...note, guards })),
  );
}

function refusedRow(row: DecisionRow, problem: RowProblem): Made {
  return { line: row.line, targetId: null, partnerId: null, stamp: null, problem };
}

function withChanges(
  before: Readonly<Record<string, unknown>>,
  changes: readonly FieldDifference[],
  columns: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const after: Record<string, unknown> = { ...before };
  for (const { field, after: value } of changes) {
    const column = columns[field];
    if (column !== undefined) after[column] = value;
  }
  return after;
}

function noteOf(
  work: BulkWork,
  row: DecisionRow,
  action: string,
  subjectId: string,
  partnerId: string,
  changes: readonly FieldDifference[],
): audit.AuditNote {
  const side = (pick: (one: FieldDifference) => unknown) =>
    Object.fromEntries(changes.map((one) => [one.field, pick(one)]));
  return {
    ...{ action, subjectKind: work.row.subject, subjectId, partnerId },
    ...(row.action === "create" ? {} : { before: side((one) => one.before) }),
    after: { ...side((one) => one.after), bulkId: work.row.bulk_id, line: row.line },
  };
}

/** What follows from a change of kind, country, tags and owner: as it does when one is changed by hand. */
async function followUp(
  tx: TxContext,
  work: BulkWork,
  good: readonly {
    readonly row: DecisionRow;
    readonly before: records.StoredPartner;
    readonly after: Record<string, unknown>;
  }[],
): Promise<void> {
  const traits = good.filter(
    ({ row, before }) =>
      ["active", "paused", "deactivated"].includes(before.status) &&
      row.changes.some((one) => ["kind", "country", "tags"].includes(one.field)),
  );
  const day = dayOf(tx.clock.now(), "UTC");
  await records.noteTraitsBefore(
    tx.db,
    traits.map(({ before }) => ({
      ...{ partner_id: before.partner_id, kind: before.kind, status: before.status },
      ...{ country: before.country, tags: before.tags },
    })),
    day,
  );
  const moves = good
    .filter(({ row }) => row.changes.some((one) => one.field === "owner" || one.field === "deputy"))
    .map(({ before, after }) => ({
      ...{ partnerId: before.partner_id, fromOwner: before.owner_user_id, fromDeputy: before.deputy_user_id },
      ...{ owner: after.owner_user_id as string | null, deputy: after.deputy_user_id as string | null },
    }));
  const reason = work.row.edit?.reason ?? "";
  if (moves.length > 0)
    await tellOwners(tx, work.actor, moves, { transferId: null, tellPartners: false, reason, commissionNote: "" });
}

async function writeCustom(
  tx: TxContext,
  work: BulkWork,
  rows: readonly { readonly id: string; readonly row: DecisionRow }[],
): Promise<void> {
  const writes = rows.flatMap(({ id, row }) =>
    row.changes.flatMap(({ field, after }) =>
      field.startsWith("field:") ? [{ partner_id: id, key: field.slice("field:".length), value: after ?? null }] : [],
    ),
  );
  await records.writeFields(tx.db, writes, personOf(work.actor), tx.clock.now());
}

const NEW_PARTNER: Readonly<Record<string, unknown>> = {
  ...{
    legal_name: "",
    region_id: null,
    country: null,
    language: "en",
    email: "",
    website: "",
    phone: "",
    tax_number: "",
  },
  ...{
    entity: null,
    owner_user_id: null,
    deputy_user_id: null,
    tags: [],
    allowed_countries: [],
    blocked_countries: [],
    note: "",
  },
  ...{ status: "applied", revision: 1 },
};

async function createPartners(tx: TxContext, work: BulkWork, rows: readonly DecisionRow[], at: Date) {
  const allowed = mayWrite(work.actor);
  const refused: Made[] = [];
  const wanted = rows.flatMap((row) => {
    const code = String(row.changes.find((one) => one.field === "code")?.after ?? "");
    const columns = withChanges(NEW_PARTNER, row.changes, records.PARTNER_COLUMNS);
    const seat = { regionId: columns.region_id as string | null, ownerUserId: columns.owner_user_id as string | null };
    if (!allowed(seat)) {
      refused.push(refusedRow(row, { field: null, value: "", code: "not_yours_then" }));
      return [];
    }
    const named: Record<string, unknown> & { partner_id: string } = {
      ...columns,
      code,
      partner_id: tx.ids.next("prt"),
      created_at: at,
    };
    return [{ row, code, columns: named }];
  });
  const free = await records.insertPartners(
    tx.db,
    wanted.map((one) => one.columns),
  );
  const standing = wanted.filter(({ code }) => free.has(code));
  for (const { row, code } of wanted)
    if (!free.has(code)) refused.push(refusedRow(row, { field: "code", value: code, code: "taken_meanwhile" }));
  await announceMany(
    tx,
    "partners.created",
    standing.map(({ columns }) => ({ partnerId: columns.partner_id, kind: columns.kind, regionId: columns.region_id })),
  );
  const made = standing.map(
    ({ row, columns: { partner_id: id } }): Made => ({
      line: row.line,
      targetId: id,
      partnerId: id,
      stamp: "1",
      problem: null,
    }),
  );
  const plain = (row: DecisionRow) => row.changes.filter((one) => !STEPS.has(one.field));
  return {
    made: [...made, ...refused],
    standing: standing.map(({ row, columns }) => ({ id: columns.partner_id, row })),
    notes: standing.map(({ row, columns: { partner_id: id } }) =>
      noteOf(work, row, "partners.created", id, id, plain(row)),
    ),
  };
}

async function makeContacts(tx: TxContext, work: BulkWork, rows: readonly DecisionRow[]): Promise<void> {
  const now = await records.lockContacts(
    tx.db,
    rows.flatMap((row) => row.target_id ?? []),
  );
  const partners = await records.lockPartners(tx.db, [...new Set(rows.map((row) => row.partner_id ?? ""))]);
  const allowed = mayWrite(work.actor);
  const made: Made[] = [];
  const notes: audit.AuditNote[] = [];
  const [fresh, changed]: [Record<string, unknown>[], Record<string, unknown>[]] = [[], []];
  const ids = new Map<number, string>();
  for (const row of rows) {
    const partner = partners.get(row.partner_id ?? "");
    const before = now.get(row.target_id ?? "");
    const seat = partner && {
      partnerId: partner.partner_id,
      regionId: partner.region_id,
      ownerUserId: partner.owner_user_id,
    };
    if (partner === undefined || seat === undefined || !allowed(seat) || partner.merged_into !== null)
      made.push(refusedRow(row, { field: "partner", value: "", code: "not_yours" }));
    else if (row.action === "update" && before?.stamp !== row.stamp) made.push(refusedRow(row, CHANGED));
    else {
      const id = before?.contact_id ?? tx.ids.next("cnt");
      ids.set(row.line, id);
      const columns = withChanges(before ?? NEW_CONTACT, row.changes, records.CONTACT_COLUMNS);
      if (before !== undefined) changed.push(columns);
      else
        fresh.push({
          ...columns,
          ...signing(columns),
          contact_id: id,
          partner_id: partner.partner_id,
          created_at: tx.clock.now(),
        });
      const action = before === undefined ? "partners.contact_created" : "partners.contact_changed";
      notes.push(noteOf(work, row, action, id, partner.partner_id, row.changes));
    }
  }
  await records.insertContacts(tx.db, fresh);
  await records.writeContacts(tx.db, changed);
  const after = await records.lockContacts(tx.db, [...ids.values()]);
  for (const row of rows) {
    const id = ids.get(row.line);
    if (id !== undefined)
      made.push({
        line: row.line,
        targetId: id,
        partnerId: row.partner_id,
        stamp: after.get(id)?.stamp ?? null,
        problem: null,
      });
  }
  await noteMade(tx.db, work.row.bulk_id, made, tx.clock.now());
  await audit.recordMany(tx, work.actor, notes);
}

const NEW_CONTACT: Readonly<Record<string, unknown>> = { phone: "", role: "", roles: [], left_on: null };

function signing(columns: Readonly<Record<string, unknown>>) {
  return { signatory: (columns.roles as readonly string[]).includes("signatory"), primary_for: [] };
}

/** Parents and statuses. What is refused here stays with its row; the rest of the row is made. */
async function makeSteps(work: BulkWork): Promise<void> {
  const { ctx, row } = work;
  for (;;) {
    const rows = await rowsToStep(ctx.db, row.bulk_id, 200);
    if (rows.length === 0) return;
    for (const one of rows) {
      try {
        await transact(ctx, async (tx) => {
          await stillRunning(tx, row.bulk_id);
          const stamp = await stepsOf(tx, work, one);
          await noteStepped(tx.db, row.bulk_id, one.line, { stamp, problem: null, at: tx.clock.now() });
        });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const problem = {
          field: error.complaints[0]?.field ?? null,
          value: "",
          code: "as_told",
          details: { said: error.message },
        };
        await noteStepped(ctx.db, row.bulk_id, one.line, { stamp: null, problem, at: ctx.clock.now() });
      }
    }
  }
}

async function stepsOf(tx: TxContext, work: BulkWork, row: DecisionRow): Promise<string> {
  const id = row.target_id ?? "";
  let now = await getPartner(tx, work.actor, id);
  const parent = row.changes.find((one) => one.field === "parent");
  if (parent !== undefined) {
    const parentPartnerId = await parentId(tx, parent.after as string | null);
    if (now.parentPartnerId !== parentPartnerId)
      now = await changePartner(tx, work.actor, id, { revision: now.revision, parentPartnerId });
  }
  const status = row.changes.find((one) => one.field === "status")?.after as PartnerStatus | undefined;
  if (status !== undefined && status !== now.status) {
    const reason = String(row.changes.find((one) => one.field === "reason")?.after ?? work.row.edit?.reason ?? "");
    for (const step of wayTo(now.status, status))
      now = await movePartner(tx, work.actor, id, { revision: now.revision, status: step, reason });
  }
  return String(now.revision);
}

/** `code:…` names a partner that the same file makes. */
async function parentId(tx: TxContext, named: string | null): Promise<string | null> {
  if (named === null || !named.startsWith("code:")) return named;
  const code = named.slice("code:".length);
  const [found] = await records.partnersCalled(tx.db, { ids: [], codes: [code], emails: [] });
  if (found === undefined) throw new Refusal("not_found", `The parent ${code} was refused itself.`);
  return found.partner_id;
}
