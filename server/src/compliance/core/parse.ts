import { type Letters, lettersOf } from "./distance.ts";
import { legalFormAt } from "./legal-forms.ts";
import { type LatinWord, latinWords, nativeCharacters, otherReadings, type Script } from "./script.ts";
import { skeleton, sound } from "./sound.ts";
import { GENERIC_WORDS, GIVEN_NAMES, HONORIFICS, NUMBER_WORDS, OFFICES, PARTICLES, STOPWORDS } from "./tables.ts";

/** Persons' names and all others (organizations, ships, planes) are read by different rules. */
export type Mode = "person" | "organization";
export type Role = "name" | "initial" | "particle" | "generic" | "stopword" | "number";

export interface NameToken {
  readonly text: string;
  /** see `sound` */
  readonly sound: string;
  readonly letters: Letters;
  /** of the text as it stands */
  readonly plain: Letters;
  readonly skeleton: string;
  readonly script: Script;
  readonly role: Role;
  /** the group of given names it is a form of */
  readonly given: string | undefined;
  /** initials written together: "J.C." or "JC" */
  readonly dotted: boolean;
}

export interface ParsedName {
  readonly text: string;
  readonly mode: Mode;
  readonly tokens: readonly NameToken[];
  /** classes of the legal forms that it carries */
  readonly legal: readonly string[];
  /** "President" and the like stood before it */
  readonly office: boolean;
  /** first letters of its words, the small ones left out */
  readonly initials: string;
  /** see `nativeCharacters` */
  readonly native: string | undefined;
}

/** A name and its other readings (a list's "A/B", Chinese characters as Koreans read them). The first is the name as it stands. */
export function parseName(text: string, mode: Mode): readonly ParsedName[] {
  const whole = parseOne(text, mode, nativeCharacters(text));
  const more = otherReadings(text).map((reading) => parseOne(reading, mode, undefined));
  const parts = /\p{L}{3,}\s*\/\s*\p{L}{3,}/u.test(text) ? text.split("/") : [];
  const alone = parts.map((part) => parseOne(part, mode, undefined)).filter(({ tokens }) => tokens.length > 1);
  return [whole, ...more, ...alone];
}

/** What a name looks like by its words, where nobody says. */
export function modeOf(text: string): Mode {
  const words = latinWords(text).map((word) => word.text);
  const legal = words.some((_, at) => at > 0 && isTelling(words, at)) || (words.length > 1 && isTelling(words, 0));
  if (legal || words.some((word) => GENERIC_WORDS.has(word) && !COMMON_BOTH.has(word))) return "organization";
  return /\d/.test(text) || words.length > 7 ? "organization" : "person";
}

/** Generic words that are family names as well. */
const COMMON_BOTH: ReadonlySet<string> = new Set([
  "world",
  "house",
  "city",
  "banks",
  "firm",
  "power",
  "state",
  "sons",
  "general",
  "school",
  "marine",
  "works",
]);

function isTelling(words: readonly string[], at: number): boolean {
  const form = legalFormAt(words, at);
  if (form === undefined) return false;
  const text = form.words.join(" ");
  return text.length > 2 ? !UNCLEAR_FORMS.has(text) : at === words.length - 1 && CLEAR_SHORT_FORMS.has(text);
}
const UNCLEAR_FORMS: ReadonlySet<string> = new Set([
  "pat",
  "sia",
  "rt",
  "sue",
  "fop",
  "too",
  "eli",
  "tov",
  "ong",
  "oou",
  "gup",
  "oud",
  "doo",
  "sas",
  "spa",
  "cia",
  "eg",
]);
const CLEAR_SHORT_FORMS: ReadonlySet<string> = new Set([
  "ag",
  "sa",
  "nv",
  "bv",
  "ab",
  "lp",
  "kg",
  "oy",
  "co",
  "kk",
  "ao",
  "se",
  "as",
  "oo",
]);

function parseOne(text: string, mode: Mode, native: string | undefined): ParsedName {
  const words = [...latinWords(text)];
  const legal: string[] = [];
  const kept = mode === "organization" ? withoutLegalForms(words, legal) : withoutTitles(words, text);
  const office = mode === "person" && words.some((word) => OFFICES.has(word.text));
  const joined = mode === "person" ? joinArabic(withoutTrailingForm(kept)) : joinNumbers(joinLetters(kept));
  return {
    text,
    mode,
    tokens: joined.map((word, at) => tokenOf(word, mode, at)),
    legal,
    office,
    initials: initialsOf(words),
    native,
  };
}

function initialsOf(words: readonly LatinWord[]): string {
  const telling = words.filter(({ text }) => !STOPWORDS.has(text));
  return telling.map(({ text }) => text.charAt(0)).join("");
}

function withoutLegalForms(words: readonly LatinWord[], legal: string[]): LatinWord[] {
  const texts = words.map((word) => word.text);
  const kept: LatinWord[] = [];
  for (let at = 0; at < words.length; ) {
    const form = legalFormAt(texts, at);
    const end = at + (form?.words.length ?? 0);
    // a short form in the middle is a word ("AS Roma Trading", "Pat Smith Ltd"), unless it is the first or stands before the end
    if (form !== undefined && (form.words.join("").length > 3 || at === 0 || end >= texts.length - 1)) {
      legal.push(form.kind);
      at = end;
    } else kept.push(words[at++] as LatinWord);
  }
  if (kept.some((word) => !STOPWORDS.has(word.text))) return kept;
  legal.length = 0;
  return [...words];
}

/** A person with a company's ending is written so by mistake ("Nicolás Maduro SA"). */
function withoutTrailingForm(words: readonly LatinWord[]): readonly LatinWord[] {
  const last = words.at(-1)?.text ?? "";
  return words.length > 2 && /^(?:sa|ltd|llc|gmbh|inc|plc|srl|ooo)$/.test(last) ? words.slice(0, -1) : words;
}

/** What stands behind a name without being one. */
const SUFFIXES: ReadonlySet<string> = new Set(
  "jr jnr snr sr esq mr mrs ms dr doctor prof eng ing haji hajji mullah mulla mollah molla maulavi maulawi mawlawi ayatollah".split(
    " ",
  ),
);

/** Titles go, but "King" behind "Stephen" and before the comma of "KING, Stephen" is the family's name: titles stand before a name. */
function withoutTitles(words: readonly LatinWord[], text: string): LatinWord[] {
  const first = /^\s*[\p{L}\p{M}'’`-]+\s*,/u.test(text);
  const last = words.findLastIndex((word) => !SUFFIXES.has(word.text));
  const named = words.findIndex((word) => !HONORIFICS.has(word.text) && word.text.length > 1);
  const family = first ? 0 : named >= 0 && named < last ? last : -1;
  const isTitle = (word: LatinWord, at: number): boolean =>
    OFFICES.has(word.text) || (!word.dotted && HONORIFICS.has(word.text) && (at !== family || SUFFIXES.has(word.text)));
  const kept = words.filter((word, at) => !isTitle(word, at));
  if (kept.some((word) => word.text.length > 1 && !PARTICLES.has(word.text))) return kept;
  const bare = words.filter((word) => !SUFFIXES.has(word.text));
  return bare.length > 0 ? bare : [...words];
}

/** "Abd al-Rahman", "Abdul Rahman" and "Abdurrahman" are one name; so are "Saif al-Din" and "Saifuddin". */
function joinArabic(words: readonly LatinWord[]): LatinWord[] {
  const joined: LatinWord[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as LatinWord;
    const next = words[at + 1]?.text ?? "";
    const after = words[at + 2];
    const article = /^(?:al|el|ul|ur|ar|as|us|an|un|az|ad|ud|al)$/.test(next);
    if (/^[`a]?bd(?:[aeou]l?|[aeou][rsnz]|ou)?$/.test(word.text) && next !== "" && (!article || after !== undefined)) {
      joined.push({ ...word, text: servant(`abd${article ? after?.text : next}`) });
      at += article ? 2 : 1;
    } else if (/^(?:al|el|ul|ud|ad|ed|id|u)$/.test(next) && /^d(?:i|ee|ie|y)ne?$/.test(after?.text ?? "")) {
      joined.push({ ...word, text: `${word.text}din` });
      at += 2;
    } else if (/^(?:ud|ed|ad|al|el|ul|u)d?(?:i|ee|ie|y)ne?$/.test(next) && next.length > 4) {
      joined.push({ ...word, text: `${word.text}din` });
      at += 1;
    } else joined.push({ ...word, text: faith(servant(word.text)) });
  }
  return joined;
}

function servant(word: string): string {
  if (GIVEN_NAMES.has(word) || word.length < 7) return /^abd[aeiou]l?ll?ah?$/.test(word) ? "abdallah" : word;
  if (/^abd[aeiou]?ll?ah?$/.test(word)) return "abdallah";
  return word.replace(/^abd(?:[aeou]l(?=.)|[aeou]([rsnztd])(?=\1)|[aeou](?=[^l])|)/, "abd");
}

function faith(word: string): string {
  return word.length < 8 ? word : word.replace(/^(.{3,}?)(?:[aeiou]l?d?|l)d(?:i|ee|ie|y)ne?$/, "$1din");
}

/** "B R C" is "BRC". */
function joinLetters(words: readonly LatinWord[]): LatinWord[] {
  const joined: LatinWord[] = [];
  let open = false;
  for (const word of words) {
    const letter = /^[a-z]$/.test(word.text);
    const before = joined.at(-1);
    if (letter && open && before !== undefined)
      joined[joined.length - 1] = { ...before, text: before.text + word.text, dotted: true };
    else joined.push(word);
    open = letter;
  }
  return joined;
}

/** "Forty-Four" is 44 and "1st" is 1. */
function joinNumbers(words: readonly LatinWord[]): LatinWord[] {
  const joined: LatinWord[] = [];
  for (const word of words) {
    const value = NUMBER_WORDS.get(word.text) ?? ordinal(word.text);
    const before = joined.at(-1);
    const tens = Number(before?.text);
    if (value !== undefined && value < 10 && before !== undefined && tens >= 20 && tens % 10 === 0 && tens < 100)
      joined[joined.length - 1] = { ...before, text: String(tens + value) };
    else joined.push(value === undefined ? word : { ...word, text: String(value) });
  }
  return joined;
}

function ordinal(text: string): number | undefined {
  const digits = /^(\d{1,4})(?:st|nd|rd|th)?$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

const ROMAN = /^(?=[ivx])(?:x{0,3})(?:ix|iv|v?i{0,3})$/;

function tokenOf(word: LatinWord, mode: Mode, at: number): NameToken {
  const sounded = sound(word.text);
  const base = {
    text: word.text,
    sound: sounded,
    letters: lettersOf(sounded),
    plain: lettersOf(word.text),
    skeleton: skeleton(sounded, word.script === "abjad"),
    script: word.script,
    dotted: word.dotted,
  };
  return {
    ...base,
    role: at === 0 && mode === "person" && GIVEN_NAMES.has(word.text) ? "name" : roleOf(word, mode),
    given: GIVEN_NAMES.get(word.text),
  };
}

function roleOf(word: LatinWord, mode: Mode): Role {
  const { text } = word;
  if (/^\d+$/.test(text)) return "number";
  if (mode === "person")
    return PARTICLES.has(text) || /^abd[aeou]?l?$/.test(text) ? "particle" : text.length === 1 ? "initial" : "name";
  if (STOPWORDS.has(text)) return "stopword";
  if (ROMAN.test(text) && text !== "v" && text !== "x") return "number";
  if (GENERIC_WORDS.has(text)) return "generic";
  return text.length === 1 ? (/[ivx]/.test(text) ? "number" : "initial") : "name";
}
