import { type RawBuilder, sql } from "kysely";
import type { Db } from "../../database/index.ts";
import type { Values } from "../core/conditions.ts";

/** A record as rules see it. */
export interface SeenRecord {
  readonly id: string;
  readonly name: string;
  readonly partnerId: string | null;
  readonly programId: string | null;
  readonly values: Values;
}

function text(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}

/** Partners in the order of their ids: the next `limit` after one, or those named. */
export async function partnerRecords(
  db: Db,
  choice: { readonly after: string; readonly limit: number } | { readonly ids: readonly string[] },
): Promise<readonly SeenRecord[]> {
  const base = db.selectFrom("governance.partner_record").selectAll();
  const query =
    "ids" in choice
      ? base.where(sql<boolean>`partner_id = any(${[...choice.ids]}::text[])`)
      : base.where("partner_id", ">", choice.after).limit(choice.limit);
  const rows = await query.orderBy("partner_id").execute();
  return rows.map((row) => ({
    id: row.partner_id ?? "",
    name: row.name ?? "",
    partnerId: row.partner_id,
    programId: null,
    values: {
      code: row.code,
      name: row.name,
      legalName: row.legal_name,
      kind: row.kind,
      status: row.status,
      region: row.region_id,
      country: row.country,
      language: row.language,
      email: row.email,
      website: row.website,
      owner: row.owner_user_id,
      deputy: row.deputy_user_id,
      entity: row.entity,
      parent: row.parent_partner_id,
      tags: row.tags ?? [],
      note: row.note,
      contacts: row.contacts,
      signatories: row.signatories,
      programs: row.programs,
      links: row.links,
      createdAt: text(row.created_at),
      activatedAt: text(row.activated_at),
      changedAt: text(row.changed_at),
    },
  }));
}

/** Contacts of partners whose ids lie in a range (both inclusive), or of those named. */
export async function contactRecords(
  db: Db,
  choice: { readonly from: string; readonly to: string } | { readonly ids: readonly string[] },
): Promise<readonly SeenRecord[]> {
  const base = db.selectFrom("governance.contact_record").selectAll();
  const query =
    "ids" in choice
      ? base.where(sql<boolean>`partner_id = any(${[...choice.ids]}::text[])`)
      : base.where("partner_id", ">=", choice.from).where("partner_id", "<=", choice.to);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.contact_id ?? "",
    name: row.name ?? "",
    partnerId: row.partner_id,
    programId: null,
    values: {
      name: row.name,
      email: row.email,
      phone: row.phone,
      role: row.role,
      signatory: row.signatory ?? false,
      createdAt: text(row.created_at),
    },
  }));
}

export async function offerRecords(db: Db): Promise<readonly SeenRecord[]> {
  const rows = await db.selectFrom("governance.offer_record").selectAll().execute();
  return rows.map((row) => ({
    id: row.offer_id ?? "",
    name: row.name ?? "",
    partnerId: null,
    programId: row.program_id,
    values: {
      code: row.code,
      name: row.name,
      status: row.status,
      description: row.description,
      landingUrl: row.landing_url,
      owner: row.owner_user_id,
      tags: row.tags ?? [],
      countries: row.allowed_countries ?? [],
      endsAt: text(row.ends_at),
      createdAt: text(row.created_at),
    },
  }));
}

const VIEWS = {
  partner: sql`governance.partner_seat_text`,
  contact: sql`governance.contact_record`,
  offer: sql`governance.offer_record`,
} as const;
/** Text columns that may have to be unique; others are no matter of uniqueness. */
const COLUMNS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  partner: { name: "name", legalName: "legal_name", email: "email", website: "website", code: "code" },
  contact: { name: "name", email: "email", phone: "phone" },
  offer: { name: "name", code: "code", landingUrl: "landing_url" },
};
const IDS = { partner: "partner_id", contact: "contact_id", offer: "offer_id" } as const;
export type Compare = "exact" | "lower" | "letters" | "host";

export function mayBeUnique(record: keyof typeof VIEWS, field: string): boolean {
  return COLUMNS[record]?.[field] !== undefined;
}

/** Records that have a value another one has too. @param ids only these, and whoever shares with them */
export async function sharedRecords(
  db: Db,
  record: keyof typeof VIEWS,
  field: string,
  compare: Compare,
  ids: readonly string[] | undefined,
): Promise<ReadonlySet<string>> {
  const column = sql.ref(COLUMNS[record]?.[field] ?? "name");
  const id = sql.ref(IDS[record]);
  const value = comparable(column, compare);
  const from = VIEWS[record];
  // Their values first, then whoever has one of them: by the index of the values, not by reading everybody.
  const wanted =
    ids === undefined
      ? undefined
      : await valuesOf(
          db,
          sql<{
            value: string;
          }>`select ${value} as value from ${from} where ${id} = any(${[...ids]}) and ${column} <> ''`,
        );
  if (wanted?.length === 0) return new Set();
  const narrowed = wanted === undefined ? sql`true` : sql`${value} = any(${wanted}::text[])`;
  const { rows } = await sql<{ id: string }>`
    with keyed as materialized (select ${id} as id, ${value} as value from ${from} where ${column} <> '' and ${narrowed}),
    shared as (select value from keyed where value <> '' group by value having count(*) > 1)
    select keyed.id from keyed join shared using (value)`.execute(db);
  return new Set(rows.map((row) => row.id));
}

async function valuesOf(db: Db, query: RawBuilder<{ value: string }>): Promise<readonly string[]> {
  const { rows } = await query.execute(db);
  return [...new Set(rows.map((row) => row.value).filter((value) => value !== ""))];
}

function comparable(column: ReturnType<typeof sql.ref>, compare: Compare) {
  if (compare === "exact") return sql`${column}`;
  if (compare === "lower") return sql`lower(btrim(${column}))`;
  if (compare === "letters") return sql`lower(regexp_replace(${column}, '[^[:alnum:]]', '', 'g'))`;
  return sql`lower(regexp_replace(regexp_replace(${column}, '^[a-zA-Z]+://(www\\.)?', ''), '[/?#].*$', ''))`;
}
