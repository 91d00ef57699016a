import type { Month } from "../kernel/period.ts";
import type { RecipeName } from "./core/recipes.ts";

export type { AccountKind, RecipeName, TransferInput } from "./core/recipes.ts";

/** A partner's books in one currency. */
export interface Books {
  readonly partnerId: string;
  readonly currency: string;
}

export interface Posted {
  readonly booked: number;
  /** Transfers whose key was booked before: nothing happened for them. */
  readonly already: number;
}

/** What a partner's month comes to. Amounts are in the partner's favour when positive, in minor units. */
export interface MonthFigures {
  readonly openingPayable: bigint;
  readonly closingPayable: bigint;
  readonly openingHeld: bigint;
  readonly closingHeld: bigint;
  /** Movements of the payable balance in the month, by recipe. */
  readonly payable: Readonly<Partial<Record<RecipeName, bigint>>>;
  /** Movements of the held balance in the month, by recipe. */
  readonly held: Readonly<Partial<Record<RecipeName, bigint>>>;
}

export interface BookMonth extends Books {
  readonly month: Month;
}

export interface LedgerCheck {
  readonly whole: boolean;
  readonly transfers: number;
  readonly accounts: number;
  readonly problems: readonly string[];
}
