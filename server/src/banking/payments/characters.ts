import anyAscii from "any-ascii";

/**
 * What letters a format can carry. `latin`: the SEPA set (EPC217-08), which is SWIFT's set X without line ends; `swiss`: what Swiss banks
 * take since 2022 (SPS: Latin-1, Latin Extended-A, Ș ș Ț ț €); `swissOld`: the ASCII part of the .ch.02 schema's set (copies of
 * that schema are about whose pattern was saved in a wrong encoding: they refuse an ü that the bank would take); `ascii`: printable ASCII (NACHA);
 * `bacs`: capitals, digits and . - / & (Bacs standard 18); `any`: all that XML and CSV may hold.
 */
export type CharacterSet = "latin" | "swiss" | "swissOld" | "ascii" | "bacs" | "any";

const SETS: Readonly<Record<CharacterSet, RegExp>> = {
  latin: /^[A-Za-z0-9/\-?:().,'+ ]$/,
  swiss: /^[ -~\u00a0-\u017f\u0218-\u021b€]$/u,
  swissOld: /^[ -\]_-{}~]$/,
  ascii: /^[ -~]$/,
  bacs: /^[A-Z0-9.\-/& ]$/,
  any: /^[^\p{Cc}\ufffe\uffff]$/u,
};

/** What stands for a sign that the set lacks: the EPC's best practice (EPC217-08), then whatever any-ascii says. */
const INSTEAD: Readonly<Record<string, string>> = {
  "&": "+",
  "@": "(at)",
  _: "-",
  '"': "'",
  "`": "'",
  "´": "'",
  ";": ",",
  "!": ".",
  "%": " pct",
  "#": " ",
  "*": ".",
  "<": "(",
  ">": ")",
  "[": "(",
  "]": ")",
  "{": "(",
  "}": ")",
  "\\": "/",
  "|": "/",
  "=": "-",
  "~": "-",
  "^": "",
  $: "USD",
};
const INSTEAD_IN_BACS: Readonly<Record<string, string>> = {
  "+": "&",
  "(": "",
  ")": "",
  "'": "",
  ",": " ",
  ":": " ",
  "?": "",
  _: "-",
  "@": " AT ",
};

export interface Fitted {
  readonly text: string;
  /** Whether anything is not as it was (blanks at the ends and doubled ones do not count). */
  readonly changed: boolean;
}

/** Blanks of all kinds become one, ends are trimmed, broken halves of characters go. */
export function tidy(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFC")
    .replaceAll("\ufffd", "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

/** The text in the letters and the length of a format. What had to be changed is for the caller to report, never lost in silence. */
export function fit(text: string, set: CharacterSet, most: number): Fitted {
  const plain = tidy(text);
  const cut = cutTo(tidy([...plain].map((character) => letterFor(character, set)).join("")), most);
  return { text: cut, changed: cut !== plain };
}

function letterFor(character: string, set: CharacterSet): string {
  if (SETS[set].test(character)) return character;
  if (set === "any") return "";
  // Signs that draw a picture have long names in ASCII (:grinning:), which nobody has in a name.
  if (/\p{Extended_Pictographic}|\p{Mn}|\p{Cf}/u.test(character)) return "";
  const ascii = set === "ascii" || set === "swiss" || set === "swissOld" ? anyAscii(character) : asciiFor(character);
  return [...(set === "bacs" ? ascii.toUpperCase() : ascii)]
    .map((letter) => (SETS[set].test(letter) ? letter : narrower(letter, set)))
    .join("");
}

function asciiFor(character: string): string {
  return INSTEAD[character] ?? [...anyAscii(character)].map((letter) => INSTEAD[letter] ?? letter).join("");
}

function narrower(letter: string, set: CharacterSet): string {
  const instead = (set === "bacs" ? INSTEAD_IN_BACS[letter] : undefined) ?? INSTEAD[letter] ?? "";
  return [...instead].filter((one) => SETS[set].test(one)).join("");
}

/** Never through a character that takes two places, and without a blank at the end. */
function cutTo(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = most;
  const code = text.charCodeAt(end - 1);
  if (code >= 0xd800 && code <= 0xdbff) end -= 1;
  return text.slice(0, end).trimEnd();
}

/** Does the text need nothing done to it? For ids, which are never changed. */
export function isIn(text: string, set: CharacterSet): boolean {
  return [...text].every((character) => SETS[set].test(character));
}
