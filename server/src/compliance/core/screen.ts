import { agreementOf } from "./agreement.ts";
import { lettersOf } from "./distance.ts";
import { type Evidence, evidenceOf } from "./evidence.ts";
import type { Asked, EntityKind, ListEntry } from "./names.ts";
import { type Mode, modeOf, type NameToken, type ParsedName, parseName } from "./parse.ts";
import { type Rarity, scoreNames, weightOf } from "./score.ts";
import type { NameScore, Step } from "./steps.ts";
import { createWordIndex, type Effort, type WordIndex } from "./tokens-index.ts";

export interface Hit {
  readonly entry: ListEntry;
  /** which of its names was met */
  readonly listedName: string;
  /** an alias that the list itself calls weak */
  readonly weakAlias: boolean;
  /** 0 … 1: of the name, with what else is known */
  readonly score: number;
  readonly nameScore: number;
  readonly steps: readonly Step[];
  readonly evidence: readonly Evidence[];
}

export interface Screen {
  readonly entries: number;
  readonly names: number;
  /** Hits at or above `threshold`, the best first, one for each entry. */
  search(asked: Asked, threshold: number): readonly Hit[];
}

/** The score from which a name is looked at, and the one from which it is as good as certain; measured in docs/benchmarks.md. */
export const DEFAULT_THRESHOLD = 0.82;
export const MATCH_AT = 0.93;
const WEAK_ALIAS = -0.04;
const LOOKED_AT = 30;
const MODES: readonly Mode[] = ["person", "organization"];
const COMMON = 800;
const LEAST_COVER = 0.45;
const QUICK_COVER = 0.7;

interface IndexedName {
  readonly entry: ListEntry;
  readonly parsed: ParsedName;
  readonly listedName: string;
  readonly weak: boolean;
  readonly weight: number;
  /** it looks like a name of this mode, or the list says that it is one */
  readonly likely: boolean;
}

/** Puts lists into an index that answers thousands of names a second. Takes about 1 KB a name. */
export function createScreen(entries: Iterable<ListEntry>): Screen {
  const builders: Record<Mode, { index: WordIndex; names: IndexedName[] }> = {
    person: { index: createWordIndex(), names: [] },
    organization: { index: createWordIndex(), names: [] },
  };
  const byIdentifier = new Map<string, ListEntry[]>();
  let count = 0;
  for (const entry of entries) {
    count++;
    for (const number of entry.identifiers) byIdentifier.set(number, [...(byIdentifier.get(number) ?? []), entry]);
    for (const { text, weak } of entry.names) addName(builders, entry, text, weak);
  }
  const parts = {
    person: finish("person", builders.person),
    organization: finish("organization", builders.organization),
  };
  const names = builders.person.names.length + builders.organization.names.length;
  return { entries: count, names, search: (asked, threshold) => search(parts, byIdentifier, asked, threshold) };
}

function addName(
  builders: Record<Mode, { index: WordIndex; names: IndexedName[] }>,
  entry: ListEntry,
  text: string,
  weak: boolean,
): void {
  const known = modeOfKind(entry.kind);
  // where the list does not say what it is, the name is read both ways
  for (const mode of known === undefined ? MODES : [known]) {
    const { index, names } = builders[mode];
    const likely = known !== undefined || modeOf(text) === mode;
    for (const parsed of parseName(text, mode)) {
      if (parsed.tokens.length === 0) continue;
      const at = names.length;
      names.push({ entry, parsed, listedName: text, weak, weight: 0, likely });
      for (const { token, glued } of searchTokens(parsed)) index.add(token, at, glued);
    }
  }
}

export function modeOfKind(kind: EntityKind | undefined): Mode | undefined {
  if (kind === undefined || kind === "unknown") return undefined;
  return kind === "person" ? "person" : "organization";
}

/** The words of a name, neighbors written together, all written together, and its first letters. */
function searchTokens(name: ParsedName): { token: NameToken; glued: boolean }[] {
  const words = name.tokens.filter(({ role }) => role !== "stopword" && role !== "particle" && role !== "initial");
  const tokens = words.map((token) => ({ token, glued: false }));
  const glue = (parts: readonly NameToken[]) => {
    const first = parts[0] as NameToken;
    const join = (of: (token: NameToken) => string) => parts.map(of).join("");
    const sound = join((token) => token.sound);
    const sounds = {
      sound,
      letters: lettersOf(sound),
      plain: lettersOf(sound),
      skeleton: join(({ skeleton }) => skeleton),
    };
    tokens.push({
      token: { ...first, ...sounds, text: join(({ text }) => text), role: "name", given: undefined },
      glued: true,
    });
  };
  for (let at = 0; at + 1 < name.tokens.length && name.tokens.length <= 8; at++) glue(name.tokens.slice(at, at + 2));
  if (name.tokens.length > 2 && name.tokens.length <= 5) glue(name.tokens);
  if (name.mode === "organization" && words.length > 1 && words.length < 8) {
    const letters = words.map(({ text }) => text.charAt(0)).join("");
    for (const text of new Set([letters, name.initials]))
      if (text.length > 2) tokens.push({ token: letterToken(words[0] as NameToken, text), glued: true });
  }
  return tokens;
}

function letterToken(first: NameToken, text: string): NameToken {
  const letters = lettersOf(text);
  return { ...first, text, sound: text, letters, plain: letters, skeleton: text, role: "name", given: undefined };
}

interface Part {
  readonly mode: Mode;
  readonly index: WordIndex;
  readonly names: readonly IndexedName[];
  readonly rarity: Rarity;
  readonly near: (
    token: NameToken,
    effort: Effort,
  ) => readonly { readonly names: readonly number[]; readonly value: number }[];
  /** what was gathered for each name in the search under way; zero between searches */
  readonly gathered: Float32Array;
}

const NEAR_KEPT = 50_000;

function finish(mode: Mode, { index, names }: { index: WordIndex; names: IndexedName[] }): Part {
  const rarity = rarityOf(index, names.length);
  const weighed = names.map((name) => ({ ...name, weight: totalWeight(name.parsed, rarity) }));
  const kept = new Map<string, readonly { names: readonly number[]; value: number }[]>();
  const near = (token: NameToken, effort: Effort) => {
    const key = `${token.text} ${token.script} ${effort}`;
    const before = kept.get(key);
    if (before !== undefined) return before;
    const found: { names: readonly number[]; value: number }[] = [];
    for (const word of index.near(token, effort)) {
      const { value } = agreementOf(token, word.token, true);
      if (value >= 0.4) found.push({ names: word.names, value });
    }
    if (kept.size >= NEAR_KEPT) kept.clear();
    kept.set(key, found);
    return found;
  };
  return { mode, index, names: weighed, rarity, near, gathered: new Float32Array(names.length) };
}

/** Common words weigh less; small lists say nothing of what is common. */
function rarityOf(index: WordIndex, names: number): Rarity {
  const usual = Math.max(6, names / 1500);
  return (token) => {
    const count = index.count(token);
    return count <= usual ? 1 : Math.max(0.45, 1 - 0.09 * Math.log2(count / usual));
  };
}

function totalWeight(name: ParsedName, rarity: Rarity): number {
  return name.tokens.reduce((sum, token) => sum + weightOf(token, name.mode, rarity), 0);
}

function search(
  parts: Record<Mode, Part>,
  byIdentifier: ReadonlyMap<string, readonly ListEntry[]>,
  asked: Asked,
  threshold: number,
): readonly Hit[] {
  const best = new Map<ListEntry, Hit>();
  const keep = (hit: Hit) => {
    const before = best.get(hit.entry);
    if (hit.score >= threshold && (before === undefined || before.score < hit.score)) best.set(hit.entry, hit);
  };
  const known = modeOfKind(asked.kind);
  const guess = known ?? modeOf(asked.name);
  // a name that looks like a person's may still be a company's: unless the asker knows, its words are read both ways
  for (const mode of known === undefined ? MODES : [known]) {
    const part = parts[mode];
    for (const parsed of parseName(asked.name, mode))
      for (const at of candidates(part, parsed, mode !== guess))
        keep(hitOf(part, parsed, part.names[at] as IndexedName, asked, mode === guess));
  }
  for (const number of asked.identifiers ?? [])
    for (const entry of (number.length > 4 && byIdentifier.get(number)) || []) keep(identified(entry, asked));
  return [...best.values()].sort((one, other) => other.score - one.score || (one.entry.id < other.entry.id ? -1 : 1));
}

function rarestFirst(parsed: ParsedName, rarity: Rarity): ReturnType<typeof searchTokens> {
  const tokens = searchTokens(parsed).map((one) => ({ ...one, rare: rarity(one.token, parsed.mode) }));
  return tokens.sort((one, other) => other.rare - one.rare);
}

/** Names that share enough weight with the one that is asked for, the most promising first. */
function candidates(part: Part, parsed: ParsedName, quick: boolean): readonly number[] {
  const { gathered, names } = part;
  const touched: number[] = [];
  const total = totalWeight(parsed, part.rarity);
  for (const { token, glued } of rarestFirst(parsed, part.rarity)) {
    const weight = weightOf(token, part.mode, part.rarity);
    for (const { names: found, value } of part.near(token, quick ? "quick" : glued ? "glued" : "word")) {
      // a word of thousands of names only adds to what rarer words have found
      const common = found.length > COMMON && touched.length > 0;
      for (const at of found) {
        if (gathered[at] === 0) {
          if (common) continue;
          touched.push(at);
        }
        gathered[at] = (gathered[at] as number) + weight * value;
      }
    }
  }
  const ranked: { at: number; rank: number }[] = [];
  for (const at of touched) {
    const sum = gathered[at] as number;
    gathered[at] = 0;
    const weight = (names[at] as IndexedName).weight;
    const cover = sum / Math.max(0.3, Math.min(total, weight));
    // both look like the other kind: there they are compared
    if (quick && !(names[at] as IndexedName).likely) continue;
    if (cover >= (quick ? QUICK_COVER : LEAST_COVER)) ranked.push({ at, rank: cover + sum / Math.max(total, weight) });
  }
  ranked.sort((one, other) => other.rank - one.rank);
  return ranked.slice(0, LOOKED_AT).map(({ at }) => at);
}

function hitOf(part: Part, parsed: ParsedName, name: IndexedName, asked: Asked, guessed: boolean): Hit {
  const { score, steps }: NameScore = scoreNames(parsed, name.parsed, part.rarity);
  const evidence = evidenceOf(asked, name.entry);
  const certain = evidence.some(({ what }) => what === "identifier") && score > 0.5;
  const change =
    evidence.reduce((sum, one) => sum + one.change, 0) + (name.weak ? WEAK_ALIAS : 0) - (guessed ? 0 : 0.01);
  const both = certain ? 1 : Math.max(0, Math.min(1, score + change * Math.min(1, score + 0.1)));
  return {
    entry: name.entry,
    listedName: name.listedName,
    weakAlias: name.weak,
    score: round(both),
    nameScore: round(score),
    steps,
    evidence,
  };
}

/** The same passport or company number, whatever the name. */
function identified(entry: ListEntry, asked: Asked): Hit {
  const listedName = entry.names[0]?.text ?? "";
  return {
    entry,
    listedName,
    weakAlias: false,
    score: 0.9,
    nameScore: 0,
    steps: [],
    evidence: evidenceOf(asked, entry),
  };
}

const round = (value: number) => Math.round(value * 1000) / 1000;

export type Verdict = "clear" | "review" | "match";

/** What a name's hits come to. */
export function verdictOf(hits: readonly Hit[], threshold: number): Verdict {
  const best = hits.reduce((highest, { score }) => Math.max(highest, score), 0);
  if (best < threshold || hits.length === 0) return "clear";
  return best >= Math.max(MATCH_AT, threshold) ? "match" : "review";
}
