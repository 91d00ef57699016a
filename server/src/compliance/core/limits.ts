import type { Pair } from "./align.ts";
import type { ParsedName } from "./parse.ts";
import { PLACES } from "./places.ts";
import { NAME_RULES, type NameScore, round, type Step } from "./steps.ts";

/** What a sum over words cannot say: too little to go by, another nature, and names that are alike letter by letter. */
export function withinLimits(
  asked: ParsedName,
  listed: ParsedName,
  pairs: readonly Pair[],
  before: NameScore,
): NameScore {
  let { score } = before;
  const steps = [...before.steps];
  const note = (to: number, what: Step["what"]) => {
    steps.push({ what, asked: "", listed: "", agreement: 0, weight: 0, cost: round(score - to) });
    score = to;
  };
  const lower = (to: number, what: Step["what"]) => {
    if (score > to) note(to, what);
  };
  lowerByWords(asked, listed, pairs, lower);
  if (isOfficeAlone(asked, listed, pairs) && score < NAME_RULES.office) note(NAME_RULES.office, "office");
  if (isShort(asked) && isShort(listed) && pairs.some(({ likeness }) => likeness === "typo" || likeness === "spelling"))
    lower(NAME_RULES.short, "letters");
  if (asked.mode === "person" && shortSlips(asked, listed, pairs) > 1) lower(NAME_RULES.short, "letters");
  if (isSwapped(asked, listed)) lower(NAME_RULES.swapped, "swapped");
  const letters = byLetters(asked, listed);
  if (letters > score) note(letters, "letters");
  const forms = legalDifference(asked, listed);
  if (forms > 0) lower(score - forms, "legal-form");
  return { score: Math.max(0, Math.min(1, score)), steps };
}

type Lower = (to: number, what: Step["what"]) => void;

function lowerByWords(asked: ParsedName, listed: ParsedName, pairs: readonly Pair[], lower: Lower): void {
  const names = (name: ParsedName) => name.tokens.filter(({ role }) => role === "name" || role === "generic").length;
  const full = pairs.filter((pair) => isFull(asked, listed, pair));
  const words = full.reduce((sum, { left, right }) => sum + Math.max(left[1] - left[0], right[1] - right[0]), 0);
  if (full.length === 0) lower(NAME_RULES.initialsOnly, "only-initials");
  const several = asked.mode === "person" && Math.max(names(asked), names(listed)) > 1;
  if (
    full.length === 0 ||
    !several ||
    words > 1 ||
    pairs.some(({ likeness }) => likeness === "initial" || likeness === "acronym")
  )
    return;
  if (!asked.office && !listed.office) lower(NAME_RULES.singleName, "single-name");
}

function isFull(asked: ParsedName, listed: ParsedName, pair: Pair): boolean {
  if (pair.likeness === "initial" || pair.likeness === "particle") return false;
  if (pair.likeness === "acronym") return asked.mode === "organization";
  const [left, right] = [asked.tokens[pair.left[0]], listed.tokens[pair.right[0]]];
  return left?.role === "name" || right?.role === "name" || left?.role === "generic" || pair.likeness === "joined";
}

/** "President Erdoğan": the family name alone, with an office before it. */
function isOfficeAlone(asked: ParsedName, listed: ParsedName, pairs: readonly Pair[]): boolean {
  const short = asked.office ? asked : listed.office ? listed : undefined;
  const [only] = short?.tokens ?? [];
  return (
    short?.tokens.length === 1 && (only?.text.length ?? 0) > 4 && pairs.length === 1 && (pairs[0]?.value ?? 0) > 0.9
  );
}

/** Names of five letters in all: another letter is another name. */
const isShort = ({ tokens }: ParsedName) => tokens.reduce((sum, { text }) => sum + text.length, 0) < 6;

/** Words of a syllable that are near and not the same: one may be a slip, two are another name ("Min-jun", "Man-chun"). */
function shortSlips(asked: ParsedName, listed: ParsedName, pairs: readonly Pair[]): number {
  return pairs.filter(({ left, right, likeness, value }) => {
    if ((likeness !== "typo" && likeness !== "spelling") || value > 0.97) return false;
    const words = [...asked.tokens.slice(...left), ...listed.tokens.slice(...right)];
    return words.every(({ sound }) => sound.length < 5);
  }).length;
}

/** A foundation is no company; between companies the form is often written wrongly. */
function legalDifference(asked: ParsedName, listed: ParsedName): number {
  if (asked.legal.length === 0 || listed.legal.length === 0) return 0;
  if (asked.legal.some((form) => listed.legal.includes(form))) return 0;
  const company = (forms: readonly string[]) => forms.every((form) => form !== "non-profit" && form !== "state");
  return company(asked.legal) === company(listed.legal) ? NAME_RULES.legalForm : NAME_RULES.otherNature;
}

const SON_OF: ReadonlySet<string> = new Set(["bin", "ibn", "ben", "bint", "binti", "ould", "wuld"]);

/** "Abdullah bin Omar" is the son of Omar, "Omar bin Abdullah" that of Abdullah. */
function isSwapped(asked: ParsedName, listed: ParsedName): boolean {
  const around = ({ tokens }: ParsedName) => {
    const at = tokens.findIndex(({ text, role }) => role === "particle" && SON_OF.has(text));
    return at < 1 ? undefined : ([tokens[at - 1]?.sound, tokens[at + 1]?.sound] as const);
  };
  const [one, other] = [around(asked), around(listed)];
  if (one === undefined || other === undefined) return false;
  return one[0] !== one[1] && one[0] === other[1] && one[1] === other[0];
}

const LEAST_LETTERS = 9;

/** Names that are the same letter for letter but one or two are looked at, whatever their words are: a slip of the hand makes other names. */
function byLetters(asked: ParsedName, listed: ParsedName): number {
  const [left, right] = [asked.tokens, listed.tokens].map((tokens) => tokens.map(({ text }) => text).join("")) as [
    string,
    string,
  ];
  const shorter = Math.min(left.length, right.length);
  const most = asked.mode === "person" ? 2 : 1;
  if (left === right || shorter < LEAST_LETTERS || Math.abs(left.length - right.length) > most) return 0;
  if (asked.tokens.some(({ script }) => script === "sounded") || againstPlaces(asked, listed)) return 0;
  const edits = editsUpTo(left, right, most);
  if (edits > most) return 0;
  return edits === 1 ? NAME_RULES.oneLetter : NAME_RULES.twoLetters;
}

/** Whether each has a place that the other has not: "Bank of Iran", "Bank of Iraq". */
function againstPlaces(asked: ParsedName, listed: ParsedName): boolean {
  const places = (name: ParsedName) => name.tokens.filter(({ text }) => PLACES.has(text)).map(({ text }) => text);
  const [one, other] = [places(asked), places(listed)];
  return one.some((place) => !other.includes(place)) && other.some((place) => !one.includes(place));
}

/** Levenshtein's distance, given up beyond `most`. */
function editsUpTo(left: string, right: string, most: number): number {
  if (left === right) return 0;
  if (most === 0) return 1;
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  const [one, other] = [left.slice(at), right.slice(at)];
  const swapped =
    one.length > 1 && one[0] === other[1] && one[1] === other[0]
      ? editsUpTo(one.slice(2), other.slice(2), most - 1)
      : most;
  const changed = editsUpTo(one.slice(1), other.slice(1), most - 1);
  const gone = Math.min(editsUpTo(one.slice(1), other, most - 1), editsUpTo(one, other.slice(1), most - 1));
  return 1 + Math.min(swapped, changed, gone);
}
