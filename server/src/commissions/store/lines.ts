import type { Working } from "@tributary/contract";
import { sql } from "kysely";
import type { Pair } from "../../agreements/index.ts";
import { copyRowsInTransaction, type Db, type Tx } from "../../database/index.ts";
import type { Month } from "../../kernel/period.ts";
import type { NewLine, StoredLine } from "../core/reconcile.ts";

interface LatestRow {
  readonly group: number;
  readonly line_key: string;
  readonly version: number;
  readonly agreement_version_id: string;
  readonly component: string;
  readonly subject_kind: "customer" | "period" | "partner";
  readonly subject_id: string;
  readonly month: Month;
  readonly earned_on: string;
  readonly currency: string;
  readonly amount_minor: bigint;
  readonly working_hash: string;
  readonly held_minor: bigint | null;
}

const LATEST = sql`l.line_key, l.version, l.agreement_version_id, l.component, l.subject_kind, l.subject_id, l.month,
  l.earned_on, l.currency, l.amount_minor, l.working_hash`;
/** Only the newest version of a key is what is booked. */
const IS_LATEST = sql`not exists (select from commissions.line n where n.line_key = l.line_key and n.version = l.version + 1)`;

function storedLine(row: LatestRow): StoredLine {
  return {
    key: row.line_key,
    version: row.version,
    agreementVersionId: row.agreement_version_id,
    component: row.component,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    month: row.month,
    earnedOn: row.earned_on,
    currency: row.currency,
    amountMinor: row.amount_minor,
    workingHash: row.working_hash,
    heldMinor: row.held_minor ?? 0n,
  };
}

/** Newest line versions of period components from a month on, per pair (position in `pairs`). */
export async function periodLines(
  db: Db,
  pairs: readonly (Pair & { readonly from: Month })[],
): Promise<ReadonlyMap<number, readonly StoredLine[]>> {
  const { rows } = await sql<LatestRow>`
    select p."group"::int as "group", ${LATEST}, h.held_minor
    from unnest(${pairs.map((one) => one.programId)}::text[], ${pairs.map((one) => one.partnerId)}::text[],
                ${pairs.map((one) => one.from)}::date[]) with ordinality as p (program_id, partner_id, "from", "group")
    join commissions.line l on l.program_id = p.program_id and l.partner_id = p.partner_id and l.month >= p."from"
    left join commissions.held h on h.line_key = l.line_key
    where l.subject_kind <> 'customer' and ${IS_LATEST}`.execute(db);
  return grouped(rows);
}

/** Customers with a line that facts from a month on may change: one earned there, or one that came to nothing before. */
export async function customersWithLines(
  db: Db,
  pairs: readonly (Pair & { readonly from: Month })[],
): Promise<readonly { readonly group: number; readonly customerId: bigint }[]> {
  const { rows } = await sql<{ group: number; subject_id: string }>`
    select distinct p."group"::int as "group", l.subject_id
    from unnest(${pairs.map((one) => one.programId)}::text[], ${pairs.map((one) => one.partnerId)}::text[],
                ${pairs.map((one) => one.from)}::date[]) with ordinality as p (program_id, partner_id, "from", "group")
    join commissions.line l on l.program_id = p.program_id and l.partner_id = p.partner_id
    where l.subject_kind = 'customer' and (l.month >= p."from" or l.amount_minor = 0)`.execute(db);
  return rows.map((row) => ({ group: row.group - 1, customerId: BigInt(row.subject_id) }));
}

/** Newest line versions of customers, per pair (position in `pairs`). */
export async function customerLines(
  db: Db,
  pairs: readonly Pair[],
  customers: readonly { readonly group: number; readonly customerId: bigint }[],
): Promise<ReadonlyMap<number, readonly StoredLine[]>> {
  if (customers.length === 0) return new Map();
  const { rows } = await sql<LatestRow>`
    select c."group" + 1 as "group", ${LATEST}, h.held_minor
    from unnest(${customers.map((one) => one.group)}::int[], ${customers.map((one) => String(one.customerId))}::text[],
                ${customers.map((one) => pairs[one.group]?.programId ?? "")}::text[],
                ${customers.map((one) => pairs[one.group]?.partnerId ?? "")}::text[])
           as c ("group", subject_id, program_id, partner_id)
    join commissions.line l on l.subject_kind = 'customer' and l.subject_id = c.subject_id
     and l.program_id = c.program_id and l.partner_id = c.partner_id
    left join commissions.held h on h.line_key = l.line_key
    where ${IS_LATEST}`.execute(db);
  return grouped(rows);
}

function grouped(rows: readonly LatestRow[]): ReadonlyMap<number, readonly StoredLine[]> {
  const groups = new Map<number, StoredLine[]>();
  for (const row of rows) {
    const group = groups.get(row.group - 1) ?? [];
    group.push(storedLine(row));
    groups.set(row.group - 1, group);
  }
  return groups;
}

export interface LineRow extends NewLine, Pair {
  readonly bookedMonth: Month;
}

const LINE_COLUMNS = [
  ...[
    "line_id",
    "line_key",
    "version",
    "partner_id",
    "program_id",
    "agreement_version_id",
    "component",
    "subject_kind",
  ],
  ...["subject_id", "month", "booked_month", "earned_on", "currency", "amount_minor", "difference_minor", "held_until"],
  ...["working", "working_hash", "calculated_at"],
];

/** Adds line versions. @returns the range of their ids, null when there are none */
export async function insertLines(
  tx: Tx,
  lines: readonly LineRow[],
  at: Date,
): Promise<{ readonly first: bigint; readonly last: bigint } | null> {
  if (lines.length === 0) return null;
  const { rows: ids } = await sql<{ id: bigint }>`
    select nextval('commissions.line_line_id_seq') as id from generate_series(1, ${lines.length}::int)`.execute(tx);
  function* rows() {
    for (const [index, one] of lines.entries()) {
      yield [
        ...[ids[index]?.id, one.key, one.version, one.partnerId, one.programId, one.agreementVersionId, one.component],
        ...[one.subjectKind, one.subjectId, one.month, one.bookedMonth, one.earnedOn, one.currency, one.amountMinor],
        ...[one.differenceMinor, one.heldUntil, one.working satisfies Working, one.workingHash, at],
      ];
    }
  }
  await copyRowsInTransaction(tx, "commissions.line", LINE_COLUMNS, rows());
  return { first: ids[0]?.id ?? 0n, last: ids.at(-1)?.id ?? 0n };
}

export interface HeldRow extends Pair {
  readonly lineKey: string;
  /** Line version that set it. */
  readonly version: number;
  readonly currency: string;
  readonly heldMinor: bigint;
  readonly heldUntil: string;
}

/** Sets what of lines is held; zero takes the line off the list. */
export async function writeHeld(db: Db, rows: readonly HeldRow[]): Promise<void> {
  const none = rows.filter((row) => row.heldMinor === 0n).map((row) => row.lineKey);
  const some = rows.filter((row) => row.heldMinor > 0n);
  if (none.length > 0) await sql`delete from commissions.held where line_key = any(${none}::text[])`.execute(db);
  if (some.length === 0) return;
  const column = <K extends keyof HeldRow>(name: K) => some.map((one) => one[name]);
  await sql`
    insert into commissions.held as h (line_key, version, partner_id, program_id, currency, held_minor, held_until)
    select * from unnest(${column("lineKey")}::text[], ${column("version")}::int[], ${column("partnerId")}::text[], ${column("programId")}::text[],
      ${column("currency")}::text[], ${column("heldMinor")}::bigint[], ${column("heldUntil")}::date[])
    on conflict (line_key) do update
    set version = excluded.version, held_minor = excluded.held_minor, held_until = excluded.held_until`.execute(db);
}
