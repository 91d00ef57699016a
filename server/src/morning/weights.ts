import type { Db } from "../database/index.ts";
import { formatDecimal } from "../kernel/decimal.ts";
import { currency, toDecimal } from "../kernel/money.ts";
import { learntFactor, type Weights } from "./core/rank.ts";
import * as store from "./store/items.ts";

/** What a first deposit is taken to be worth until the operator says so. */
const USUAL_FTD = { minor: 20_000n, currency: "EUR" };

export async function operatorTuning(db: Db) {
  const found = await store.tuningOf(db, "");
  return {
    ...found,
    ftdMinor: found.ftdMinor ?? USUAL_FTD.minor,
    currency: found.currency ?? USUAL_FTD.currency,
  };
}

export interface AllWeights extends Weights {
  readonly currency: string;
  readonly ftdMinor: bigint;
}

/** All that a rank is made of, of one person. */
export async function weightsOf(db: Db, userId: string): Promise<AllWeights> {
  const [operator, personal, learnt] = await Promise.all([
    operatorTuning(db),
    store.tuningOf(db, userId),
    store.learntOf(db, userId),
  ]);
  return {
    operator: operator.weights,
    personal: personal.weights,
    learnt: Object.fromEntries(learnt.map((row) => [row.kind, learntFactor(row.done, row.not_useful)])),
    ftdWorth: wholeUnits(operator.ftdMinor, operator.currency),
    currency: operator.currency,
    ftdMinor: operator.ftdMinor,
  };
}

/** For ranking only: a score is no money. */
export function wholeUnits(minor: bigint, code: string): number {
  return Number(formatDecimal(toDecimal({ minor, currency: currency(code) })));
}
