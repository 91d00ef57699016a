import type { TestFinding } from "@tributary/contract";
import type { Finding } from "./findings.ts";
import { FINDING_WORDS_EN, type FindingCode } from "./words-en.ts";
import { FINDING_WORDS_ES } from "./words-es.ts";

export type ProofLanguage = "en" | "es";

const WORDS: Readonly<Record<ProofLanguage, Readonly<Record<FindingCode, readonly [string, string, string]>>>> = {
  en: FINDING_WORDS_EN,
  es: FINDING_WORDS_ES,
};

/** A finding in words: what it is, where to look, what to change. */
export function findingInWords(finding: Finding, language: ProofLanguage): TestFinding {
  const [title, where, change] = WORDS[language][finding.code];
  const fill = (text: string) => text.replace(/\{([a-z]+)\}/g, (all, name: string) => finding.values[name] ?? all);
  return {
    code: finding.code,
    severity: finding.severity,
    hop: finding.hop,
    title: fill(title),
    where: fill(where),
    change: fill(change),
    values: { ...finding.values },
  };
}
