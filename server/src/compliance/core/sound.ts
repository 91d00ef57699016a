/** Spellings of one sound in the Latin alphabets of the world, longest first. Capitals: C is ch, S is sh, Z is zh, X is kh. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/dschi?|dzh|dj/g, "j"],
  [/tsch|tsh|tch|tzsch|tj(?=$)|tx(?=$)/g, "C"],
  [/shch|schtsch|szcz|stsch|chtch/g, "S"],
  [/sch(?![aeiouy]{2}n?$)/g, "S"],
  [/cz|ch|cs(?=$|i)/g, "C"],
  [/sh|sz|sj/g, "S"],
  [/zh|rz(?=[aeiouy])/g, "Z"],
  [/kh/g, "X"],
  [/gh/g, "g"],
  [/ph/g, "f"],
  [/th/g, "t"],
  [/dh/g, "d"],
  [/bh/g, "b"],
  [/ck|q/g, "k"],
  [/^x/g, "S"],
  [/x/g, "ks"],
  [/ts|tz/g, "c"],
  [/w/g, "v"],
  [/ou|oo|uw|ow(?=[^aeiouy]|$)/g, "u"],
  [/ae|ai|ay|ei|ey(?!$)/g, "e"],
  [/oe/g, "o"],
  [/ue/g, "u"],
  [/ee|ie|iy|ij|yj|yy|ii|iu(?=$)|y/g, "i"],
  [/(.)\1+/g, "$1"],
];

const known = new Map<string, string>();
const KNOWN_AT_MOST = 200_000;

/** A Latin word by its sound: what different alphabets write differently becomes one letter. */
export function sound(word: string): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  let text = word;
  for (const [spelling, letter] of SPELLINGS) text = text.replace(spelling, letter);
  if (known.size >= KNOWN_AT_MOST) known.clear();
  known.set(word, text);
  return text;
}

/**
 * Its consonants: what an Arabic or Hebrew spelling leaves of a word. Where the word itself is so written, w and y stand for vowels
 * except at its beginning.
 */
export function skeleton(sounded: string, abjad: boolean): string {
  const bare = sounded.slice(0, 1) + sounded.slice(1).replace(abjad ? /[aeiouv]/g : /[aeiou]/g, "");
  return bare.replace(/^[aeiou]/, "");
}
