import { sql } from "kysely";
import type { Context } from "../database/index.ts";

export interface LeadData {
  readonly lead_id: string;
  readonly status: string;
  readonly partner_id: string | null;
  readonly name: string;
  readonly contact_name: string;
  readonly email: string;
  readonly phone: string;
  readonly website: string;
  readonly handles: unknown;
  readonly answers: unknown;
  readonly note: string;
  readonly created_at: Date;
}

/** Leads by their id or e-mail (lower case), with everything that is kept about the person. */
export async function leadData(
  ctx: Context,
  of: { readonly ids: readonly string[]; readonly emails: readonly string[] },
): Promise<readonly LeadData[]> {
  const { rows } = await sql<LeadData>`
    select lead_id, status, partner_id, name, contact_name, email, phone, website, handles, answers, note, created_at from pipeline.lead
     where lead_id = any(${[...of.ids]}) or (email <> '' and lower(email) = any(${[...of.emails]}))`.execute(ctx.db);
  return rows;
}

/** What was said with a person: by lead, or in mails to and from these addresses. */
export async function conversations(
  ctx: Context,
  of: { readonly leadIds: readonly string[]; readonly emails: readonly string[] },
) {
  const { rows } = await sql<{ activity_id: string; kind: string; at: Date; subject: string; body: string }>`
    select activity_id, kind, at, subject, body from pipeline.activity
     where lead_id = any(${[...of.leadIds]}) or people && ${[...of.emails]}::text[] order by at, activity_id`.execute(
    ctx.db,
  );
  return rows;
}

export async function eraseLeads(
  tx: Context,
  of: { readonly leadIds: readonly string[]; readonly emails: readonly string[] },
  pseudonym: string,
): Promise<void> {
  const ids = [...of.leadIds];
  const emails = [...of.emails];
  await sql`
    update pipeline.lead set name = ${pseudonym}, contact_name = '', email = '', phone = '', website = '', handles = '[]', answers = '{}', note = '',
      name_key = '', email_key = null, domain_key = null, host_key = null, phone_key = null, handle_keys = '{}', confirm_hash = null, revision = revision + 1
     where lead_id = any(${ids})`.execute(tx.db);
  await sql`
    update pipeline.activity set subject = '', body = '', people = '{}'
     where lead_id = any(${ids}) or people && ${emails}::text[]`.execute(tx.db);
  await sql`
    delete from pipeline.message where lower(sender) = any(${emails}) or recipients && ${emails}::text[]`.execute(
    tx.db,
  );
}

/** Leads that were lost before an instant and still name somebody. */
export async function oldLostLeads(ctx: Context, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ lead_id: string }>`
    select lead_id from pipeline.lead where status = 'lost' and ended_at < ${before} and name_key <> '' order by lead_id limit ${limit}`.execute(
    ctx.db,
  );
  return rows.map((row) => row.lead_id);
}
