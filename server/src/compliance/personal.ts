import { sql } from "kysely";
import { type Actor, personOf } from "../access/index.ts";
import { type Context, openFile, transact, type Vault } from "../database/index.ts";
import { insertLook } from "./store/documents.ts";

/** Years for which due diligence is kept after somebody is no longer with a partner (Directive (EU) 2015/849, article 40). */
export const YEARS_KEPT = 5;

export interface RelatedPersonData {
  readonly person_id: string;
  readonly partner_id: string;
  readonly kind: string;
  readonly role: string;
  readonly name: string;
  readonly birth: string;
  readonly country: string | null;
  readonly identifier: string;
  readonly note: string;
  readonly created_at: Date;
  readonly ended_at: Date | null;
  readonly documents: bigint;
  readonly hits: bigint;
}

/** People behind partners with everything that is kept about them; documents and hits are counted. */
export async function relatedPersonData(ctx: Context, ids: readonly string[]): Promise<readonly RelatedPersonData[]> {
  const { rows } = await sql<RelatedPersonData>`
    select p.person_id, p.partner_id, p.kind, p.role, p.name, p.birth, p.country, p.identifier, p.note, p.created_at, p.ended_at,
      (select count(*) from compliance.document d where d.person_id = p.person_id) as documents,
      (select count(*) from compliance.hit h where h.subject_id = p.person_id) as hits
      from compliance.related_person p where p.person_id = any(${[...ids]})`.execute(ctx.db);
  return rows;
}

/** Records of documents about a person. */
export async function documentsAbout(ctx: Context, personIds: readonly string[]) {
  const { rows } = await sql<Record<string, unknown>>`
    select document_id, partner_id, person_id, kind, state, file_name, media_type, sha256, number, issued_on, expires_on, name_on_it, uploaded_at, gone_at
      from compliance.document where person_id = any(${[...personIds]}) order by document_id`.execute(ctx.db);
  return rows;
}

/** The files of these documents as they came in, as far as they are still there. Each is noted as a look, with its reason. */
export async function filesAbout(
  ctx: Context,
  actor: Actor,
  vault: Vault,
  personIds: readonly string[],
  purpose: string,
): Promise<readonly { readonly name: string; readonly bytes: Buffer }[]> {
  const { rows } = await sql<{
    id: string;
    partner: string;
    name: string;
    key: string;
    sha256: string;
    sealed: Buffer;
  }>`
    select d.document_id as id, d.partner_id as partner, d.file_name as name, d.sealed_key as key, d.sha256, f.bytes as sealed
      from compliance.document d join compliance.document_file f using (document_id)
     where d.person_id = any(${[...personIds]}) and d.sealed_key is not null order by 1`.execute(ctx.db);
  return await transact(ctx, async (tx) => {
    const files = [];
    for (const { id, partner, name, key, sha256, sealed } of rows) {
      const bytes = openFile(vault, id, { bytes: sealed, sealedKey: key, sha256 });
      await insertLook(tx.db, {
        ...{ document_id: id, partner_id: partner, viewer_id: personOf(actor), viewer_name: actor.name },
        ...{ purpose, seen_at: tx.clock.now() },
      });
      files.push({ name: `${id}-${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, "_")}`, bytes });
    }
    return files;
  });
}

/** May the person be erased, or does the law still want it kept? */
export function mayForget(person: Pick<RelatedPersonData, "ended_at">, now: Date): boolean {
  if (person.ended_at === null) return false;
  const until = new Date(person.ended_at);
  until.setUTCFullYear(until.getUTCFullYear() + YEARS_KEPT);
  return until <= now;
}

export async function eraseRelatedPersons(tx: Context, ids: readonly string[], pseudonym: string): Promise<void> {
  await sql`
    update compliance.related_person set name = ${pseudonym}, birth = '', identifier = '', note = '', revision = revision + 1
     where person_id = any(${[...ids]})`.execute(tx.db);
  await sql`delete from compliance.subject where subject_id = any(${[...ids]})`.execute(tx.db);
  await sql`update compliance.hit set subject_name = ${pseudonym}, asked = '{}' where subject_id = any(${[...ids]})`.execute(
    tx.db,
  );
  await sql`
    update compliance.document set sealed_key = null, gone_at = coalesce(gone_at, ${tx.clock.now()}), number = '', name_on_it = '', file_name = 'erased'
     where person_id = any(${[...ids]})`.execute(tx.db);
  await sql`
    delete from compliance.document_file f using compliance.document d where d.document_id = f.document_id and d.person_id = any(${[...ids]})`.execute(
    tx.db,
  );
}
