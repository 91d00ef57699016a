import type { ClaimFinding, ReviewBook } from "@tributary/contract";

const MOST_TEXT = 400_000;
const MOST_FINDINGS = 200;
const AROUND = 60;

/** A text as claims are looked for in it: one kind of quote, hyphen and blank. */
function plainText(text: string): string {
  return text
    .slice(0, MOST_TEXT)
    .normalize("NFC")
    .replace(/[‘’‛ʼ]/g, "'")
    .replace(/[‐‑‒–—]/g, "-")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * Words that a list forbids, where they stand in a text. All languages of the list are looked for: pages mix them. A star at the end of a word stands
 * for its rest, alone for any one word.
 * @param only codes of claims; left out: all
 */
export function findClaims(book: ReviewBook, text: string, only?: readonly string[]): ClaimFinding[] {
  const plain = plainText(text);
  const findings: (ClaimFinding & { readonly at: number })[] = [];
  for (const claim of book.claims) {
    if (only !== undefined && !only.includes(claim.code)) continue;
    for (const [language, words] of Object.entries(claim.words))
      for (const word of words)
        for (const match of plain.matchAll(patternOf(word))) {
          const end = match.index + match[0].length;
          const before = plain.slice(Math.max(0, match.index - AROUND), match.index);
          findings.push({
            claim: claim.code,
            name: claim.name,
            grave: claim.grave,
            word,
            language,
            before,
            found: match[0],
            after: plain.slice(end, end + AROUND),
            negated: isNegated(before),
            at: match.index,
          });
          if (findings.length >= MOST_FINDINGS) return ordered(findings);
        }
  }
  return ordered(findings);
}

/** In the order of the text; the same place under the same claim counts once. */
function ordered(findings: readonly (ClaimFinding & { readonly at: number })[]): ClaimFinding[] {
  const seen = new Set<string>();
  return [...findings]
    .sort((a, b) => a.at - b.at || b.found.length - a.found.length)
    .filter(({ claim, at }) => !seen.has(`${claim} ${at}`) && seen.add(`${claim} ${at}`))
    .map(({ at: _, ...finding }) => finding);
}

const patterns = new Map<string, RegExp>();

function patternOf(word: string): RegExp {
  const known = patterns.get(word);
  if (known !== undefined) return known;
  const parts = word
    .split(/\s+/)
    .map((part) => (part === "*" ? "\\S{1,30}" : escaped(part).replaceAll("\\*", "[\\p{L}\\p{N}]{0,20}")));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${parts.join(" ")}(?![\\p{L}\\p{N}])`, "giu");
  patterns.set(word, pattern);
  return pattern;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

const NEGATIONS = new Set(
  "not no never neither isn't aren't nothing no nunca jamás ningún ninguna nicht kein keine keinen nie não nem pas aucun aucune jamais non nessun nessuna mai".split(
    " ",
  ),
);
const NEAR = 3;

/** One of the last words before it says no, in the same sentence. */
function isNegated(before: string): boolean {
  const sentence = before.split(/[.!?:;|]/).at(-1) ?? "";
  return sentence
    .trim()
    .toLowerCase()
    .split(" ")
    .slice(-NEAR)
    .some((word) => NEGATIONS.has(word));
}

/** Whether a text says one of several signs (`18+|over 18|advertis*`). */
export function saysOne(text: string, signs: readonly string[]): boolean {
  const plain = plainText(text);
  return signs.some((sign) => {
    const parts = sign.split(/\s+/).map((part) => escaped(part).replaceAll("\\*", "[\\p{L}\\p{N}]{0,20}"));
    return new RegExp(`(?<![\\p{L}\\p{N}])${parts.join(" ")}(?![\\p{L}\\p{N}])`, "iu").test(plain);
  });
}

/** What of a review's checklist a page says by itself. */
export function signsOf({ checklist }: ReviewBook, text: string): Record<string, boolean> {
  return Object.fromEntries(
    checklist.flatMap(({ code, sign }) => (sign === null ? [] : [[code, saysOne(text, sign.split("|"))] as const])),
  );
}
