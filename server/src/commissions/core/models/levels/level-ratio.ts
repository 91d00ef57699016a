import { decimal, multiply } from "../../../../kernel/decimal.ts";
import { levelsFor } from "../../tree.ts";
import { type Below, nameOf, type PaysBy } from "./brought.ts";
import { ownThings, producer, thingsOf } from "./by-level.ts";
import { asPriced, type Shared, sharedOf, type Unpriced } from "./shares.ts";

/** The reward on the customer × the ratio of the level; own customers at the first ratio. */
export function levelRatio(below: Below, pays: PaysBy<"level_ratio">): Shared {
  const brought = thingsOf(below, pays.of).flatMap(({ chain, ...thing }): Unpriced[] =>
    levelsFor(chain, below.run.component.inactive).map((level) => ({ ...thing, level, partnerId: producer(chain) })),
  );
  const things = [...ownThings(below, pays.of), ...brought].filter((thing) => pays.ratios[thing.level] !== undefined);
  const price = below.run.price(pays.reward, things.map(asPriced));
  const amounts = price.amounts.map((amount, index) =>
    multiply(amount, decimal(pays.ratios[things[index]?.level ?? 0] ?? "0")),
  );
  const shared = sharedOf([{ things, price: { ...price, amounts } }], nameOf(pays.of), typeof pays.of === "string");
  const levels = [...new Set(things.map((thing) => thing.level))].sort((a, b) => a - b);
  const ratios = levels.map((level) => ({
    code: level === 0 ? "level_ratio_own" : "level_ratio",
    values: { level: String(level), arithmetic: `× ${pays.ratios[level]}` },
  }));
  return { ...shared, steps: [...shared.steps, ...ratios] };
}
