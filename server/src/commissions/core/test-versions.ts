import { PlanDocument, type PlanInput } from "@tributary/contract";
import { addMonths, type Day, type Month } from "../../kernel/period.ts";
import { readFactLines } from "../facts-file.ts";
import { type Calculated, calculate, type Memory } from "./calculate.ts";
import { factsOfFile } from "./facts-of-file.ts";
import { RateTable } from "./rates.ts";
import type { Terms, TermsChoice } from "./terms.ts";

type Component = PlanInput["components"][number];

/** A version of an agreement with one or more components, from a day on; the next begins where it ends. */
export interface Version {
  readonly from: Day;
  readonly components: readonly Component[];
}

/** Customers move with the agreement. */
const termsFor: TermsChoice = (terms, _entered, day) =>
  terms.find((one) => one.validFrom <= day && (one.validTo === null || day < one.validTo));

export function versionsOf(versions: readonly Version[]): Terms[] {
  return versions.map((one, index) => ({
    agreementVersionId: `v${index + 1}`,
    version: index + 1,
    validFrom: one.from,
    validTo: versions[index + 1]?.from ?? null,
    customers: "move",
    plan: PlanDocument.parse({ language: 1, currency: "EUR", components: one.components }),
    planHash: `h${index + 1}`,
  }));
}

/** Months of an agreement in several versions over the lines of a facts file. */
export function calculateVersions(
  versions: readonly Version[],
  facts: readonly object[],
  months: { readonly from: Month; readonly to: Month },
  memories: readonly Memory[] = [],
): Calculated {
  const lines = readFactLines(facts.map((fact) => JSON.stringify(fact)).join("\n"));
  const known = factsOfFile(lines, "EUR", "UTC");
  return calculate({
    ...months,
    terms: versionsOf(versions),
    termsFor,
    facts: known,
    rates: new RateTable("ecb", []),
    memories,
  });
}

/** Lines as a table: `2026-01 v1 sale 10.00`, whole cents, those of nothing left out. */
export function linesOf(calculated: Calculated): string[] {
  return calculated.lines
    .filter((line) => line.amountMinor !== 0n)
    .map((line) => `${line.month.slice(0, 7)} ${line.agreementVersionId} ${line.component} ${line.amountMinor}`)
    .sort();
}

/** The same months calculated one after the other, each knowing only what the one before remembered. */
export function monthByMonth(
  versions: readonly Version[],
  facts: readonly object[],
  months: { readonly from: Month; readonly to: Month },
  earned: (month: Month) => readonly object[] = () => [],
): string[] {
  const lines: string[] = [];
  let memories: readonly Memory[] = [];
  for (let month = months.from; month <= months.to; month = addMonths(month, 1)) {
    const done = calculateVersions(versions, [...facts, ...earned(month)], { from: month, to: month }, memories);
    memories = done.memories;
    lines.push(...linesOf(done).filter((line) => line.startsWith(month.slice(0, 7))));
  }
  return lines.sort();
}
