import { type Clause, TERMS_PLACEHOLDERS } from "@tributary/contract";
import type { Day } from "../../kernel/period.ts";

/** What stands for the placeholders of a clause. */
export interface TermsFilling {
  readonly partnerName: string;
  readonly partnerLegalName: string;
  readonly partnerCountry: string;
  readonly programName: string;
  readonly programCurrency: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly customers: "move" | "stay";
  /** The plan in plain language. */
  readonly plan: readonly string[];
  readonly language: "en" | "es";
}

const PLACEHOLDER = /\{\{\s*([a-zA-Z.]+)\s*\}\}/g;

/** Names in double braces that no round can fill in. */
export function unknownPlaceholders(text: string): string[] {
  const known = new Set<string>(TERMS_PLACEHOLDERS);
  return [...text.matchAll(PLACEHOLDER)].flatMap(([, name]) => (name !== undefined && !known.has(name) ? [name] : []));
}

const OPEN_END = { en: "further notice", es: "nuevo aviso" } as const;
const CUSTOMERS = {
  en: {
    move: "Customers who were there before move to these terms.",
    stay: "Customers who were there before stay on the terms under which they came.",
  },
  es: {
    move: "Los clientes anteriores pasan a estas condiciones.",
    stay: "Los clientes anteriores conservan las condiciones con las que llegaron.",
  },
} as const;

/**
 * The text that is signed: the clauses in their order with everything filled in (Markdown), and the plan in plain language, at its placeholder or
 * at the end. What the hash is taken of.
 */
export function termsText(clauses: readonly Clause[], filling: TermsFilling): string {
  const values: Readonly<Record<(typeof TERMS_PLACEHOLDERS)[number], string>> = {
    "partner.name": filling.partnerName,
    "partner.legalName": filling.partnerLegalName || filling.partnerName,
    "partner.country": filling.partnerCountry,
    "program.name": filling.programName,
    "program.currency": filling.programCurrency,
    "agreement.validFrom": filling.validFrom,
    "agreement.validTo": filling.validTo ?? OPEN_END[filling.language],
    "agreement.customers": CUSTOMERS[filling.language][filling.customers],
    "plan.text": filling.plan.map((sentence) => `- ${asText(sentence)}`).join("\n"),
  };
  const texts = clauses.map(({ title, text }) => {
    const filled = text.replaceAll(PLACEHOLDER, (whole, name: string) => values[name as keyof typeof values] ?? whole);
    return title === "" ? filled : `## ${title}\n\n${filled}`;
  });
  const holdsPlan = clauses.some(({ text }) => /\{\{\s*plan\.text\s*\}\}/.test(text));
  return [...texts, ...(holdsPlan ? [] : [values["plan.text"]])].join("\n\n");
}

/** A sentence that Markdown leaves as it is: `1. …` is no list, a star no emphasis. */
function asText(sentence: string): string {
  return sentence.replaceAll(/[\\*`[\]<>]/g, "\\$&").replace(/^(\d+)\./, "$1\\.");
}

/** The clauses of a round: the wanted texts over those that stood. Locked ones are named, not changed. */
export function withClauseTexts(
  standing: readonly Clause[],
  wanted: readonly { readonly key: string; readonly text: string }[],
): { readonly clauses: readonly Clause[]; readonly locked: readonly string[]; readonly unknown: readonly string[] } {
  const texts = new Map(wanted.map((one) => [one.key, one.text]));
  const changed = (one: Clause) => texts.has(one.key) && texts.get(one.key) !== one.text;
  const known = new Set(standing.map((one) => one.key));
  return {
    clauses: standing.map((one) =>
      changed(one) && !one.locked ? { ...one, text: texts.get(one.key) ?? one.text } : one,
    ),
    locked: standing.filter((one) => one.locked && changed(one)).map((one) => one.key),
    unknown: wanted.filter((one) => !known.has(one.key)).map((one) => one.key),
  };
}
