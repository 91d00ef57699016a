import { type Clause, TERMS_PLACEHOLDERS } from "@tributary/contract";
import type { Day } from "../../kernel/period.ts";
import { type PlanPart, planClauses } from "./plan-clauses.ts";

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
  /** The plan in plain language, part by part. */
  readonly plan: readonly PlanPart[];
  readonly language: "en" | "es";
}

const PLACEHOLDER = /\{\{\s*([a-zA-Z.]+)\s*\}\}/g;

/** Names in double braces that no round can fill in. */
export function unknownPlaceholders(text: string): string[] {
  const known = new Set<string>(TERMS_PLACEHOLDERS);
  return [...text.matchAll(PLACEHOLDER)].flatMap(([, name]) => (name !== undefined && !known.has(name) ? [name] : []));
}

const OWN_NUMBER = /^\s*(\d+)[.)]/;
const OPEN_END = { en: "further notice", es: "nuevo aviso" } as const;
const COMMISSION = { en: "Commission", es: "Comisión" } as const;
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
 * The text that is signed: the clauses in their order with everything filled in (Markdown), and the plan in plain language as numbered clauses, at its
 * placeholder or at the end. What the hash is taken of.
 */
export function termsText(clauses: readonly Clause[], filling: TermsFilling): string {
  const values: Readonly<Record<Exclude<(typeof TERMS_PLACEHOLDERS)[number], "plan.text">, string>> = {
    "partner.name": filling.partnerName,
    "partner.legalName": filling.partnerLegalName || filling.partnerName,
    "partner.country": filling.partnerCountry,
    "program.name": filling.programName,
    "program.currency": filling.programCurrency,
    "agreement.validFrom": filling.validFrom,
    "agreement.validTo": filling.validTo ?? OPEN_END[filling.language],
    "agreement.customers": CUSTOMERS[filling.language][filling.customers],
  };
  // Clauses that nobody numbered get their numbers here: people cite them.
  const isNumbered = clauses.some(({ title }) => OWN_NUMBER.test(title));
  const texts = clauses.map(({ title, text }, index) => {
    const plan = () => planClauses(filling.plan, numberOf(title, index));
    const filled = text.replaceAll(PLACEHOLDER, (whole, name: string) =>
      name === "plan.text" ? plan() : (values[name as keyof typeof values] ?? whole),
    );
    return title === "" ? filled : `## ${isNumbered ? "" : `${index + 1}. `}${title}\n\n${filled}`;
  });
  const holdsPlan = clauses.some(({ text }) => /\{\{\s*plan\.text\s*\}\}/.test(text));
  if (holdsPlan) return texts.join("\n\n");
  if (clauses.length === 0) return planClauses(filling.plan, "");
  const last = numberOf(clauses.at(-1)?.title ?? "", clauses.length - 1);
  const next = String(Number(last) + 1);
  return [...texts, `## ${next}. ${COMMISSION[filling.language]}`, planClauses(filling.plan, next)].join("\n\n");
}

/** `3` of `3. Commission`; the place of a clause that is not numbered. */
function numberOf(title: string, index: number): string {
  return OWN_NUMBER.exec(title)?.[1] ?? String(index + 1);
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
