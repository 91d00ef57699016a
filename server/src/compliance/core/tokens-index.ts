import type { NameToken } from "./parse.ts";

/** A distinct word of all listed names. */
export interface IndexedWord {
  readonly token: NameToken;
  /** names that have it */
  readonly names: number[];
  /** which letters its sound has, one bit each */
  readonly letters: number;
  readonly length: number;
  /** 1 for scripts without vowels, whose letters say little, 2 for those that were put into Latin letters with much loss */
  readonly loss: 0 | 1 | 2;
  /** several words written together */
  readonly glued: boolean;
}

/** How far a word is looked for: as a word, as words written together, or only where all its consonants are there. */
export type Effort = "word" | "glued" | "quick";

/**
 * Words found again by how they sound: two words meet where their consonants, sorted into classes, are equal up to one that is another or
 * missing (symmetric deletion, as in Garbe's SymSpell), and each candidate is then measured by `agreementOf`.
 */
export interface WordIndex {
  /** @param glued several words written together, which are only met as they stand */
  add(token: NameToken, name: number, glued: boolean): void;
  /** every word that may be close to this one */
  near(token: NameToken, effort: Effort): readonly IndexedWord[];
  /** in how many names a word of this sound stands */
  count(token: NameToken): number;
}

const CLASSES: Readonly<Record<string, string>> = {
  b: "b",
  p: "b",
  v: "f",
  f: "f",
  w: "f",
  d: "d",
  t: "d",
  g: "g",
  k: "g",
  q: "g",
  s: "s",
  z: "s",
  S: "s",
  Z: "s",
  C: "s",
  c: "s",
  j: "s",
  l: "l",
  r: "r",
  m: "m",
  n: "n",
};

/** "vladimir" → "fldmr": classes of consonants; vowels, h and kh are left out. */
export function classCode(sounded: string): string {
  let code = "";
  let last = "";
  for (const letter of sounded) {
    const cls = CLASSES[letter] ?? (letter >= "0" && letter <= "9" ? letter : "");
    if (cls !== "" && cls !== last) code += cls;
    if (cls !== "") last = cls;
  }
  return code === "" ? sounded.slice(0, 3) : code;
}

const BIT: Readonly<Record<string, number>> = Object.fromEntries(
  [..."aeioubdgslmkptvfrnzSCXjch0123456789"].map((letter, at) => [letter, 1 << (at % 31)]),
);

function lettersOf(text: string): number {
  let mask = 0;
  for (const letter of text) mask |= BIT[letter] ?? 0;
  return mask;
}

function bits(mask: number): number {
  let value = mask - ((mask >>> 1) & 0x55555555);
  value = (value & 0x33333333) + ((value >>> 2) & 0x33333333);
  return (((value + (value >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

export function createWordIndex(): WordIndex {
  const words = new Map<string, IndexedWord>();
  const byKey = new Map<string, IndexedWord[]>();
  const bySound = new Map<string, number>();
  const put = (key: string, word: IndexedWord) => {
    const list = byKey.get(key);
    if (list === undefined) byKey.set(key, [word]);
    else list.push(word);
  };
  return {
    add(token, name, glued) {
      const key = `${token.text} ${token.script}${token.role}`;
      let word = words.get(key);
      if (word === undefined) {
        word = {
          token,
          names: [],
          letters: lettersOf(token.sound),
          length: token.sound.length,
          loss: lossOf(token),
          glued,
        };
        words.set(key, word);
        for (const one of storedKeys(token, glued)) put(one, word);
      }
      if (word.names.at(-1) === name) return;
      word.names.push(name);
      if (!glued) bySound.set(token.sound, (bySound.get(token.sound) ?? 0) + 1);
    },
    near(token, effort) {
      const found = new Set<IndexedWord>();
      const letters = lettersOf(token.sound);
      const loss = lossOf(token);
      for (const key of askedKeys(token, effort)) {
        const list = byKey.get(key);
        if (list === undefined) continue;
        for (const word of list)
          if (!(effort === "glued" && word.glued) && mayBeClose(token, letters, loss, word)) found.add(word);
      }
      return [...found];
    },
    count: (token) => bySound.get(token.sound) ?? 0,
  };
}

const lossOf = ({ script }: NameToken) => (script === "abjad" ? 1 : script === "sounded" ? 2 : 0);

/** Cheap look before measuring: length and letters. */
function mayBeClose(token: NameToken, letters: number, loss: 0 | 1 | 2, word: IndexedWord): boolean {
  if (loss === 1 || word.loss === 1 || (token.given !== undefined && token.given === word.token.given)) return true;
  const loose = loss === 2 || word.loss === 2 ? 2 : 0;
  const length = token.sound.length;
  const [long, short] = length > word.length ? [length, word.length] : [word.length, length];
  return long - short <= 1 + long / 5 + loose && bits(letters ^ word.letters) <= 2 + long / 4 + loose;
}

const codeOf = (token: NameToken) => classCode(token.script === "abjad" ? token.skeleton : token.sound);

/** Without v and j inside it: an Arabic or Hebrew letter for them stands for a vowel as well. */
const bareCode = ({ skeleton }: NameToken) => classCode(skeleton.slice(0, 1) + skeleton.slice(1).replace(/[vwj]/g, ""));

/** The code itself `=`, with one class gone `-`, with one class open `*`, and the group of given names. */
function storedKeys(token: NameToken, glued: boolean): string[] {
  const code = codeOf(token);
  const keys = new Set([`=${code}`]);
  keys.add(`${token.script === "abjad" ? "≈" : "~"}${bareCode(token)}`);
  if (glued) return [...keys];
  if (token.given !== undefined) keys.add(`@${token.given}`);
  for (let at = 0; at < code.length && code.length > 2; at++) {
    keys.add(`-${code.slice(0, at)}${code.slice(at + 1)}`);
    keys.add(`*${code.slice(0, at)}*${code.slice(at + 1)}`);
  }
  return [...keys];
}

const OTHER_D: Readonly<Record<string, string>> = { d: "s", s: "d" };

function askedKeys(token: NameToken, effort: Effort): string[] {
  const code = codeOf(token);
  const keys = new Set([`=${code}`]);
  if (token.given !== undefined) keys.add(`@${token.given}`);
  keys.add(`${token.script === "abjad" ? "~" : "≈"}${bareCode(token)}`);
  if (effort === "quick") return [...keys];
  // what Arabs write as one letter stands as dh, z or d elsewhere: "Hafidh" and "Hafiz", "Rida" and "Reza"
  if (code.length === 2 && /[dz]/.test(token.sound))
    for (const at of [0, 1])
      keys.add(`=${code.slice(0, at)}${OTHER_D[code[at] as string] ?? code[at]}${code.slice(at + 1)}`);
  const glued = effort === "glued";
  if (!glued || code.length > 3) keys.add(`-${code}`);
  for (let at = 0; at < code.length && code.length > (glued ? 3 : 2); at++) {
    keys.add(`=${code.slice(0, at)}${code.slice(at + 1)}`);
    if (!glued) keys.add(`*${code.slice(0, at)}*${code.slice(at + 1)}`);
    // two that changed places
    if (!glued && at > 0) keys.add(`=${code.slice(0, at - 1)}${code[at]}${code[at - 1]}${code.slice(at + 1)}`);
  }
  return [...keys];
}
