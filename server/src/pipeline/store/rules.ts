import type { RoutingRule, SourceRule } from "@tributary/contract";
import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../database/index.ts";

type Kind = "routing" | "source";

export interface RuleVersion<Rule> {
  readonly version: number;
  readonly rules: readonly Rule[];
  readonly note: string;
  readonly createdAt: Date | null;
  readonly createdBy: string;
}

async function rulesOf<Rule>(db: Db, kind: Kind, version?: number): Promise<RuleVersion<Rule>> {
  let query = db.selectFrom("pipeline.rule_version").selectAll().where("kind", "=", kind).orderBy("version", "desc");
  if (version !== undefined) query = query.where("version", "=", version);
  const row = await query.limit(1).executeTakeFirst();
  if (row === undefined) return { version: 0, rules: [], note: "", createdAt: null, createdBy: "" };
  const rules = row.rules as unknown as readonly Rule[];
  return { version: row.version, rules, note: row.note, createdAt: row.created_at, createdBy: row.created_name };
}

export const routingRules = (db: Db, version?: number) => rulesOf<RoutingRule>(db, "routing", version);
export const sourceRules = (db: Db, version?: number) => rulesOf<SourceRule>(db, "source", version);

export async function insertRules(
  db: Db,
  kind: Kind,
  version: number,
  rules: readonly unknown[],
  about: { readonly note: string; readonly at: Date; readonly by: string; readonly name: string },
): Promise<void> {
  await db
    .insertInto("pipeline.rule_version")
    .values({
      kind,
      version,
      rules: JSON.stringify(rules),
      note: about.note,
      created_at: about.at,
      created_by: about.by,
      created_name: about.name,
    })
    .execute();
}

/** Whoever routes waits here: two leads at once would be given to the same "fewest". */
export async function lockRouting(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('pipeline.routing'))`.execute(db);
}

export async function turnsTaken(db: Db): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const rows = await db.selectFrom("pipeline.turn").selectAll().execute();
  const found = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const people = found.get(row.rule_name) ?? new Map<string, number>();
    people.set(row.user_id, Number(row.given));
    found.set(row.rule_name, people);
  }
  return found;
}

export async function noteTurn(
  db: Db,
  turn: { readonly rule: string; readonly userId: string; readonly given: number },
) {
  const given = BigInt(turn.given);
  await db
    .insertInto("pipeline.turn")
    .values({ rule_name: turn.rule, user_id: turn.userId, given })
    .onConflict((conflict) => conflict.columns(["rule_name", "user_id"]).doUpdateSet({ given }))
    .execute();
}

export interface UnmatchedRow {
  readonly raw: string;
  readonly leads: number;
  readonly newest: Date;
}

/** Sources that no rule knew, with how many leads have them; the most frequent first. */
export async function unmatchedSources(db: Db, most: number): Promise<UnmatchedRow[]> {
  const { rows } = await sql<UnmatchedRow>`
    select source_raw as raw, count(*)::integer as leads, max(created_at) as newest from pipeline.lead
     where source is null and source_raw <> '' group by source_raw order by 2 desc, 3 desc limit ${most}`.execute(db);
  return rows;
}

export async function nameSources(
  db: Db,
  named: readonly { readonly raw: string; readonly source: string; readonly words: unknown }[],
): Promise<number> {
  if (named.length === 0) return 0;
  const done = await sql`
    update pipeline.lead l set source = n.source, source_words = n.words::jsonb, revision = revision + 1
      from unnest(${arrayLiteral(named.map((one) => one.raw))}::text[], ${arrayLiteral(named.map((one) => one.source))}::text[],
        ${arrayLiteral(named.map((one) => JSON.stringify(one.words)))}::text[]) as n(raw, source, words)
     where l.source is null and l.source_raw = n.raw`.execute(db);
  return Number(done.numAffectedRows ?? 0n);
}
