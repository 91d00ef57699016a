import { type RawBuilder, sql } from "kysely";
import type { Reach } from "../../access/index.ts";
import { arrayLiteral, type Db } from "../../database/index.ts";

/** A word of the dictionary that may be meant by a word that was typed. */
export interface Candidate {
  readonly place: number;
  readonly word: string;
  /** About how many records hold it. */
  readonly uses: bigint;
}

export interface FoundPartner {
  readonly partner_id: string;
  readonly name: string;
  readonly code: string;
  readonly status: string;
  readonly words: string[];
}

export interface FoundContact {
  readonly contact_id: string;
  readonly partner_id: string;
  readonly name: string;
  readonly email: string;
  readonly partner_name: string;
  readonly words: string[];
}

/** What was typed, as the words that the index holds, in their order. */
export async function wordsTyped(db: Db, text: string): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select word from unnest(partners.words_of(partners.fold(${text}))) with ordinality as typed(word, place)
     where length(word) between 2 and 40 order by place limit 8`.execute(db);
  return rows.map((row) => row.word);
}

/** Most words of the dictionary that one typed word is taken to begin. */
const MOST_BEGUN = 60;

/** Words that begin as the last one typed does: people look while they type. */
export async function wordsBegunBy(db: Db, start: string): Promise<string[]> {
  const { rows } = await sql<{ word: string }>`
    select word from partners.search_word where word >= ${start} and word < ${`${start}~`}
     order by uses desc limit ${MOST_BEGUN}`.execute(db);
  return rows.map((row) => row.word);
}

/** Words that share a form with a typed one (see {@link formsOf}). @param forms per typed word */
export async function wordsAlike(db: Db, forms: readonly (readonly string[])[]): Promise<Candidate[]> {
  const asked = forms.flatMap((all, place) => all.map((form) => ({ place, form })));
  if (asked.length === 0) return [];
  const { rows } = await sql<Candidate>`
    select distinct asked.place, known.word, known.uses
      from unnest(${asked.map((one) => one.place)}::int[], ${asked.map((one) => one.form)}::text[]) as asked(place, form)
      join partners.search_typo typo on typo.form = asked.form collate "C"
      join partners.search_word known on known.word = typo.word`.execute(db);
  return rows;
}

/** Long words that look alike though more than one slip lies between them. */
export async function wordsLike(db: Db, place: number, word: string): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select ${place}::int as place, word, uses from partners.search_word where word operator(public.%) ${word}
     order by public.similarity(word, ${word}) desc limit 20`.execute(db);
  return rows;
}

const PARTNER_WORDS = sql`partners.partner_words(p.name, p.legal_name, p.code, p.website, p.email)`;
const CONTACT_WORDS = sql`partners.contact_words(c.name, c.email)`;

/** Every typed word stands there as one of its candidates. */
function holds(words: RawBuilder<unknown>, wanted: readonly (readonly string[])[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.join(
    wanted.map((one) => sql`${words} && ${[...one]}::text[]`),
    sql` and `,
  )}`;
}

export async function partnersHolding(
  db: Db,
  within: Reach,
  wanted: readonly (readonly string[])[],
  limit: number,
): Promise<FoundPartner[]> {
  const { rows } = await sql<FoundPartner>`
    select p.partner_id, p.name, p.code, p.status, ${PARTNER_WORDS} as words from partners.partner p
     where ${holds(PARTNER_WORDS, wanted)} and ${seen(within)} limit ${limit}`.execute(db);
  return rows;
}

export async function contactsHolding(
  db: Db,
  within: Reach,
  wanted: readonly (readonly string[])[],
  limit: number,
): Promise<FoundContact[]> {
  const own = await portfolioOf(db, within);
  const reached = own === undefined ? seen(within) : sql<boolean>`c.partner_id = any(${own}::text[])`;
  const { rows } = await sql<FoundContact>`
    select c.contact_id, c.partner_id, c.name, c.email, p.name as partner_name, ${CONTACT_WORDS} as words
      from partners.contact c join partners.partner p using (partner_id)
     where ${holds(CONTACT_WORDS, wanted)} and ${reached} limit ${limit}`.execute(db);
  return rows;
}

/** Of more partners than this a contact is found sooner by its words alone. */
const MOST_OWN = 3000;

/**
 * The partners of somebody who sees only its own. A usual word stands in tens of thousands of contacts: both indexes together find the few that are in
 * reach, where the words alone would have each of them read and thrown away. Undefined: of a wider reach.
 */
async function portfolioOf(db: Db, within: Reach): Promise<string | undefined> {
  if (within.everything || within.regionIds.length > 0 || within.programIds.length > 0) return undefined;
  const { rows } = await sql<{ id: string }>`
    select p.partner_id as id from partners.partner p where p.owner_user_id = any(${[...within.ownerUserIds]})
    union select p.partner_id from partners.partner p where p.partner_id = any(${[...within.partnerIds]}) limit ${MOST_OWN + 1}`.execute(
    db,
  );
  return rows.length > MOST_OWN ? undefined : arrayLiteral(rows.map((row) => row.id));
}

function seen(within: Reach): RawBuilder<boolean> {
  if (within.everything) return sql<boolean>`true`;
  return sql<boolean>`(p.partner_id = any(${[...within.partnerIds]}) or p.region_id = any(${[...within.regionIds]})
    or p.owner_user_id = any(${[...within.ownerUserIds]})
    or exists (select from partners.participation a where a.partner_id = p.partner_id and a.program_id = any(${[...within.programIds]})))`;
}

/** Takes the words of some thousand new records into the dictionary. @returns how many records it took */
export async function learn(db: Db): Promise<number> {
  const { rows } = await sql<{ learned: bigint }>`select partners.learn_words() as learned`.execute(db);
  return Number(rows[0]?.learned ?? 0n);
}

/** Takes words out of the dictionary that stand nowhere any more, e.g. after somebody was erased. */
export async function unlearn(db: Db, texts: readonly string[]): Promise<void> {
  await sql`
    with gone as (
      delete from partners.search_word known using (select distinct unnest(partners.words_of(${texts.join(" ")})) as word) old
       where known.word = old.word collate "C"
         and not exists (select from partners.partner p where ${PARTNER_WORDS} && array[old.word])
         and not exists (select from partners.contact c where ${CONTACT_WORDS} && array[old.word])
      returning known.word)
    delete from partners.search_typo typo using gone where typo.word = gone.word`.execute(db);
}
