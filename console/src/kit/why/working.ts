import type { MoneyValue } from "@tributary/contract";

/** A value of a derivation, tagged so that every reader writes it in the person's language. Decimals are exact strings. */
export type WorkingValue =
  | { readonly kind: "money"; readonly money: MoneyValue }
  | { readonly kind: "decimal"; readonly value: string; readonly unit?: string }
  | { readonly kind: "rate"; readonly value: string }
  | { readonly kind: "count"; readonly value: number | string }
  | { readonly kind: "day"; readonly value: string }
  | { readonly kind: "instant"; readonly value: string }
  | { readonly kind: "flag"; readonly value: boolean }
  | { readonly kind: "text"; readonly value: string };

/** A record that a value came from: the reader can open it. */
export interface WorkingSource {
  readonly kind: string;
  readonly id: string;
  readonly label?: string;
}

export interface WorkingInput {
  /** Catalogue code "input.<name>" when known, else shown as it is. */
  readonly name: string;
  readonly value: WorkingValue;
  readonly source?: WorkingSource;
}

export interface WorkingStep {
  readonly name: string;
  /** The arithmetic with its figures: "30% × 1,240.00 EUR". */
  readonly arithmetic?: string;
  readonly result: WorkingValue;
  /** A condition that was checked: whether it held. */
  readonly held?: boolean;
}

/**
 * How a figure came about, as data: the inputs, the rule, each step, the rounding, the alternatives that lost, and the parts it is
 * made of. One renderer shows it everywhere.
 */
export interface Working {
  readonly title?: string;
  readonly result: WorkingValue;
  readonly rule?: { readonly name: string; readonly text?: string; readonly source?: WorkingSource };
  readonly rate?: { readonly name: string; readonly value: WorkingValue | string; readonly tier?: string };
  readonly inputs?: readonly WorkingInput[];
  readonly steps?: readonly WorkingStep[];
  readonly rounding?: { readonly rule: string; readonly before: string; readonly after: WorkingValue | string };
  readonly alternatives?: readonly {
    readonly name: string;
    readonly reason: string;
    readonly source?: WorkingSource;
  }[];
  readonly parts?: readonly Working[];
}
