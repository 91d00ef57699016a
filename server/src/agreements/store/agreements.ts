import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import type { Day } from "../../kernel/period.ts";
import { whereWithin } from "../../partners/index.ts";
import type { Pair } from "../contracts.ts";
import { ROUND_COLUMNS, type RoundColumns, type Side } from "./rounds.ts";

export type AgreementRow = Selectable<Schema["agreements.agreement"]>;
export type VersionRow = Selectable<Schema["agreements.agreement_version"]>;
/** A version with the round that stands (for a partner: the newest that it sees) and whose it is. */
export type VersionOfPair = VersionRow & RoundColumns & { readonly partner_id: string; readonly program_id: string };

/** The agreement of a pair, made when there is none; its row is locked, so that version numbers have no gap. */
export async function agreementOf(db: Db, row: Insertable<Schema["agreements.agreement"]>): Promise<string> {
  await db
    .insertInto("agreements.agreement")
    .values(row)
    .onConflict((conflict) => conflict.columns(["partner_id", "program_id"]).doNothing())
    .execute();
  const found = await db
    .selectFrom("agreements.agreement")
    .select("agreement_id")
    .where("partner_id", "=", row.partner_id)
    .where("program_id", "=", row.program_id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return found.agreement_id;
}

/** Its first round has to follow in the same transaction. */
export async function insertVersion(
  db: Db,
  row: Omit<Insertable<Schema["agreements.agreement_version"]>, "version">,
): Promise<number> {
  const last = await db
    .selectFrom("agreements.agreement_version")
    .select(({ fn }) => fn.max("version").as("version"))
    .where("agreement_id", "=", row.agreement_id)
    .executeTakeFirst();
  const version = (last?.version ?? 0) + 1;
  await db
    .insertInto("agreements.agreement_version")
    .values({ ...row, version })
    .execute();
  return version;
}

/** Moves a version on; false when somebody else has moved it, or put another round on it, in the meantime. */
export async function moveVersion(
  db: Db,
  id: string,
  from: { readonly status: string; readonly round: number },
  change: Updateable<Schema["agreements.agreement_version"]>,
): Promise<boolean> {
  const done = await db
    .updateTable("agreements.agreement_version")
    .set(change)
    .where("agreement_version_id", "=", id)
    .where("status", "=", from.status)
    .where("round", "=", from.round)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function versionRow(db: Db, id: string, side: Side): Promise<VersionOfPair | undefined> {
  return await ofPairs(db, side).where("version.agreement_version_id", "=", id).executeTakeFirst();
}

export async function versionsOf(db: Db, agreementIds: readonly string[], side: Side): Promise<VersionOfPair[]> {
  if (agreementIds.length === 0) return [];
  return await ofPairs(db, side)
    .where("version.agreement_id", "in", agreementIds)
    .orderBy("version.agreement_id")
    .orderBy("version.version", "desc")
    .execute();
}

export async function versionIdByNumber(db: Db, agreementId: string, version: number): Promise<string | undefined> {
  const row = await db
    .selectFrom("agreements.agreement_version")
    .select("agreement_version_id")
    .where("agreement_id", "=", agreementId)
    .where("version", "=", version)
    .executeTakeFirst();
  return row?.agreement_version_id;
}

export async function versionRows(db: Db, ids: readonly string[]): Promise<VersionOfPair[]> {
  if (ids.length === 0) return [];
  return await ofPairs(db, "operator").where("version.agreement_version_id", "in", ids).execute();
}

/** Accepted versions of many pairs at once. */
export async function acceptedOf(db: Db, pairs: readonly Pair[]): Promise<VersionOfPair[]> {
  const partners = pairs.map((pair) => pair.partnerId);
  const programs = pairs.map((pair) => pair.programId);
  return await ofPairs(db, "operator")
    .where("version.status", "=", "accepted")
    .where(
      sql<boolean>`(agreement.partner_id, agreement.program_id) in (select * from unnest(${partners}::text[], ${programs}::text[]))`,
    )
    .orderBy("version.agreement_id")
    .orderBy("version.version")
    .execute();
}

/** The other party of the accepted terms of some partners, as it was called when they were written. */
export async function partiesOf(
  db: Db,
  partnerIds: readonly string[],
): Promise<readonly { readonly partner_id: string; readonly name: string }[]> {
  if (partnerIds.length === 0) return [];
  const { rows } = await sql<{ partner_id: string; name: string }>`
    select distinct a.partner_id, coalesce(nullif(r.parties ->> 'partnerLegalName', ''), r.parties ->> 'partnerName', '') as name
    from agreements.agreement a join agreements.agreement_version v using (agreement_id) join agreements.round r using (agreement_version_id, round)
    where v.status = 'accepted' and a.partner_id = any(${partnerIds})`.execute(db);
  return rows.filter((row) => row.name !== "");
}

/** Versions that wait for an approval, oldest first. */
export async function proposedWithin(db: Db, within: RecordReach, limit: number): Promise<VersionOfPair[]> {
  return await whereWithin(ofPairs(db, "operator"), within, "agreement.partner_id", "agreement.program_id")
    .where("version.status", "=", "proposed")
    .orderBy("version.submitted_at")
    .limit(limit)
    .execute();
}

/** Open versions whose last day to answer is over. */
export async function overdue(db: Db, today: Day): Promise<VersionOfPair[]> {
  return await ofPairs(db, "operator")
    .where("version.status", "in", ["proposed", "approved", "sent", "countered"])
    .where("version.answer_by", "<", today)
    .execute();
}

/** Signed terms that end after today, up to a day. */
export async function endingUntil(db: Db, today: Day, until: Day): Promise<VersionOfPair[]> {
  return await ofPairs(db, "operator")
    .where("version.status", "=", "accepted")
    .where("round.valid_to", ">", today)
    .where("round.valid_to", "<=", until)
    .execute();
}

export async function agreementRow(db: Db, id: string): Promise<AgreementRow | undefined> {
  return await db.selectFrom("agreements.agreement").selectAll().where("agreement_id", "=", id).executeTakeFirst();
}

export async function everyPair(db: Db): Promise<Pair[]> {
  const rows = await db
    .selectFrom("agreements.agreement")
    .select(["partner_id", "program_id"])
    .orderBy("agreement_id")
    .execute();
  return rows.map((row) => ({ partnerId: row.partner_id, programId: row.program_id }));
}

export async function pairsOf(db: Db, partnerIds: readonly string[]): Promise<Pair[]> {
  const rows = await db
    .selectFrom("agreements.agreement")
    .select(["partner_id", "program_id"])
    .where("partner_id", "in", [...partnerIds])
    .orderBy("agreement_id")
    .execute();
  return rows.map((row) => ({ partnerId: row.partner_id, programId: row.program_id }));
}

export interface AgreementFilter {
  readonly partnerId?: string | undefined;
  readonly programId?: string | undefined;
  /** Versions of a plan that terms refer to which did not end. */
  readonly planVersions?: readonly string[] | undefined;
  readonly state?: readonly string[] | undefined;
  readonly ids?: readonly string[] | undefined;
  /** Whose list: a partner's has agreements in which something was sent to it. */
  readonly side: Side;
}

/** How long before its end a signed version counts as ending. */
const ENDING_DAYS = 60;

/** @param today days are told apart in UTC here: a list may be some hours off the program's own midnight */
export async function agreementPage(
  db: Db,
  within: RecordReach,
  filter: AgreementFilter,
  today: Day,
  page: PageRequest,
): Promise<Page<AgreementRow>> {
  let query = whereWithin(
    db.selectFrom("agreements.agreement as agreement").selectAll("agreement"),
    within,
    "agreement.partner_id",
    "agreement.program_id",
  );
  if (filter.partnerId !== undefined) query = query.where("agreement.partner_id", "=", filter.partnerId);
  if (filter.programId !== undefined) query = query.where("agreement.program_id", "=", filter.programId);
  if (filter.planVersions !== undefined) query = query.where(refersTo(filter.planVersions, today));
  if (filter.side === "partner")
    query = query.where(
      sql<boolean>`exists (select from agreements.agreement_version v where v.agreement_id = agreement.agreement_id and v.sent_at is not null)`,
    );
  if (filter.ids !== undefined) query = query.where("agreement.agreement_id", "in", [...filter.ids, ""]);
  if (filter.state !== undefined && filter.state.length > 0)
    query = query.where(
      sql<boolean>`(${sql.join(
        filter.state.map((state) => inState(state, today)),
        sql` or `,
      )})`,
    );
  return await keysetPage(query, { name: "newest", columns: ["agreement.agreement_id"], direction: "desc" }, page);
}

function refersTo(planVersions: readonly string[], today: Day) {
  return sql<boolean>`exists (
    select from agreements.agreement_version v join agreements.round r using (agreement_version_id, round)
    where v.agreement_id = agreement.agreement_id and r.plan_version_id = any(${[...planVersions]}::text[])
      and (v.status in ('draft', 'proposed', 'approved', 'sent', 'countered')
        or v.status = 'accepted' and (r.valid_to is null or r.valid_to > ${today}::date)))`;
}

function inState(state: string, today: Day) {
  const having = (condition: ReturnType<typeof sql>) => sql`exists (
    select from agreements.agreement_version v join agreements.round r using (agreement_version_id, round)
    where v.agreement_id = agreement.agreement_id and ${condition})`;
  const day = sql`${today}::date`;
  if (state === "active")
    return having(
      sql`v.status = 'accepted' and r.valid_from <= ${day} and (r.valid_to is null or ${day} < r.valid_to)`,
    );
  if (state === "scheduled") return having(sql`v.status = 'accepted' and r.valid_from > ${day}`);
  if (state === "ending")
    return having(
      sql`v.status = 'accepted' and r.valid_to > ${day} and r.valid_to <= ${day} + ${ENDING_DAYS}::integer`,
    );
  if (state === "none") return sql`not ${having(sql`v.status = 'accepted'`)}`;
  return having(sql`v.status = ${state}`);
}

function ofPairs(db: Db, side: Side) {
  return db
    .selectFrom("agreements.agreement_version as version")
    .innerJoin("agreements.agreement as agreement", "agreement.agreement_id", "version.agreement_id")
    .innerJoinLateral(
      (inner) => {
        const rounds = inner
          .selectFrom("agreements.round as r")
          .selectAll("r")
          .whereRef("r.agreement_version_id", "=", "version.agreement_version_id");
        const seen =
          side === "operator"
            ? rounds
            : rounds.where(({ or, eb }) => or([eb("r.side", "=", "partner"), eb("r.shown_at", "is not", null)]));
        return seen.orderBy("r.round", "desc").limit(1).as("round");
      },
      (join) => join.onTrue(),
    )
    .$if(side === "partner", (query) => query.where("version.sent_at", "is not", null))
    .selectAll("version")
    .select(ROUND_COLUMNS)
    .select(["round.round", "agreement.partner_id", "agreement.program_id"]);
}
