import { align, type Pair } from "./align.ts";
import { withinLimits } from "./limits.ts";
import type { Mode, NameToken, ParsedName } from "./parse.ts";
import { NAME_RULES, type NameScore, round, type Step } from "./steps.ts";
import { COMMON_NAMES } from "./tables.ts";

/** How much a word tells by how often the lists have it: 1 as much as a rare one, towards 0.4 for the commonest. */
export type Rarity = (token: NameToken, mode: Mode) => number;

/** "Viktorovich", "Vladimirovna": mostly left out abroad. */
const PATRONYMIC =
  /^\p{L}{3,}(?:[oye]v(?:itch|ich|ych|yc|ic|itj|itx|ici|ics|icz|itsch|itsj|na)|owi(?:tsch|cz)|ovna|evna)$/u;
const BY_LENGTH = [0, 0.4, 0.55, 0.75, 0.92];

/** What a word weighs by what it is, how long it is and how common. */
export function weightOf(token: NameToken, mode: Mode, rarity: Rarity): number {
  if (token.role === "particle") return 0.08;
  if (token.role === "stopword") return 0.04;
  if (token.role === "number") return mode === "person" ? 0.1 : 0.28;
  if (token.role === "initial") return 0.42;
  if (mode === "person" && PATRONYMIC.test(token.text)) return 0.6;
  const long = BY_LENGTH[token.script === "abjad" ? token.text.length + 1 : token.text.length] ?? 1;
  if (token.role === "generic") return Math.min(0.5, 0.5 * rarity(token, mode) + 0.1);
  const common = mode === "person" && (COMMON_NAMES.has(token.text) || COMMON_NAMES.has(token.given ?? "")) ? 0.6 : 1;
  return long * Math.min(common, rarity(token, mode));
}

/** What a word weighs when it stands against another one: there a common word contradicts as well. */
function weightAgainst(token: NameToken, mode: Mode, weight: number): number {
  if (token.role === "particle" || token.role === "stopword" || token.role === "number") return weight;
  if (token.role === "initial") return 0.45;
  return Math.max(weight, mode === "organization" ? 0.7 : 0.62);
}

const DUBIOUS = 0.7;

/** How alike two names are, and why. Both were read in the same mode. */
export function scoreNames(asked: ParsedName, listed: ParsedName, rarity: Rarity): NameScore {
  const native = byCharacters(asked, listed);
  if (native !== undefined) return native;
  const pairs = align(asked, listed);
  const left = weights(asked, rarity);
  const right = weights(listed, rarity);
  const freeLeft = free(asked, pairs, "left");
  const freeRight = free(listed, pairs, "right");
  const rules = NAME_RULES[asked.mode];
  let matched = 0;
  let agreed = 0;
  const steps: Step[] = [];
  for (const pair of pairs) {
    const both = (sumOf(left, pair.left) + sumOf(right, pair.right)) / (pair.likeness === "initial" ? 3.4 : 2);
    // common words that hardly answer to each other contradict as much as rare ones
    const weight = pair.value < DUBIOUS && asked.mode === "person" ? Math.max(both, 0.62) : both;
    matched += weight;
    agreed += weight * pair.value;
    steps.push(stepOf(pair, asked, listed, weight));
  }
  const servants = servantsOf(pairs, asked, listed);
  const against = [
    against_(freeLeft, asked, left) + servants[0],
    against_(freeRight, listed, right) + servants[1],
  ] as const;
  const contradiction = Math.min(...against);
  const alone = Math.abs(sumAll(freeLeft, left) - sumAll(freeRight, right));
  const whole = matched + rules.extra * alone + rules.contradiction * contradiction;
  if (matched === 0 || whole === 0) return { score: 0, steps: [] };
  let score = agreed / whole;
  score = Math.min(score, 1 - rules.cap * Math.min(1.3, contradiction / 0.75));
  const finished = { steps, whole, freeLeft, freeRight, left, right, contradiction, alone };
  explainRest(asked, listed, finished);
  return withinLimits(asked, listed, pairs, { score, steps });
}

/** What "Abdul" weighs on either side where the other has only the rest. */
function servantsOf(pairs: readonly Pair[], asked: ParsedName, listed: ParsedName): readonly [number, number] {
  let [left, right] = [0, 0];
  for (const pair of pairs) {
    if (pair.likeness !== "servant") continue;
    const longer = (asked.tokens[pair.left[0]]?.text.length ?? 0) > (listed.tokens[pair.right[0]]?.text.length ?? 0);
    if (longer) left += NAME_RULES.servant;
    else right += NAME_RULES.servant;
  }
  return [left, right];
}

interface Rest {
  readonly steps: Step[];
  readonly whole: number;
  readonly freeLeft: readonly number[];
  readonly freeRight: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly contradiction: number;
  readonly alone: number;
}

function explainRest(asked: ParsedName, listed: ParsedName, rest: Rest): void {
  const rules = NAME_RULES[asked.mode];
  for (let at = 0; at < rest.steps.length; at++) {
    const step = rest.steps[at] as Step;
    rest.steps[at] = { ...step, cost: round((step.weight * (1 - step.agreement)) / rest.whole) };
  }
  const words = (name: ParsedName, free_: readonly number[]) =>
    free_.map((at) => name.tokens[at]?.text ?? "").join(" ");
  const [askedWords, listedWords] = [words(asked, rest.freeLeft), words(listed, rest.freeRight)];
  const nothing = { agreement: 0, asked: askedWords, listed: listedWords };
  if (rest.contradiction > 0)
    rest.steps.push({
      ...nothing,
      what: "contradicts",
      weight: round(rest.contradiction),
      cost: round((rules.contradiction * rest.contradiction) / rest.whole),
    });
  if (rest.alone > 0.001) {
    const more = sumAll(rest.freeLeft, rest.left) > sumAll(rest.freeRight, rest.right);
    rest.steps.push({
      ...nothing,
      what: more ? "extra" : "missing",
      weight: round(rest.alone),
      cost: round((rules.extra * rest.alone) / rest.whole),
    });
  }
}

/** Where both are written in Chinese, Japanese or Korean characters, these are compared: one of three makes another name. */
function byCharacters(asked: ParsedName, listed: ParsedName): NameScore | undefined {
  const [left, right] = [asked.native, listed.native];
  if (left === undefined || right === undefined || left.length > 12 || right.length > 12) return undefined;
  if (/\p{Script=Katakana}/u.test(left) || /\p{Script=Katakana}/u.test(right)) return undefined;
  const [one, other] = [[...left], [...right]];
  const distance = characterDistance(one, other);
  const score = 1 - distance / Math.max(one.length, other.length);
  const step = { asked: left, listed: right, agreement: round(score), weight: 1, cost: round(1 - score) };
  return { score, steps: [{ what: "characters", ...step }] };
}

function characterDistance(left: readonly string[], right: readonly string[]): number {
  let previous = right.map((_, at) => at + 1);
  previous.unshift(0);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const change = (previous[column - 1] as number) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[column] as number) + 1, (current[column - 1] as number) + 1));
    }
    previous = current;
  }
  return previous[right.length] as number;
}

function weights(name: ParsedName, rarity: Rarity): number[] {
  return name.tokens.map((token) => weightOf(token, name.mode, rarity));
}

function free(name: ParsedName, pairs: readonly Pair[], side: "left" | "right"): number[] {
  const used = new Set<number>();
  for (const pair of pairs) for (let at = pair[side][0]; at < pair[side][1]; at++) used.add(at);
  return name.tokens.map((_, at) => at).filter((at) => !used.has(at));
}

function against_(free_: readonly number[], name: ParsedName, weighed: readonly number[]): number {
  return free_.reduce(
    (sum, at) => sum + weightAgainst(name.tokens[at] as NameToken, name.mode, weighed[at] as number),
    0,
  );
}

const sumAll = (free_: readonly number[], weighed: readonly number[]) =>
  free_.reduce((sum, at) => sum + (weighed[at] as number), 0);

function sumOf(weighed: readonly number[], [from, to]: readonly [number, number]): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += weighed[at] as number;
  return sum;
}

function stepOf(pair: Pair, asked: ParsedName, listed: ParsedName, weight: number): Step {
  const words = (name: ParsedName, [from, to]: readonly [number, number]) =>
    name.tokens
      .slice(from, to)
      .map(({ text }) => text)
      .join(" ");
  return {
    what: pair.likeness,
    asked: words(asked, pair.left),
    listed: words(listed, pair.right),
    agreement: round(pair.value),
    weight: round(weight),
    cost: 0,
  };
}
