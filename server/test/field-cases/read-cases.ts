import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** One number of a case: what is read from the evaluation, what it is, and the published number it stands for. */
export interface Expectation {
  /** See `readings.ts`: `total`, `amount`, `share`, `share.base`, `cpa.exact` … */
  readonly read: string;
  readonly is: string | number | boolean;
  /** Of this month; the last one without it. */
  readonly month?: string;
  /** Of this customer, sub-partner or month where a component has several lines. */
  readonly subject?: string;
  /** The path in the published case's `expected`. */
  readonly published?: string;
  /** The reading is divided by this number first, or this is added to it: for numbers that are worked out from the amount. */
  readonly per?: string | number;
  readonly plus?: string | number;
  /** The published number is rounded to so many decimals, halves up. */
  readonly places?: number;
}

/** A plan over some facts. What a case's runs leave out is the case's. */
export interface Run {
  readonly name: string;
  readonly plan: unknown;
  readonly facts: readonly object[];
  readonly month?: string;
  readonly until?: string;
  readonly timeZone?: string;
  readonly expect: readonly Expectation[];
  /** Words of the refusal, where the case is that it is refused. */
  readonly refused?: string;
}

export interface FieldCase {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  /** What the source contradicts itself in. */
  readonly contradiction?: string;
  readonly runs: readonly Run[];
}

type Written = Omit<FieldCase, "runs" | "file"> & Partial<Run> & { readonly runs?: readonly Partial<Run>[] };

/** Every case of the tables in this folder. */
export function readCases(folder = import.meta.dirname): FieldCase[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return files.sort().flatMap((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    return (parse(text, { maxAliasCount: -1, merge: true }) as Written[]).map((one) => ({
      ...one,
      file,
      runs: runsOf(one),
    }));
  });
}

function runsOf(written: Written): Run[] {
  const { plan, facts = [], expect = [], month, until, timeZone, refused } = written;
  const shared = {
    name: "",
    ...(month === undefined ? {} : { month }),
    ...(until === undefined ? {} : { until }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(refused === undefined ? {} : { refused }),
  };
  const runs = written.runs ?? [{ name: "" }];
  return runs.map((run) => ({
    ...shared,
    ...run,
    plan: versioned(run.plan ?? plan),
    facts: [...facts, ...(run.facts ?? [])],
    expect: [...expect, ...(run.expect ?? [])],
  }));
}

/** The tables leave out the version of the language, which is always the same. */
function versioned(plan: unknown): unknown {
  return typeof plan === "object" && plan !== null ? { language: 1, ...plan } : plan;
}
