const SHORTEST = 6;
const LONGEST = 60;
const MOST = 80;

/** A reference without what banks do to it: blanks, slashes, hyphens, case. `pay-01k9 x3` → `PAY01K9X3` */
export function normalised(reference: string): string {
  return reference
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .slice(0, LONGEST);
}

/**
 * Everything an entry could be found by: its references, and each word of its text that is long enough to be one. Banks break lines within a
 * reference, so neighbouring words are also read as one.
 */
export function referencesIn(references: readonly (string | null | undefined)[], texts: readonly string[]): string[] {
  const found = new Set<string>();
  const note = (text: string) => {
    const plain = normalised(text);
    if (plain.length >= SHORTEST && /\d/.test(plain)) found.add(plain);
  };
  for (const one of references) if (one != null) note(one);
  const words = texts.flatMap((text) => text.split(/[\s,;:+?/]+/)).filter((word) => word !== "");
  for (const [at, word] of words.entries()) {
    note(word);
    const next = words[at + 1];
    if (next !== undefined) note(word + next);
  }
  return [...found].slice(0, MOST);
}

/** The end of an account number that is compared when one side is masked. */
export function lastFour(account: string): string {
  return normalised(account).slice(-4);
}
