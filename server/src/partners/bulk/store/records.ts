import { sql } from "kysely";
import { arrayLiteral, type Db } from "../../../database/index.ts";
import type { ContactNow } from "../core/decide-contact.ts";
import type { PartnerNow } from "../core/decide-partner.ts";

/** Columns of a partner that bulk changes write, by field. */
export const PARTNER_COLUMNS: Readonly<Record<string, string>> = {
  name: "name",
  legalName: "legal_name",
  kind: "kind",
  region: "region_id",
  country: "country",
  language: "language",
  email: "email",
  website: "website",
  phone: "phone",
  taxNumber: "tax_number",
  entity: "entity",
  owner: "owner_user_id",
  deputy: "deputy_user_id",
  tags: "tags",
  allowedCountries: "allowed_countries",
  blockedCountries: "blocked_countries",
  note: "note",
};
export const CONTACT_COLUMNS: Readonly<Record<string, string>> = {
  name: "name",
  email: "email",
  phone: "phone",
  role: "role",
  roles: "roles",
  leftOn: "left_on",
};

export type StoredPartner = Readonly<Record<string, unknown>> & {
  readonly partner_id: string;
  readonly code: string;
  readonly revision: number;
  readonly region_id: string | null;
  readonly owner_user_id: string | null;
  readonly deputy_user_id: string | null;
  readonly parent_partner_id: string | null;
  readonly merged_into: string | null;
  readonly kind: string;
  readonly status: string;
  readonly country: string | null;
  readonly tags: readonly string[];
  readonly email: string;
};

/** Partners by ids, codes and addresses (all in lower case). */
export async function partnersCalled(
  db: Db,
  keys: { readonly ids: readonly string[]; readonly codes: readonly string[]; readonly emails: readonly string[] },
): Promise<readonly StoredPartner[]> {
  const { rows } = await sql<StoredPartner>`
    select p.* from partners.partner p where p.partner_id = any(${arrayLiteral(keys.ids)}::text[])
    union
    select p.* from partners.partner p where p.code = any(${arrayLiteral(keys.codes)}::text[])
    union
    select p.* from partners.partner p where p.email <> '' and lower(p.email) = any(${arrayLiteral(keys.emails)}::text[])`.execute(
    db,
  );
  return rows;
}

/** Partners, locked until the transaction ends. */
export async function lockPartners(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, StoredPartner>> {
  const { rows } = await sql<StoredPartner>`
    select * from partners.partner where partner_id = any(${arrayLiteral(ids)}::text[]) order by partner_id for update`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.partner_id, row]));
}

export function partnerNow(row: StoredPartner, fields: Readonly<Record<string, unknown>> = {}): PartnerNow {
  const values: Record<string, unknown> = { status: row.status, parent: row.parent_partner_id };
  for (const [field, column] of Object.entries(PARTNER_COLUMNS)) values[field] = row[column];
  for (const [key, value] of Object.entries(fields)) values[`field:${key}`] = value;
  return {
    partnerId: row.partner_id,
    revision: row.revision,
    merged: row.merged_into !== null,
    regionId: row.region_id,
    ownerUserId: row.owner_user_id,
    values,
  };
}

/** Values of custom fields of many partners, by partner and key. */
export async function fieldValues(
  db: Db,
  ids: readonly string[],
  keys: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const found = new Map<string, Record<string, unknown>>();
  if (ids.length === 0 || keys.length === 0) return found;
  const { rows } = await sql<{ partner_id: string; key: string; value: unknown }>`
    select v.partner_id, f.key, v.value from partners.field_value v join partners.field f using (field_id)
    where v.partner_id = any(${arrayLiteral(ids)}::text[]) and f.key = any(${arrayLiteral(keys)}::text[])`.execute(db);
  for (const row of rows) {
    const own = found.get(row.partner_id) ?? {};
    own[row.key] = row.value;
    found.set(row.partner_id, own);
  }
  return found;
}

type Columns = Readonly<Record<string, unknown>>;

/** Makes partners whose code is free; the codes that were. */
export async function insertPartners(db: Db, rows: readonly Columns[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const names = sql.raw(`${Object.values(PARTNER_COLUMNS).join(", ")}, partner_id, code, status, created_at, revision`);
  const { rows: made } = await sql<{ code: string }>`
    insert into partners.partner (${names})
    select ${names} from jsonb_populate_recordset(null::partners.partner, ${JSON.stringify(rows)}::jsonb)
    on conflict (code) do nothing returning code`.execute(db);
  return new Set(made.map((row) => row.code));
}

/** Writes all columns of partners that are locked, and counts their revision up. */
export async function writePartners(db: Db, rows: readonly Columns[]): Promise<void> {
  if (rows.length === 0) return;
  const sets = sql.raw(
    Object.values(PARTNER_COLUMNS)
      .map((column) => `${column} = n.${column}`)
      .join(", "),
  );
  await sql`
    update partners.partner p set ${sets}, revision = p.revision + 1
    from jsonb_populate_recordset(null::partners.partner, ${JSON.stringify(rows)}::jsonb) n
    where p.partner_id = n.partner_id`.execute(db);
}

export interface FieldWrite {
  readonly partner_id: string;
  readonly key: string;
  /** null empties it */
  readonly value: unknown;
}

export async function writeFields(db: Db, writes: readonly FieldWrite[], by: string, at: Date): Promise<void> {
  if (writes.length === 0) return;
  const [gone, put] = [writes.filter((one) => one.value === null), writes.filter((one) => one.value !== null)];
  if (put.length > 0)
    await sql`
      insert into partners.field_value (partner_id, field_id, value, changed_by, changed_at)
      select n.partner_id, f.field_id, n.value, ${by}, ${at}
      from jsonb_to_recordset(${JSON.stringify(put)}::jsonb) as n(partner_id text, key text, value jsonb)
      join partners.field f on f.key = n.key
      on conflict (partner_id, field_id) do update set value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at`.execute(
      db,
    );
  if (gone.length > 0)
    await sql`
      delete from partners.field_value v using jsonb_to_recordset(${JSON.stringify(gone)}::jsonb) as n(partner_id text, key text), partners.field f
      where f.key = n.key and v.field_id = f.field_id and v.partner_id = n.partner_id`.execute(db);
}

export interface TraitsBefore {
  readonly partner_id: string;
  readonly kind: string;
  readonly status: string;
  readonly country: string | null;
  readonly tags: readonly string[];
}

/** What partners at work were before a day; of several changes of a day the first says it. */
export async function noteTraitsBefore(db: Db, rows: readonly TraitsBefore[], day: string): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into partners.attribute_period (partner_id, valid_to, kind, status, country, tags)
    select n.partner_id, ${day}::date, n.kind, n.status, n.country, n.tags
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(partner_id text, kind text, status text, country text, tags text[])
    on conflict do nothing`.execute(db);
}

type StoredContact = Readonly<Record<string, unknown>> & {
  readonly contact_id: string;
  readonly partner_id: string;
  readonly email: string;
  readonly stamp: string;
};

const STAMP = sql.raw(
  "md5(concat_ws(chr(31), c.partner_id, c.name, c.email, c.phone, c.role, c.roles::text, c.signatory::text, c.left_on::text)) as stamp",
);

export async function contactsCalled(
  db: Db,
  keys: { readonly ids: readonly string[]; readonly emails: readonly string[] },
): Promise<readonly StoredContact[]> {
  const { rows } = await sql<StoredContact>`
    select c.*, ${STAMP} from partners.contact c
    where c.contact_id = any(${arrayLiteral(keys.ids)}::text[]) or lower(c.email) = any(${arrayLiteral(keys.emails)}::text[])`.execute(
    db,
  );
  return rows;
}

export async function lockContacts(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, StoredContact>> {
  const { rows } = await sql<StoredContact>`
    select c.*, ${STAMP} from partners.contact c where c.contact_id = any(${arrayLiteral(ids)}::text[])
    order by c.contact_id for update`.execute(db);
  return new Map(rows.map((row) => [row.contact_id, row]));
}

export function contactNow(row: StoredContact): ContactNow {
  const values: Record<string, unknown> = {};
  for (const [field, column] of Object.entries(CONTACT_COLUMNS)) values[field] = row[column];
  return { contactId: row.contact_id, partnerId: row.partner_id, stamp: row.stamp, values };
}

export async function insertContacts(db: Db, rows: readonly Columns[]): Promise<void> {
  if (rows.length === 0) return;
  const names = sql.raw(
    `${Object.values(CONTACT_COLUMNS).join(", ")}, contact_id, partner_id, created_at, signatory, primary_for`,
  );
  await sql`
    insert into partners.contact (${names})
    select ${names} from jsonb_populate_recordset(null::partners.contact, ${JSON.stringify(rows)}::jsonb)`.execute(db);
}

/** Writes all columns of contacts that are locked; the right to sign is the role of that name. */
export async function writeContacts(db: Db, rows: readonly Columns[]): Promise<void> {
  if (rows.length === 0) return;
  const sets = sql.raw(
    Object.values(CONTACT_COLUMNS)
      .map((column) => `${column} = n.${column}`)
      .join(", "),
  );
  await sql`
    update partners.contact c set ${sets}, signatory = 'signatory' = any(n.roles),
      primary_for = array(select one from unnest(c.primary_for) one where one = any(n.roles))
    from jsonb_populate_recordset(null::partners.contact, ${JSON.stringify(rows)}::jsonb) n where c.contact_id = n.contact_id`.execute(
    db,
  );
}

/** Removes what was made and what nothing stands on; the ids that went. */
export async function removeUnused(
  db: Db,
  kind: "partner" | "contact",
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{
    id: string;
  }>`select id from partners.remove_unused(${kind}, ${arrayLiteral(ids)}::text[]) as id`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** Tells of many changes at once, with the commit. */
export async function tellChanges(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`select pg_notify('tributary_changes', 'partners:' || id) from unnest(${arrayLiteral(ids)}::text[]) id`.execute(
    db,
  );
}
