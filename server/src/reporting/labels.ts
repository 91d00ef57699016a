import type { Breakdown, ReportKey } from "@tributary/contract";
import type { Db } from "../database/index.ts";
import { type Named, namesOf } from "./store/names.ts";

const RECORDS: ReadonlySet<string> = new Set<Named>(["program", "partner", "offer", "link", "landing"]);

/** Turns the values of a report's groups into keys that people can read: names for records, the value itself for the rest. */
export async function labelKeys(
  db: Db,
  by: readonly Breakdown[],
  groups: readonly (readonly string[])[],
): Promise<ReportKey[][]> {
  const names = await Promise.all(
    by.map((dimension, index) =>
      RECORDS.has(dimension)
        ? namesOf(db, dimension as Named, [...new Set(groups.map((group) => group[index] ?? ""))])
        : undefined,
    ),
  );
  return groups.map((group) =>
    by.map((dimension, index) => {
      const value = group[index] ?? "";
      return { by: dimension, value, label: names[index]?.get(value) ?? value };
    }),
  );
}
