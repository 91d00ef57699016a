import anyAscii from "any-ascii";
import type { NameAgreement } from "./contracts.ts";

/** Legal forms and titles: they say what somebody is, not who. Written without dots and blanks. */
const FORMS = new Set(
  (
    "gmbh mbh ag kg kgaa ohg gbr ug ev eg se sa sas sasu sarl eurl srl spa snc sl slu slne cv bv nv vof ab oy oyj as asa aps a/s is hf ehf " +
    "ltd limited llc lllp llp lp plc inc incorporated corp corporation co company cic pty pte pvt sdn bhd bhd pc pllc " +
    "doo dd ad eood ood ead zrt kft nyrt bt rt sro spzoo spol zoo ooo oao zao pao tov uab sia ou lda ltda eireli me mei kk gk yk " +
    "gesmbh keg fze fzco fzllc dmcc wll bsc saoc psc jsc ojsc ao"
  ).split(" "),
);
const TITLES = new Set(
  "mr mrs ms miss mx dr prof ing mag herr frau sr sra don dona mme mlle monsieur madame signor sig".split(" "),
);
/** Words that stand in one form of a name and not in the other. */
const BINDING = new Set("and und et y e the der die das la le les el los de da do du von van den und".split(" "));

/** Several words that are one legal form: `G.m.b.H.`, `Sp. z o.o.`, `L.L.C.` */
const SPELLED: readonly (readonly [RegExp, string])[] = [
  [/\bsp(?:olka)?\.? ?z\.? ?o\.? ?o\b\.?/g, " spzoo "],
  [/\bs\.? ?r\.? ?o\b\.?/g, " sro "],
  [/\bd\.? ?o\.? ?o\b\.?/g, " doo "],
  [/\bs\.? ?a\.? ?r\.? ?l\b\.?/g, " sarl "],
  [/\bs\.? ?r\.? ?l\b\.?/g, " srl "],
  [/\bs\.? ?p\.? ?a\b\.?/g, " spa "],
  [/\bl\.? ?l\.? ?c\b\.?/g, " llc "],
  [/\bl\.? ?l\.? ?p\b\.?/g, " llp "],
  [/\bp\.? ?l\.? ?c\b\.?/g, " plc "],
  [/\bg\.? ?m\.? ?b\.? ?h\b\.?/g, " gmbh "],
  [/\bs\.? ?l\.? ?u\b\.?/g, " slu "],
  [/\bb\. ?v\b\.?/g, " bv "],
  [/\bn\. ?v\b\.?/g, " nv "],
  [/\bs\. ?a\. ?s\b\.?/g, " sas "],
  [/\bs\. ?a\b\.?/g, " sa "],
  [/\bs\. ?l\b\.?/g, " sl "],
  [/\ba\/s\b/g, " as "],
  [/\bu\. ?g\b\.?/g, " ug "],
];
const SAME_FORM: Readonly<Record<string, string>> = {
  limited: "ltd",
  incorporated: "inc",
  corporation: "corp",
  company: "co",
  mbh: "gmbh",
  gesmbh: "gmbh",
};

interface Taken {
  readonly words: readonly string[];
  readonly forms: readonly string[];
}

/**
 * How well the name on an account fits the name in the contract: 100 for the same words in whatever order, spelling of accents and legal
 * form apart; from 90 it is a match, from 70 somebody should look, below it is another name. Every point that was lost is explained.
 */
export function namesAgree(one: string, other: string): NameAgreement {
  const [left, right] = [takeApart(one), takeApart(other)];
  const compared = [left.words.join(" "), right.words.join(" ")] as const;
  if (left.words.length === 0 || right.words.length === 0) {
    return {
      score: 0,
      verdict: "different",
      explanation: "One of the names is empty but for its legal form.",
      compared,
    };
  }
  const reasons: string[] = [];
  let score = wordScore(left.words, right.words, reasons);
  score -= formCost(left.forms, right.forms, reasons);
  if (reasons.length === 0) reasons.push(one.trim() === other.trim() ? "the names are the same" : "the same words");
  score = Math.max(0, Math.min(100, Math.round(score)));
  const verdict = score >= 90 ? "match" : score >= 70 ? "close" : "different";
  return { score, verdict, explanation: sentence(reasons), compared };
}

function sentence(reasons: readonly string[]): string {
  const text = reasons.join("; ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function takeApart(name: string): Taken {
  let text = anyAscii(germanSpelling(name.toWellFormed().normalize("NFKC"))).toLowerCase();
  for (const [pattern, form] of SPELLED) text = text.replace(pattern, form);
  const all = text
    .replace(/&|\+/g, " and ")
    .replace(/['’`.]/g, "")
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const forms: string[] = [];
  const words = all.filter((word, index) => {
    if (FORMS.has(word) && all.length - forms.length > 1 && (index > 0 || !FORMS.has(all.at(-1) ?? ""))) {
      forms.push(SAME_FORM[word] ?? word);
      return false;
    }
    return !(TITLES.has(word) && all.length > 1);
  });
  const telling = words.filter((word) => !BINDING.has(word));
  return { words: telling.length > 0 ? telling : words, forms };
}

/** Banks write ä as ae or as a: both are brought to one letter so that Müller, Mueller and Muller are one. */
function germanSpelling(name: string): string {
  return name
    .replace(/ß/g, "ss")
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .replace(/([aou])e(?=[bcdfghjklmnpqrstvwxyz])/gi, "$1");
}

function wordScore(left: readonly string[], right: readonly string[], reasons: string[]): number {
  const joined = left.join("") === right.join("");
  if (joined && left.length !== right.length) {
    reasons.push("the same letters, divided into words otherwise");
    return 98;
  }
  const open = [...right];
  let points = 0;
  const rest: string[] = [];
  for (const word of left.toSorted((a, b) => b.length - a.length)) {
    const best = bestFor(word, open);
    if (best === undefined || best.likeness < 0.8) {
      rest.push(word);
      continue;
    }
    open.splice(best.index, 1);
    points += best.likeness;
    if (best.likeness < 1)
      reasons.push(best.initial ? `“${word}” may stand for “${best.word}”` : `“${word}” is like “${best.word}”`);
  }
  // A middle initial that only one of them has says next to nothing.
  const loose = [...rest, ...open].filter((word) => word.length === 1).length;
  const most = Math.max(left.length, right.length) - (left.length === right.length ? 0 : loose);
  const least = Math.min(left.length, right.length, most);
  if (rest.length > 0) reasons.push(`only the first name has “${rest.join(" ")}”`);
  if (open.length > 0) reasons.push(`only the second name has “${open.join(" ")}”`);
  if (rest.length === 0 && open.length === 0 && left.join(" ") !== right.join(" ") && reasons.length === 0) {
    reasons.push("the same words in another order");
    return 99;
  }
  // A name that is wholly inside the other one (a second given name left out) loses less than one with different words on both sides.
  const inside = rest.length === 0 || open.length === 0;
  const share = inside ? 0.5 * (points / most) + 0.5 * (points / least) : points / most;
  return 100 * share - (inside ? 0 : 5) - 2 * loose;
}

interface Best {
  readonly index: number;
  readonly word: string;
  readonly likeness: number;
  readonly initial: boolean;
}

function bestFor(word: string, candidates: readonly string[]): Best | undefined {
  let best: Best | undefined;
  candidates.forEach((candidate, index) => {
    const initial = (word.length === 1) !== (candidate.length === 1) && word[0] === candidate[0];
    const likeness = initial ? 0.85 : likenessOf(word, candidate);
    if (best === undefined || likeness > best.likeness) best = { index, word: candidate, likeness, initial };
  });
  return best;
}

function formCost(left: readonly string[], right: readonly string[], reasons: string[]): number {
  const [one, other] = [left.join(" "), right.join(" ")];
  if (one === other) return 0;
  if (one === "" || other === "") {
    reasons.push(`the legal form (${one || other}) stands in one of them only`);
    return 2;
  }
  reasons.push(`the legal forms differ (${one}, ${other}): these are two companies unless shown otherwise`);
  return 20;
}

/** Jaro-Winkler: shared letters near their place, a shared beginning counts more. 1 is the same word. Numbers are alike only when they are equal. */
function likenessOf(one: string, other: string): number {
  if (one === other) return 1;
  if (/\d/.test(one) || /\d/.test(other)) return 0;
  const reach = Math.max(Math.floor(Math.max(one.length, other.length) / 2) - 1, 0);
  const taken = new Set<number>();
  const shared: string[] = [];
  for (let index = 0; index < one.length; index += 1) {
    for (let place = Math.max(0, index - reach); place <= Math.min(other.length - 1, index + reach); place += 1) {
      if (taken.has(place) || one[index] !== other[place]) continue;
      taken.add(place);
      shared.push(one[index] ?? "");
      break;
    }
  }
  if (shared.length === 0) return 0;
  const inOrder = [...taken].toSorted((a, b) => a - b).map((place) => other[place]);
  const moved = shared.filter((letter, index) => letter !== inOrder[index]).length / 2;
  const jaro =
    (shared.length / one.length + shared.length / other.length + (shared.length - moved) / shared.length) / 3;
  let beginning = 0;
  while (beginning < 4 && one[beginning] === other[beginning]) beginning += 1;
  return jaro + beginning * 0.1 * (1 - jaro);
}
