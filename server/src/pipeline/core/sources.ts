import type { DecisionWord, SourceRule } from "@tributary/contract";
import { nameLikeness } from "./likeness.ts";

export interface SourceDecision {
  /** null: no rule knows it */
  readonly source: string | null;
  readonly words: readonly DecisionWord[];
}

const UTM = ["utm_source", "utm_medium", "utm_campaign"] as const;

/**
 * A messy source as rules compare it: percent signs resolved, lower case, one blank between words, `+`, `_` and hyphens as blanks. Of an address or query only
 * its utm parameters count, in this order: source, medium, campaign.
 * Worked example: `?utm_campaign=Q1&utm_source=Google%20Ads` → `google ads q1`.
 */
export function normalSource(raw: string): string {
  const text = resolved(raw.trim());
  const query = /(?:^|[?&])(utm_[a-z]+=.*)$/i.exec(text)?.[1];
  if (query === undefined) return plain(text.replace(/^https?:\/\/(?:www\.)?/i, ""));
  const parameters = new Map(
    query.split("&").map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at).toLowerCase(), pair.slice(at + 1)] as const;
    }),
  );
  return plain(UTM.map((name) => parameters.get(name) ?? "").join(" "));
}

function resolved(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s+_\-–—]+/g, " ")
    .trim();
}

/** The clean source by the first rule that knows it. */
export function mapSource(raw: string, rules: readonly SourceRule[]): SourceDecision {
  const text = normalSource(raw);
  if (text === "") return { source: null, words: [{ code: "source_empty", values: {} }] };
  const index = rules.findIndex((rule) => rule.active && knows(rule, text));
  const rule = rules[index];
  if (rule === undefined) return { source: null, words: [{ code: "source_unknown", values: { text } }] };
  const values = { number: String(index + 1), text, rule: rule.text, source: rule.source };
  return { source: rule.source, words: [{ code: `source_${rule.match}`, values }] };
}

function knows(rule: SourceRule, text: string): boolean {
  if (rule.match === "pattern") return fits(plain(rule.text), text);
  const wanted = normalSource(rule.text);
  if (wanted === "") return false;
  if (rule.match === "exact") return text === wanted;
  return rule.match === "prefix" ? text.startsWith(wanted) : text.includes(wanted);
}

/**
 * `*` stands for any text, `?` for one letter. Patterns are people's input, so that nothing is used that can take long for a short text: at most
 * (letters of the pattern × letters of the text) steps.
 */
export function fits(pattern: string, text: string): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let mark = 0;
  while (from < text.length) {
    const letter = pattern[at];
    if (letter === "*") {
      star = at++;
      mark = from;
    } else if (letter !== undefined && (letter === "?" || letter === text[from])) {
      at++;
      from++;
    } else if (star >= 0) {
      at = star + 1;
      from = ++mark;
    } else return false;
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}

export interface SourceSuggestion {
  readonly source: string;
  /** 0 to 100 */
  readonly likeness: number;
  /** The text of the rule, or the source itself, that it is like. */
  readonly because: string;
}

/** Which clean source an unknown one may be: the one with the most similar rule or name. */
export function suggestSource(raw: string, rules: readonly SourceRule[]): SourceSuggestion | null {
  const text = normalSource(raw);
  let best: SourceSuggestion | null = null;
  for (const rule of rules) {
    for (const known of [rule.text, rule.source]) {
      const likeness = Math.round(nameLikeness(text, normalSource(known)) * 100);
      if (likeness >= 35 && likeness > (best?.likeness ?? 0)) best = { source: rule.source, likeness, because: known };
    }
  }
  return best;
}
