import type { DecisionWord } from "@tributary/contract";

/** What somebody can be recognised by; null: not known, or of no use (a mail provider that anybody uses). */
export interface LikenessKeys {
  readonly name: string;
  readonly email: string | null;
  readonly domain: string | null;
  readonly host: string | null;
  readonly phone: string | null;
  readonly handles: readonly string[];
}

export interface Likeness {
  /** 0 to 100 */
  readonly score: number;
  readonly reasons: readonly DecisionWord[];
}

/** From here on it is the same; between the two a person looks at it; below nobody is bothered. */
export const SAME = 95;
export const WORTH_A_LOOK = 55;

/** How sure each agreement alone makes that both are the same, in per cent. */
const WEIGHTS = { email: 96, phone: 88, handle: 85, host: 80, domain: 72, name: 55 } as const;
/** Names that are less alike than this say nothing. */
const NAME_FLOOR = 0.55;

/**
 * How much two look like the same, and why. Agreements count as independent evidence: two that leave 20 % and 30 % doubt leave 6 % together.
 * Worked example: same host (80) and same name (55): 1 − 0.20 × 0.45 = 0.91.
 */
export function likenessOf(a: LikenessKeys, b: LikenessKeys): Likeness {
  const reasons: DecisionWord[] = [];
  let doubt = 1;
  const agree = (code: keyof typeof WEIGHTS, value: string, share = 1): void => {
    reasons.push({
      code: `same_${code}`,
      values: { value, ...(share < 1 ? { alike: String(Math.round(share * 100)) } : {}) },
    });
    doubt *= 1 - (WEIGHTS[code] / 100) * share;
  };
  if (a.email !== null && a.email === b.email) agree("email", a.email);
  if (a.phone !== null && a.phone === b.phone) agree("phone", a.phone);
  const handle = a.handles.find((one) => b.handles.includes(one));
  if (handle !== undefined) agree("handle", handle);
  if (a.host !== null && a.host === b.host) agree("host", a.host);
  else if (sameDomain(a, b)) agree("domain", a.domain ?? b.domain ?? "");
  const alike = nameLikeness(a.name, b.name);
  if (alike >= NAME_FLOOR) agree("name", b.name, alike === 1 ? 1 : alike * 0.8);
  return { score: Math.round((1 - doubt) * 100), reasons };
}

/** The domain of one's mail is that of the other's mail or website. */
function sameDomain(a: LikenessKeys, b: LikenessKeys): boolean {
  const mine = [a.domain, a.host].filter((one) => one !== null);
  const theirs = new Set([b.domain, b.host].filter((one) => one !== null));
  return mine.some((one) => theirs.has(one));
}

/** Dice's coefficient over the trigrams of both texts, 0 to 1 (Dice, Ecology 26(3), 1945). */
export function nameLikeness(a: string, b: string): number {
  if (a === "" || b === "") return 0;
  if (a === b) return 1;
  const left = trigrams(a);
  const right = trigrams(b);
  let both = 0;
  for (const [part, count] of left) both += Math.min(count, right.get(part) ?? 0);
  const all = sum(left) + sum(right);
  return all === 0 ? 0 : (2 * both) / all;
}

function trigrams(text: string): Map<string, number> {
  const padded = `  ${text} `;
  const found = new Map<string, number>();
  for (let at = 0; at + 3 <= padded.length; at++) {
    const part = padded.slice(at, at + 3);
    found.set(part, (found.get(part) ?? 0) + 1);
  }
  return found;
}

function sum(counts: ReadonlyMap<string, number>): number {
  let all = 0;
  for (const count of counts.values()) all += count;
  return all;
}
