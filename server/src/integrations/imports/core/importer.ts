import type { FieldSource, ImportKind, ImportVendor } from "@tributary/contract";

/**
 * What an importer declares: the tables of one platform, by which columns each is recognised, and how its columns become records.
 * Column names are compared without case, blanks, `_` and `-`; `a.b` is a field of an object, `^a` one of the object around a list.
 */
export interface Importer {
  readonly vendor: ImportVendor;
  readonly title: string;
  /** where what is declared here comes from */
  readonly sources: readonly string[];
  readonly shapes: readonly Shape[];
}

export interface Shape {
  readonly name: string;
  readonly title: string;
  /** `documented`: by the platform's own description; `known`: as seen in the field, not written down by the platform */
  readonly basis: "documented" | "known";
  /** columns without which it is something else; `a|b`: one of them */
  readonly needs: readonly string[];
  /** columns that make it likelier */
  readonly knows: readonly string[];
  readonly records: readonly ShapeRecord[];
}

export interface ShapeRecord {
  readonly kind: Exclude<ImportKind, "parent">;
  readonly derived?: true;
  readonly fields: Readonly<Record<string, ShapeField>>;
}

/** Columns by name (the first that is not empty), or more about them. */
export type ShapeField = string | readonly string[] | Partial<FieldSource>;

/** The name of a column as it is compared. */
export function columnKey(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}.^#]/gu, "");
}
