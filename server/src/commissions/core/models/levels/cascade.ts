import { type Decimal, decimal, multiply, subtract, ZERO } from "../../../../kernel/decimal.ts";
import type { Below, PaysBy } from "./brought.ts";
import { absorbed, compressed, skipped, splitAlongChain } from "./chain-split.ts";
import type { Shared } from "./shares.ts";

/** A reward is passed along the chain; each keeps (1 − share passed on) × what it receives, the last all of it. */
export function cascade(below: Below, pays: PaysBy<"cascade">): Shared {
  const parts = (count: number) =>
    pays.direction === "up" ? kept(count, pays.pass) : kept(count, pays.pass).reverse();
  return splitAlongChain(below, pays, (nodes, inactive) => {
    if (inactive === "compress") return compressed(nodes, (count) => ({ nodes: parts(count), unpaid: ZERO }));
    return inactive === "skip" ? skipped(nodes, parts(nodes.length)) : absorbed(nodes, parts(nodes.length));
  });
}

/** What each of so many keeps of one, from where the reward comes in. */
export function kept(count: number, pass: readonly string[]): Decimal[] {
  let received = decimal(1);
  return Array.from({ length: count }, (_, index) => {
    const share = pass[index];
    const passed = share === undefined || index === count - 1 ? ZERO : multiply(received, decimal(share));
    const keeps = subtract(received, passed);
    received = passed;
    return keeps;
  });
}
