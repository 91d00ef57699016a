import type { FieldValue } from "@tributary/contract";
import type { Db } from "../database/index.ts";
import { fitter } from "./bulk/surroundings.ts";
import { fieldRows } from "./store/fields.ts";

/**
 * Texts that somebody wrote elsewhere as values of own fields, by their keys: those that have a field of this name for this kind of partner and fit it.
 * Choices may be named by their titles, lists are divided by commas.
 */
export async function fittingTexts(
  db: Db,
  kind: string,
  texts: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, FieldValue>>> {
  const fit = fitter(await fieldRows(db, false));
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]) => {
      const fitting = fit(key, text, kind);
      return "value" in fitting && fitting.value !== null ? [[key, fitting.value as FieldValue]] : [];
    }),
  );
}
