import { type Agreement, agreementOf, joinedAgreement } from "./agreement.ts";
import type { NameToken, ParsedName } from "./parse.ts";

/** Words of one name that answer to words of the other. Ends are exclusive. */
export interface Pair extends Agreement {
  readonly left: readonly [number, number];
  readonly right: readonly [number, number];
}

const LONGEST_JOIN = 4;
/** A pair of single words this good is taken before joins are tried. */
const GOOD = 0.86;
const LEAST = 0.3;

/**
 * Which words answer to which, each used once: first single words, the best first; then words written together on one side; then an
 * abbreviation of the whole. Greedy: names have few words, and the best pairs are hardly ever in each other's way.
 */
export function align(left: ParsedName, right: ParsedName): readonly Pair[] {
  const usedLeft = new Uint8Array(left.tokens.length);
  const usedRight = new Uint8Array(right.tokens.length);
  const pairs: Pair[] = [];
  const singles = singlePairs(left.tokens, right.tokens);
  const take = (least: number) => {
    for (const pair of singles) {
      if (pair.value < least || usedLeft[pair.left[0]] === 1 || usedRight[pair.right[0]] === 1) continue;
      usedLeft[pair.left[0]] = 1;
      usedRight[pair.right[0]] = 1;
      pairs.push(pair);
    }
  };
  take(GOOD);
  joins(left.tokens, right.tokens, usedLeft, usedRight, pairs, false);
  joins(right.tokens, left.tokens, usedRight, usedLeft, pairs, true);
  initials(left.tokens, right, usedLeft, usedRight, pairs, false);
  initials(right.tokens, left, usedRight, usedLeft, pairs, true);
  take(LEAST);
  return pairs;
}

function singlePairs(left: readonly NameToken[], right: readonly NameToken[]): Pair[] {
  const pairs: Pair[] = [];
  for (let row = 0; row < left.length; row++)
    for (let column = 0; column < right.length; column++) {
      const found = agreementOf(left[row] as NameToken, right[column] as NameToken);
      // words in the same place are taken first where two pairs are equally good
      if (found.value >= LEAST) pairs.push({ ...found, left: [row, row + 1], right: [column, column + 1] });
    }
  const rank = (pair: Pair) =>
    pair.value - (pair.likeness === "initial" ? 0.3 : 0) - Math.abs(pair.left[0] - pair.right[0]) * 0.001;
  return pairs.sort((one, other) => rank(other) - rank(one));
}

/** One free word of `one` against several neighbors of `many` written together. */
function joins(
  one: readonly NameToken[],
  many: readonly NameToken[],
  usedOne: Uint8Array,
  usedMany: Uint8Array,
  pairs: Pair[],
  swapped: boolean,
): void {
  for (let at = 0; at < one.length; at++) {
    const token = one[at] as NameToken;
    if (usedOne[at] === 1 || token.text.length < 4 || token.role === "number") continue;
    let best: { from: number; to: number; value: number } | undefined;
    for (let from = 0; from < many.length; from++)
      for (let to = from + 2; to <= Math.min(many.length, from + LONGEST_JOIN) && isFree(usedMany, from, to); to++) {
        const letters = many.slice(from, to).reduce((sum, { text }) => sum + text.length, 0);
        if (Math.abs(letters - token.text.length) > 3) continue;
        const value = joinedAgreement([token], many.slice(from, to)) * 0.98;
        if (value > (best?.value ?? 0.6)) best = { from, to, value };
      }
    if (best === undefined) continue;
    usedOne[at] = 1;
    usedMany.fill(1, best.from, best.to);
    const [alone, span] = [[at, at + 1] as const, [best.from, best.to] as const];
    const [left, right] = swapped ? [span, alone] : [alone, span];
    pairs.push({ left, right, value: best.value, likeness: "joined" });
  }
}

function isFree(used: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (used[at] === 1) return false;
  return true;
}

/** "JC" or "J.C." for "Jean-Claude"; "PLA" for "People's Liberation Army". */
function initials(
  short: readonly NameToken[],
  long: ParsedName,
  usedShort: Uint8Array,
  usedLong: Uint8Array,
  pairs: Pair[],
  swapped: boolean,
): void {
  for (let at = 0; at < short.length; at++) {
    const { text, dotted, role } = short[at] as NameToken;
    if (usedShort[at] === 1 || role === "particle" || role === "number" || text.length < 2 || text.length > 7) continue;
    if (text.length === 2 && !dotted && /[aeiou]/.test(text)) continue;
    const whole = text.length > 2 && text === long.initials && isFree(usedLong, 0, long.tokens.length);
    const span = whole ? ([0, long.tokens.length] as const) : spelt(text, long.tokens, usedLong);
    if (span === undefined) continue;
    usedShort[at] = 1;
    usedLong.fill(1, span[0], span[1]);
    const alone = [at, at + 1] as const;
    const [left, right] = swapped ? [span, alone] : [alone, span];
    pairs.push({ left, right, value: text.length > 2 ? 0.86 : 0.82, likeness: "acronym" });
  }
}

/** Neighboring free words whose first letters, with or without the small words, are these. */
function spelt(letters: string, tokens: readonly NameToken[], used: Uint8Array): readonly [number, number] | undefined {
  for (let from = 0; from < tokens.length; from++) {
    let at = 0;
    let to = from;
    for (; to < tokens.length && at < letters.length && used[to] === 0; to++) {
      const { text, role } = tokens[to] as NameToken;
      if (text.charAt(0) === letters.charAt(at) && text.length > 1) at++;
      else if (role !== "stopword" && role !== "particle") break;
    }
    if (at === letters.length) return [from, to];
  }
  return undefined;
}
