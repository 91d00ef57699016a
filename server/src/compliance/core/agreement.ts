import { lettersDistance, soundDistance } from "./distance.ts";
import type { NameToken } from "./parse.ts";
import { PLACES } from "./places.ts";

/** How one word of the name that was asked for answers to one of the listed name. */
export type Likeness =
  | "same"
  | "spelling"
  | "form"
  | "transliteration"
  | "initial"
  | "typo"
  | "joined"
  | "acronym"
  | "particle"
  /** "Abdul Manan" and "Manan" */
  | "servant";

export interface Agreement {
  /** 0 nothing in common … 1 the same */
  readonly value: number;
  readonly likeness: Likeness;
}

/** What is taken for the same where, fitted to pairs with verdicts (docs/benchmarks.md). */
export const TOKEN_RULES = {
  /** relative distance of sound → agreement, between the points linear */
  curve: [
    [0, 0.99],
    [0.1, 0.95],
    [0.2, 0.92],
    [0.25, 0.63],
    [0.3, 0.45],
    [0.38, 0],
  ] as readonly (readonly [number, number])[],
  /** what a step beyond the first letter's costs more */
  steep: 0.39,
  /** "Abdul Manan" and "Manan" */
  servant: 0.8,
  form: 0.95,
  /** "Hassan" and "Hussein" */
  otherGiven: 0.5,
  initial: 0.85,
  /** words by sound from scripts that lose much are forgiven this part of their distance */
  sounded: 0.72,
  other: 0.83,
};

/** Beyond this part of its length a word is another word. */
const FAR = 0.38;

/**
 * @param rough only by sound: for finding words that are measured again
 * @returns value 0 for words that have nothing to do with each other
 */
export function agreementOf(left: NameToken, right: NameToken, rough = false): Agreement {
  if (left.text === right.text)
    return { value: 1, likeness: left.script === right.script ? "same" : "transliteration" };
  const special = byRole(left, right);
  if (special !== undefined) return special;
  if (PLACES.has(left.text) && PLACES.has(right.text)) return NOTHING;
  if (left.given !== undefined && left.given === right.given) return { value: TOKEN_RULES.form, likeness: "form" };
  const found = byLikeness(left, right, rough);
  // two names that are both known, and not for forms of one, are two names however near they sound
  const two = left.given !== undefined && right.given !== undefined && !rough;
  return two && found.value > TOKEN_RULES.otherGiven ? { ...found, value: TOKEN_RULES.otherGiven } : found;
}

function byLikeness(left: NameToken, right: NameToken, rough: boolean): Agreement {
  if (isServant(left.text, right.text) || isServant(right.text, left.text))
    return { value: TOKEN_RULES.servant, likeness: "servant" };
  if (left.script === "abjad" || right.script === "abjad") return bySkeleton(left, right);
  return bySound(left, right, (left.text.length + right.text.length) / 2, rough);
}

function byRole(left: NameToken, right: NameToken): Agreement | undefined {
  if (left.role === "name" && right.role === "name") return undefined;
  if (left.role === "number" || right.role === "number") return NOTHING;
  if (left.role === "particle" && right.role === "particle") return { value: 0.9, likeness: "particle" };
  return left.role === "initial" || right.role === "initial" ? initialOf(left, right) : undefined;
}

const NOTHING: Agreement = { value: 0, likeness: "typo" };

function initialOf(left: NameToken, right: NameToken): Agreement {
  const [short, long] = left.text.length <= right.text.length ? [left, right] : [right, left];
  if (short.text.length !== 1 || long.text.length === 1) return NOTHING;
  const fits = short.text === long.text.charAt(0) || short.sound.charAt(0) === long.sound.charAt(0);
  return fits ? { value: TOKEN_RULES.initial, likeness: "initial" } : NOTHING;
}

/** By the consonants alone, where one side writes no vowels. */
function bySkeleton(left: NameToken, right: NameToken): Agreement {
  const both = left.script === right.script;
  const [one, other] = both ? [left.sound, right.sound] : [left.skeleton, right.skeleton];
  const length = Math.max(one.length, other.length);
  if (length < 2) return one === other && one !== "" ? { value: 0.8, likeness: "transliteration" } : NOTHING;
  const part = soundDistance(one, other, length) / (length + (both ? 0 : 0.5));
  return { value: both ? curve(part) : curve(part * 0.95) * 0.97, likeness: "transliteration" };
}

function bySound(left: NameToken, right: NameToken, letters: number, rough: boolean): Agreement {
  const loose = left.script === "sounded" || right.script === "sounded" ? TOKEN_RULES.sounded : 1;
  const factor = loose === 1 && (left.script === "other" || right.script === "other") ? TOKEN_RULES.other : loose;
  const limit = (letters * FAR) / factor + 0.01;
  let distance = lettersDistance(left.letters, right.letters, limit);
  // a slip of the hand may make or break a pair of letters that is one sound: "Salim", "Saim"
  const folded = left.sound.length !== left.text.length || right.sound.length !== right.text.length;
  if (distance > 1.05 && folded && !rough)
    distance = Math.min(distance, lettersDistance(left.plain, right.plain, Math.min(limit, distance)) + 0.05);
  const value = curve((distance * factor * (1 + TOKEN_RULES.steep * Math.max(0, distance * factor - 1.1))) / letters);
  return { value, likeness: left.script !== right.script ? "transliteration" : distance < 0.65 ? "spelling" : "typo" };
}

/** "abdmanan", as `parse.ts` writes "Abdul Manan", beside "manan". */
function isServant(long: string, short: string): boolean {
  return long.length === short.length + 3 && short.length > 3 && long.startsWith("abd") && long.endsWith(short);
}

/** Words written together on one side and apart on the other. */
export function joinedAgreement(left: readonly NameToken[], right: readonly NameToken[]): number {
  const [one, other] = [left, right].map((tokens) => tokens.map((token) => token.sound).join(""));
  if (one === undefined || other === undefined) return 0;
  const script = [...left, ...right].some((token) => token.script === "sounded") ? TOKEN_RULES.sounded : 1;
  if ([...left, ...right].some((token) => token.script === "abjad")) {
    const [first, second] = [left, right].map((tokens) => tokens.map((token) => token.skeleton).join(""));
    const length = Math.max(first?.length ?? 0, second?.length ?? 0);
    return length < 3 ? 0 : curve(soundDistance(first as string, second as string, length) / length) * 0.96;
  }
  const letters = (one.length + other.length) / 2;
  // "Li Na" is not "Lena"
  if (letters <= 5) return one === other ? 0.99 : 0;
  return curve((soundDistance(one, other, letters * FAR + 1) * script) / letters);
}

function curve(part: number): number {
  const points = TOKEN_RULES.curve;
  for (let at = 1; at < points.length; at++) {
    const [from, high] = points[at - 1] as readonly [number, number];
    const [to, low] = points[at] as readonly [number, number];
    if (part <= to) return high + ((low - high) * (part - from)) / (to - from);
  }
  return 0;
}
