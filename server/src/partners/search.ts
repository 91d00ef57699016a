import { type Actor, can, reach } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { forgiven, formsOf, slips } from "./core/spelling.ts";
import * as store from "./store/search.ts";

/** A partner or a contact that was found by its words. */
export interface FoundRecord {
  readonly kind: "partner" | "contact";
  readonly id: string;
  readonly partnerId: string;
  readonly title: string;
  readonly detail: string;
  /** Slips and missing endings between what was typed and what stands there; 0 is exact. */
  readonly distance: number;
}

/** Enough to rank the best from, few enough to be read at once. */
const LOOKED_AT = 60;
const MOST_WORDS = 40;

/**
 * Partners and contacts by words of their name, legal name, code, website and e-mail, in any order, in any case, with or without accents, in
 * Latin, Cyrillic or Greek letters; the last word may be unfinished, and every word may hold a slip or two. Exact ones first.
 */
export async function searchPeople(
  ctx: Context,
  actor: Actor,
  text: string,
  limit: number,
): Promise<readonly FoundRecord[]> {
  if (actor.partnerId !== undefined || !can(actor, "partners.read")) return [];
  const typed = await store.wordsTyped(ctx.db, text);
  const last = typed.at(-1);
  if (last === undefined) return [];
  const begun = last.length >= 2 ? await store.wordsBegunBy(ctx.db, last) : [];
  const exact = typed.map((word, at) => (at === typed.length - 1 ? [word, ...begun] : [word]));
  const found = await look(ctx, actor, typed, exact, limit);
  if (found.length >= limit) return found;
  const meant = await wordsMeant(ctx, typed, exact);
  if (meant.every((words, at) => words.length === exact[at]?.length)) return found;
  const known = new Set(found.map((one) => one.id));
  const more = (await look(ctx, actor, typed, meant, limit)).filter((one) => !known.has(one.id));
  return [...found, ...more].slice(0, limit);
}

/** For every typed word the words of the dictionary that may be meant, nearest first. */
async function wordsMeant(ctx: Context, typed: readonly string[], exact: readonly (readonly string[])[]) {
  const forms = typed.map((word) => (forgiven(word) > 0 ? formsOf(word) : []));
  const alike = await store.wordsAlike(ctx.db, forms);
  const long = typed.flatMap((word, place) => (word.length >= 7 ? [store.wordsLike(ctx.db, place, word)] : []));
  const candidates = [...alike, ...(await Promise.all(long)).flat()];
  return typed.map((word, place) => {
    const most = forgiven(word);
    const ranked = candidates
      .filter((one) => one.place === place)
      .map((one) => ({ ...one, apart: slips(word, one.word, most) }))
      .filter((one) => one.apart <= most)
      .sort((a, b) => a.apart - b.apart || Number(b.uses - a.uses))
      .slice(0, MOST_WORDS);
    return [...new Set([...(exact[place] ?? []), ...ranked.map((one) => one.word)])];
  });
}

async function look(
  ctx: Context,
  actor: Actor,
  typed: readonly string[],
  wanted: readonly (readonly string[])[],
  limit: number,
): Promise<FoundRecord[]> {
  const within = reach(actor, "partners.read");
  const [partners, contacts] = await Promise.all([
    store.partnersHolding(ctx.db, within, wanted, LOOKED_AT),
    store.contactsHolding(ctx.db, within, wanted, LOOKED_AT),
  ]);
  const found = [
    ...partners.map((row) => ({
      kind: "partner" as const,
      id: row.partner_id,
      partnerId: row.partner_id,
      title: row.name,
      detail: row.code,
      distance: distanceOf(typed, row.words),
    })),
    ...contacts.map((row) => ({
      kind: "contact" as const,
      id: row.contact_id,
      partnerId: row.partner_id,
      title: row.name,
      detail: `${row.partner_name} · ${row.email}`,
      distance: distanceOf(typed, row.words),
    })),
  ];
  return found.sort((a, b) => a.distance - b.distance || byText(a.title, b.title)).slice(0, limit);
}

/** Sum over the typed words of how far the nearest word of the record lies; an ending that was not typed yet counts half a slip. */
function distanceOf(typed: readonly string[], words: readonly string[]): number {
  return typed.reduce((sum, word) => {
    const apart = words.map((one) => (one.startsWith(word) ? (one === word ? 0 : 0.5) : slips(word, one, 3)));
    return sum + Math.min(4, ...apart);
  }, 0);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The job's work: words written since the last time can be found with slips in them. @returns how many records were looked at */
export async function learnWords(ctx: Context): Promise<number> {
  for (let all = 0; ; ) {
    const seen = await store.learn(ctx.db);
    all += seen;
    if (seen === 0) return all;
  }
}
