import { sql } from "kysely";
import { partnersByEmails, partnersNamed } from "../../../partners/index.ts";
import type { ImportWork } from "../contracts.ts";
import { madeOf } from "../store/made.ts";
import { stageOf } from "../store/records.ts";

/** A partner that a row names: one of ours, or one that this import is going to make. */
export type PartnerReference = { readonly partnerId: string } | "planned";

/**
 * Whom the names mean: ids of the other platform first, then our own ids and codes, then e-mail addresses that only one partner has.
 */
export async function resolvePartners(
  work: ImportWork,
  names: readonly string[],
): Promise<ReadonlyMap<string, PartnerReference>> {
  const wanted = [...new Set(names.filter((name) => name !== ""))];
  const found = new Map<string, PartnerReference>();
  if (wanted.length === 0) return found;
  const { db } = work.ctx;
  for (const [name, made] of await madeOf(db, originOf(work), stageOf("partner"), wanted))
    if (!made.undone) found.set(name, { partnerId: made.target_id });
  for (const name of await planned(work, open(wanted, found))) found.set(name, "planned");
  for (const [name, partnerId] of await partnersNamed(db, open(wanted, found))) found.set(name, { partnerId });
  const mails = open(wanted, found).filter((name) => name.includes("@"));
  const byMail = await soleByEmail(work, mails);
  for (const name of mails) {
    const partnerId = byMail.get(lower(name));
    if (partnerId !== undefined) found.set(name, { partnerId });
  }
  return found;
}

/** Partners by an e-mail address that no other one has. */
export async function soleByEmail(work: ImportWork, emails: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await partnersByEmails(work.ctx.db, [...new Set(emails.filter((one) => one !== "").map(lower))]);
  const byMail = new Map<string, string | null>();
  for (const { email, partnerId } of found) byMail.set(lower(email), byMail.has(lower(email)) ? null : partnerId);
  return new Map(
    [...byMail].flatMap(([email, partnerId]) => (partnerId === null ? [] : [[email, partnerId] as const])),
  );
}

async function planned(work: ImportWork, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const { rows } = await sql<{ external_id: string }>`
    select distinct external_id from integrations.record where import_id = ${work.row.import_id} and stage = ${stageOf("partner")}
      and external_id = any(${[...names]}::text[]) and action in ('create', 'change', 'join', 'restore', 'same')`.execute(
    work.ctx.db,
  );
  return rows.map((row) => row.external_id);
}

export function originOf(work: ImportWork): { readonly programId: string; readonly vendor: string } {
  return { programId: work.row.program_id, vendor: work.row.vendor };
}

function open(names: readonly string[], found: ReadonlyMap<string, unknown>): string[] {
  return names.filter((name) => !found.has(name));
}

function lower(text: string): string {
  return text.toLowerCase();
}
