import type { ListEntry } from "../../server/src/compliance/core/names.ts";

/** Two names and whether they are of the same party. */
export interface NamePair {
  readonly left: string;
  readonly right: string;
  readonly same: boolean;
  readonly how: string;
  readonly kind: "person" | "organization";
}

type Chance = () => number;

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = <T>(values: readonly T[], chance: Chance): T => values[Math.floor(chance() * values.length)] as T;
const wordsOf = (name: string) => name.split(/[\s,]+/).filter((word) => word !== "");
const letter = (chance: Chance) => "abcdefghijklmnoprstuvwyz".charAt(Math.floor(chance() * 24));

type Change = (words: readonly string[], chance: Chance) => readonly string[] | undefined;

/** One slip of the hand in a word of five letters or more. */
const slip: Change = (words, chance) => {
  const long = words.map((word, at) => ({ word, at })).filter(({ word }) => /^[a-z]{5,}$/i.test(word));
  if (long.length === 0) return undefined;
  const { word, at } = pick(long, chance);
  const place = 1 + Math.floor(chance() * (word.length - 2));
  const kinds = [
    word.slice(0, place) + word.slice(place + 1),
    word.slice(0, place) + letter(chance) + word.slice(place),
    word.slice(0, place) + letter(chance) + word.slice(place + 1),
    word.slice(0, place) + word.charAt(place + 1) + word.charAt(place) + word.slice(place + 2),
  ];
  return words.with(at, pick(kinds, chance));
};

const isSmall = (word: string) =>
  /^(?:ltd|ltda|limited|llc|inc|co|corp|company|cia|gmbh|plc|ooo|jsc|fze|hafiz|maulavi|al|el|bin|ben|ibn|bint|de|la|abu|abd|abdul|ul|ud|din|van|von|y|del|haji|dr|mullah)[.,]*$|^.{1,2}[.,]*$|^(?:\w\.){2,}/i.test(
    word,
  );

const PERSON: Readonly<Record<string, Change>> = {
  reordered: (words) => (words.length < 2 ? undefined : [...words.slice(1), words[0] as string]),
  "without a middle name": (words) =>
    words.filter((word) => !isSmall(word)).length < 4 || isSmall(words[1] as string)
      ? undefined
      : words.toSpliced(1, 1),
  initial: (words) =>
    words.length < 3 || isSmall(words[1] as string) || isSmall(words[0] as string)
      ? undefined
      : words.with(1, `${words[1]?.charAt(0)}.`),
  slip,
  "two slips": (words, chance) => {
    const once = slip(words, chance);
    return words.join("").length < 16 || once === undefined ? undefined : slip(once, chance);
  },
  together: (words, chance) => {
    const at = Math.floor(chance() * (words.length - 1));
    return words.length < 3 ? undefined : words.toSpliced(at, 2, `${words[at]}${words[at + 1]}`);
  },
  honorific: (words, chance) => [pick(["Mr.", "Dr", "Sheikh", "Haji", "Gen.", "Prof."], chance), ...words],
  spelling: (words) => respelt(words),
  cyrillic: (words) => script(words, CYRILLIC),
  greek: (words) => script(words, GREEK),
  arabic: (words) => script(words, ARABIC),
};

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/mohammed|muhammad|mohammad/i, "Mohamed"],
  [/ahmad/i, "Ahmed"],
  [/husayn|hussein/i, "Hossein"],
  [/yusuf/i, "Youssef"],
  [/sch/i, "sh"],
  [/ou/i, "u"],
  [/ee/i, "i"],
  [/kh/i, "h"],
  [/q/i, "k"],
  [/ph/i, "f"],
  [/v/i, "w"],
  [/y$/i, "i"],
  [/iy/i, "y"],
  [/(.)\1/i, "$1"],
];

function respelt(words: readonly string[]): readonly string[] | undefined {
  const text = words.join(" ");
  const fits = SPELLINGS.filter(([spelling]) => spelling.test(text)).slice(0, 2);
  if (fits.length === 0) return undefined;
  return fits.reduce((done, [spelling, other]) => done.replace(spelling, other), text).split(" ");
}

const CYRILLIC: Readonly<Record<string, string>> = {
  shch: "щ",
  sh: "ш",
  ch: "ч",
  zh: "ж",
  kh: "х",
  ts: "ц",
  yu: "ю",
  ya: "я",
  ou: "у",
  th: "т",
  ph: "ф",
  gh: "г",
  a: "а",
  b: "б",
  c: "к",
  d: "д",
  e: "е",
  f: "ф",
  g: "г",
  h: "х",
  i: "и",
  j: "дж",
  k: "к",
  l: "л",
  m: "м",
  n: "н",
  o: "о",
  p: "п",
  q: "к",
  r: "р",
  s: "с",
  t: "т",
  u: "у",
  v: "в",
  w: "в",
  x: "кс",
  y: "й",
  z: "з",
};
const GREEK: Readonly<Record<string, string>> = {
  th: "θ",
  ph: "φ",
  ch: "χ",
  kh: "χ",
  ou: "ου",
  sh: "σ",
  a: "α",
  b: "μπ",
  c: "κ",
  d: "ντ",
  e: "ε",
  f: "φ",
  g: "γκ",
  h: "χ",
  i: "ι",
  j: "τζ",
  k: "κ",
  l: "λ",
  m: "μ",
  n: "ν",
  o: "ο",
  p: "π",
  q: "κ",
  r: "ρ",
  s: "σ",
  t: "τ",
  u: "ου",
  v: "β",
  w: "ου",
  x: "ξ",
  y: "γι",
  z: "ζ",
};
const ARABIC: Readonly<Record<string, string>> = {
  sh: "ش",
  kh: "خ",
  gh: "غ",
  th: "ث",
  dh: "ذ",
  ch: "تش",
  aa: "ا",
  ee: "ي",
  oo: "و",
  ou: "و",
  a: "ا",
  b: "ب",
  c: "ك",
  d: "د",
  e: "",
  f: "ف",
  g: "غ",
  h: "ح",
  i: "ي",
  j: "ج",
  k: "ك",
  l: "ل",
  m: "م",
  n: "ن",
  o: "و",
  p: "ب",
  q: "ق",
  r: "ر",
  s: "س",
  t: "ت",
  u: "و",
  v: "ف",
  w: "و",
  x: "كس",
  y: "ي",
  z: "ز",
};

/** By sound, letter for letter, as a clerk would write a foreign name. */
function script(words: readonly string[], table: Readonly<Record<string, string>>): readonly string[] | undefined {
  if (words.some((word) => !/^[a-z'-]+$/i.test(word)) || words.join("").length < 8) return undefined;
  return words.map((word) => {
    const plain = word
      .toLowerCase()
      .replace(/[^a-z]/g, "")
      .replace(/(.)\1/g, "$1");
    let out = "";
    for (let at = 0; at < plain.length; ) {
      const size = [4, 2, 1].find((length) => table[plain.slice(at, at + length)] !== undefined) ?? 1;
      out += table[plain.slice(at, at + size)] ?? "";
      at += size;
    }
    return out;
  });
}

const FORM =
  /[,\s]+(?:ltd|limited|llc|inc|co|corp|corporation|company|gmbh|s\.?a\.?|s\.a\.s|plc|ooo|jsc|ojsc|ag|b\.?v\.?|fze|s\.r\.l|l\.l\.c)\.?$/i;

const ORGANIZATION: Readonly<Record<string, Change>> = {
  "without legal form": (words) => {
    const bare = words.join(" ").replace(FORM, "").replace(FORM, "");
    return bare === words.join(" ") || wordsOf(bare).length < 2 ? undefined : wordsOf(bare);
  },
  "legal form added": (words, chance) =>
    FORM.test(words.join(" ")) ? undefined : [...words, pick(["Ltd", "LLC", "Co., Ltd.", "GmbH", "Limited"], chance)],
  slip,
  punctuation: (words) => [words.join("-").replace(/-([^-]+)$/, " $1")],
  "the and": (words) => ["The", ...words],
  together: (words) => (words.length < 3 ? undefined : [`${words[0]}${words[1]}`, ...words.slice(2)]),
  cyrillic: (words) => script(words, CYRILLIC),
};

const nameOf = (entry: ListEntry) => entry.names[0]?.text ?? "";
const isPlain = (name: string, kind: string) =>
  wordsOf(name).length >= 2 &&
  wordsOf(name).length <= (kind === "person" ? 6 : 8) &&
  /^[\x20-\x7e]+$/.test(name) &&
  !/\d|\(/.test(name);

/** Altered listed names, which must be found, and hard neighbors, which must not. The same for a seed. */
export function adversarialPairs(entries: readonly ListEntry[], count: number, seed: number): readonly NamePair[] {
  const chance = chanceOf(seed);
  const of = (kind: NamePair["kind"]) => entries.filter((entry) => entry.kind === kind && isPlain(nameOf(entry), kind));
  const pools = { person: of("person"), organization: of("organization") };
  const pairs: NamePair[] = [];
  for (let tries = 0; pairs.length < count && tries < count * 40; tries++) {
    const kind = chance() < 0.7 ? "person" : "organization";
    const pool = pools[kind];
    const entry = pick(pool, chance);
    const pair = chance() < 0.5 ? altered(entry, kind, chance) : neighbor(entry, pool, kind, chance);
    if (pair !== undefined) pairs.push(pair);
  }
  return pairs;
}

function altered(entry: ListEntry, kind: NamePair["kind"], chance: Chance): NamePair | undefined {
  const changes = Object.entries(kind === "person" ? PERSON : ORGANIZATION);
  const [how, change] = pick(changes, chance);
  const name = nameOf(entry);
  const left = change(wordsOf(name), chance)?.join(" ");
  return left === undefined || left.length < 5 ? undefined : { left, right: name, same: true, how, kind };
}

/** Another party that shares a word, or a listed name with one word put in place of another. */
function neighbor(
  entry: ListEntry,
  pool: readonly ListEntry[],
  kind: NamePair["kind"],
  chance: Chance,
): NamePair | undefined {
  const name = nameOf(entry);
  const words = wordsOf(name);
  const other = pick(pool, chance);
  if (other.id === entry.id) return undefined;
  if (chance() < 0.5) {
    const whole = words.map((word, at) => ({ word, at })).filter(({ word }) => !isSmall(word) && word.length > 3);
    const donors = wordsOf(nameOf(other)).filter((word) => !isSmall(word) && word.length > 3);
    if (whole.length < 2 || donors.length === 0) return undefined;
    const { word, at } = pick(whole, chance);
    const donor = pick(donors, chance);
    return isFar(word, donor)
      ? {
          left: words.with(at, donor).join(" "),
          right: name,
          same: false,
          how: "one word put in place of another",
          kind,
        }
      : undefined;
  }
  const shared = wordsOf(nameOf(other)).filter((word) =>
    words.some((one) => one.toLowerCase() === word.toLowerCase() && word.length > 3),
  );
  const alone = (name_: readonly string[], than: readonly string[]) =>
    name_.filter((one) => !isSmall(one) && !than.some((two) => two.toLowerCase() === one.toLowerCase()));
  const [left, right] = [alone(wordsOf(nameOf(other)), words), alone(words, wordsOf(nameOf(other)))];
  const apart = left.length > 0 && right.length > 0 && left.every((one) => right.every((two) => isFar(one, two)));
  if (shared.length === 0 || !apart) return undefined;
  return { left: nameOf(other), right: name, same: false, how: "two parties that share a word", kind };
}

/** Words that nobody would take for each other: fewer than half of their letters in the same order. */
function isFar(left: string, right: string): boolean {
  const [one, other] = [left.toLowerCase().replace(/[^a-z]/g, ""), right.toLowerCase().replace(/[^a-z]/g, "")];
  let previous = new Array<number>(other.length + 1).fill(0);
  for (const character of one) {
    const current = [0];
    for (let at = 1; at <= other.length; at++)
      current.push(
        character === other.charAt(at - 1)
          ? (previous[at - 1] as number) + 1
          : Math.max(previous[at] as number, current[at - 1] as number),
      );
    previous = current;
  }
  return (previous[other.length] as number) < 0.5 * Math.max(one.length, other.length);
}
