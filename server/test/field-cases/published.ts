import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface PublishedCase {
  readonly id: string;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly source_inconsistent?: boolean;
}

const folder = process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../shared/data");

/** The published cases with their numbers: facts of the field that are read where they lie and never copied. */
export function readPublished(): readonly PublishedCase[] | null {
  const file = join(folder, "commissions/examples.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as PublishedCase[]) : null;
}

/** Every number of a case with its path: `carry.A`, `commission_by_case.0`. */
export function numbersOf(value: unknown, path = ""): (readonly [path: string, value: string | boolean])[] {
  if (typeof value !== "object" || value === null) return [[path, typeof value === "boolean" ? value : String(value)]];
  return Object.entries(value).flatMap(([name, one]) => numbersOf(one, path === "" ? name : `${path}.${name}`));
}
