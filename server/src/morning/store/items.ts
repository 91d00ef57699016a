import { type RawBuilder, type Selectable, sql } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export type ItemRow = Selectable<Schema["morning.item"]>;
export type AnswerRow = Selectable<Schema["morning.answer"]>;

export interface KeptItem {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly partnerId: string | null;
  readonly programId: string | null;
  /** null: of the partner's owner; empty: of whoever has the permission */
  readonly ownerUserId: string | null;
  readonly permission: string;
  readonly by: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly facts: object;
  readonly evidence: object;
  readonly action: object;
  readonly worthMinor: string;
  readonly ftds: number;
  readonly dueAt: Date | null;
  readonly since: Date;
  readonly fingerprint: string;
}

/** What a source says now takes the place of what it said: known items keep their id and since when they stand; what it does not name is gone. */
export async function putItems(db: Db, source: string, items: readonly KeptItem[], now: Date): Promise<void> {
  await sql`
    with said as (
      select r.*, case when r."ownerUserId" is null then p.owner_user_id else nullif(r."ownerUserId", '') end as owner
      from json_to_recordset(${JSON.stringify(items)}::json) as r(id text, key text, kind text, "partnerId" text, "programId" text,
        "ownerUserId" text, permission text, by text, "subjectKind" text, "subjectId" text, facts jsonb, evidence jsonb, action jsonb,
        "worthMinor" bigint, ftds double precision, "dueAt" timestamptz, since timestamptz, fingerprint text)
      left join morning.seat p on p.partner_id = r."partnerId"),
    gone as (delete from morning.item i where i.source = ${source} and not exists (select from said s where s.key = i.key))
    insert into morning.item (item_id, key, source, kind, partner_id, program_id, owner_user_id, permission, by, subject_kind, subject_id, facts,
      evidence, action, worth_minor, ftds, due_at, since, seen_at, fingerprint)
    select id, key, ${source}, kind, "partnerId", "programId", owner, permission, by, "subjectKind", "subjectId", facts, evidence, action,
      "worthMinor", ftds, "dueAt", since, ${now}, fingerprint from said
    on conflict (key) do update set kind = excluded.kind, owner_user_id = excluded.owner_user_id, facts = excluded.facts,
      evidence = excluded.evidence, action = excluded.action, worth_minor = excluded.worth_minor, ftds = excluded.ftds,
      due_at = excluded.due_at, seen_at = excluded.seen_at, fingerprint = excluded.fingerprint`.execute(db);
}

export async function noteRead(db: Db, source: string, at: Date, items: number, problem: string): Promise<void> {
  const row = { read_at: at, items, problem };
  await db
    .insertInto("morning.progress")
    .values({ source, ...row })
    .onConflict((conflict) => conflict.column("source").doUpdateSet(row))
    .execute();
}

/** When the queue was last brought up to date; null: never. */
export async function lastRead(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom("morning.progress")
    .select(({ fn }) => fn.min<Date | null>("read_at").as("at"))
    .executeTakeFirst();
  return row?.at ?? null;
}

export interface Whose {
  /** the person and those in whose place it stands; null: everybody within reach */
  readonly owners: readonly string[] | null;
  readonly me: string;
  readonly permissions: readonly string[];
  readonly within:
    | { readonly everything: true }
    | { readonly everything: false; readonly partnerIds: readonly string[]; readonly programIds: readonly string[] };
  readonly kinds?: readonly string[] | undefined;
  readonly programIds?: readonly string[] | undefined;
  readonly most: number;
}

/** As the indexes have it: dearest first, before anybody's own weights. */
const RANK = sql.raw("(i.worth_minor + (i.ftds * 20000)::bigint) desc, i.item_id");

/**
 * Items that may be somebody's: its own, what waits for whoever has the permission, and what was handed to it. What is worth most first. Each of these is
 * found by an index of its own, so that the queue of one person costs the same whatever everybody else has to do.
 */
export async function itemsOf(db: Db, whose: Whose): Promise<readonly ItemRow[]> {
  const { me, most } = whose;
  const handed = sql<boolean>`i.key in (select a.key from morning.answer a where a.answer = 'hand' and a.to_user_id = ${me})`;
  const parts = [...partsOf(whose), handed].map(
    (part) => sql`(select i.item_id from morning.item i
      where ${part} and i.permission = any(${[...whose.permissions]}) and i.by <> ${me}
        and ${whose.kinds === undefined ? sql`true` : sql`i.kind = any(${[...whose.kinds]})`}
        and ${whose.programIds === undefined ? sql`true` : sql`(i.program_id is null or i.program_id = any(${[...whose.programIds]}))`}
      order by ${RANK} limit ${most})`,
  );
  const { rows } = await sql<ItemRow>`
    with chosen as (${sql.join(parts, sql` union `)})
    select i.* from chosen join morning.item i using (item_id) order by ${RANK} limit ${most}`.execute(db);
  return rows;
}

/** Of so many partners the dearest items are found sooner among all than by looking each of them up. */
const MANY = 2000;

/** What is somebody's without being handed over, in parts that overlap at most. */
function partsOf({ owners, me, within }: Whose): readonly RawBuilder<boolean>[] {
  const partners = within.everything ? [] : [...within.partnerIds];
  const programs = within.everything ? [] : [...within.programIds];
  const seen = within.everything
    ? sql<boolean>`true`
    : sql<boolean>`(i.partner_id is null or i.partner_id = any(${partners}) or i.program_id = any(${programs}) or i.owner_user_id = ${me})`;
  if (owners === null) {
    if (within.everything || partners.length > MANY) return [seen];
    return [
      sql<boolean>`i.partner_id is null`,
      sql<boolean>`i.partner_id = any(${partners})`,
      sql<boolean>`i.owner_user_id = ${me}`,
      ...(programs.length === 0 ? [] : [sql<boolean>`i.program_id = any(${programs})`]),
    ];
  }
  return [
    sql<boolean>`i.owner_user_id = any(${[...owners]}) and ${seen}`,
    sql<boolean>`i.owner_user_id is null and ${seen}`,
  ];
}

export async function itemById(db: Db, id: string): Promise<ItemRow | undefined> {
  return await db.selectFrom("morning.item").selectAll().where("item_id", "=", id).executeTakeFirst();
}

/** What was said of these things, by anybody. */
export async function answersTo(db: Db, keys: readonly string[]): Promise<readonly AnswerRow[]> {
  return await db
    .selectFrom("morning.answer")
    .selectAll()
    .where(sql<boolean>`key = any(${[...keys]})`)
    .execute();
}

export async function putAnswer(db: Db, answer: AnswerRow): Promise<void> {
  const { key, user_id, ...rest } = answer;
  await db
    .insertInto("morning.answer")
    .values(answer)
    .onConflict((conflict) => conflict.columns(["key", "user_id"]).doUpdateSet(rest))
    .execute();
}

export async function dropAnswer(db: Db, key: string, userId: string): Promise<AnswerRow | undefined> {
  return await db
    .deleteFrom("morning.answer")
    .where("key", "=", key)
    .where("user_id", "=", userId)
    .returningAll()
    .executeTakeFirst();
}

/** Counts what a person said of a kind. @param by 1, or -1 to take it back */
export async function learn(
  db: Db,
  userId: string,
  kind: string,
  what: "done" | "not_useful",
  by: 1 | -1,
): Promise<void> {
  const [done, useless] = what === "done" ? [by, 0] : [0, by];
  await sql`
    insert into morning.learnt (user_id, kind, done, not_useful) values (${userId}, ${kind}, greatest(${done}::integer, 0), greatest(${useless}::integer, 0))
    on conflict (user_id, kind) do update set done = greatest(learnt.done + ${done}, 0), not_useful = greatest(learnt.not_useful + ${useless}, 0)`.execute(
    db,
  );
}

export async function learntOf(db: Db, userId: string) {
  return await db.selectFrom("morning.learnt").selectAll().where("user_id", "=", userId).execute();
}

export interface Tuning {
  readonly weights: Readonly<Record<string, number>>;
  readonly ftdMinor: bigint | null;
  readonly currency: string | null;
  readonly revision: number;
}

/** @param userId empty: the operator's */
export async function tuningOf(db: Db, userId: string): Promise<Tuning> {
  const row = await db.selectFrom("morning.tuning").selectAll().where("user_id", "=", userId).executeTakeFirst();
  if (row === undefined) return { weights: {}, ftdMinor: null, currency: null, revision: 0 };
  const weights = row.weights as unknown as Record<string, number>;
  return { weights, ftdMinor: row.ftd_minor, currency: row.currency, revision: row.revision };
}

/** @returns false: it was changed since that revision */
export async function saveTuning(db: Db, userId: string, tuning: Tuning): Promise<boolean> {
  const row = {
    weights: JSON.stringify(tuning.weights),
    ftd_minor: tuning.ftdMinor,
    currency: tuning.currency,
    revision: tuning.revision + 1,
  };
  const saved = await db
    .insertInto("morning.tuning")
    .values({ user_id: userId, ...row })
    .onConflict((conflict) =>
      conflict
        .column("user_id")
        .doUpdateSet(row)
        .where("tuning.revision" as never, "=", tuning.revision as never),
    )
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}

/** Figures as the job last read them, by partner. */
export async function keptFigures(db: Db) {
  const rows = await db.selectFrom("morning.figure").selectAll().execute();
  return new Map(
    rows.map((row) => [
      row.partner_id,
      {
        clicks: Number(row.clicks),
        clicksBefore: Number(row.clicks_before),
        registrations: row.registrations,
        ftds: row.ftds,
        ftdsBefore: row.ftds_before,
        seconds: row.seconds,
        ftdsMonth: row.ftds_month,
      },
    ]),
  );
}

/** The sources are read again in a moment, together with whatever else is asked for until then. */
export async function askForNews(db: Db, sources: readonly string[]): Promise<void> {
  await sql`select morning.ask_for_news(${[...sources]}::text[])`.execute(db);
}

export async function putFigures(
  db: Db,
  rows: readonly {
    readonly partnerId: string;
    readonly clicks: number;
    readonly clicksBefore: number;
    readonly registrations: number;
    readonly ftds: number;
    readonly ftdsBefore: number;
    readonly seconds: number;
    readonly ftdsMonth: number;
  }[],
): Promise<void> {
  await sql`
    with said as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as r("partnerId" text, clicks bigint, "clicksBefore" bigint,
        registrations integer, ftds integer, "ftdsBefore" integer, seconds integer, "ftdsMonth" integer)),
    gone as (delete from morning.figure f where not exists (select from said s where s."partnerId" = f.partner_id))
    insert into morning.figure (partner_id, clicks, clicks_before, registrations, ftds, ftds_before, seconds, ftds_month)
    select "partnerId", clicks, "clicksBefore", registrations, ftds, "ftdsBefore", seconds, "ftdsMonth" from said
    on conflict (partner_id) do update set clicks = excluded.clicks, clicks_before = excluded.clicks_before,
      registrations = excluded.registrations, ftds = excluded.ftds, ftds_before = excluded.ftds_before, seconds = excluded.seconds,
      ftds_month = excluded.ftds_month`.execute(db);
}
