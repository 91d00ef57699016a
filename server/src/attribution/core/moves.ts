import type { ReplayMove } from "@tributary/contract";
import { dayOf } from "../../kernel/period.ts";
import type { Ownership } from "../contracts.ts";
import { ownerOn } from "./ownership.ts";

interface Moved {
  readonly customerId: bigint;
  readonly before: readonly Ownership[];
  readonly after: readonly Ownership[];
}

/** From whom to whom customers and their events went. */
export function movesOf(
  moved: readonly Moved[],
  events: readonly { readonly customerId: bigint; readonly at: number }[],
  timeZone: string,
): ReplayMove[] {
  const byId = new Map(moved.map((one) => [one.customerId, one]));
  const found = moved.map(({ before, after }) => {
    const [from, to] = [before.at(-1)?.partnerId ?? null, after.at(-1)?.partnerId ?? null];
    return { from, to, customers: from === to ? 0 : 1, events: 0 };
  });
  for (const { customerId, at } of events) {
    const one = byId.get(customerId);
    if (one === undefined) continue;
    const day = dayOf(new Date(at), timeZone);
    const [from, to] = [ownerOn(one.before, day)?.partnerId ?? null, ownerOn(one.after, day)?.partnerId ?? null];
    if (from !== to) found.push({ from, to, customers: 0, events: 1 });
  }
  return mergeMoves([], found).filter((one) => one.customers > 0 || one.events > 0);
}

/** Sums per pair of partners, the largest first. */
export function mergeMoves(a: readonly ReplayMove[], b: readonly ReplayMove[]): ReplayMove[] {
  const sums = new Map<string, ReplayMove>();
  for (const one of [...a, ...b]) {
    const key = `${one.from}\n${one.to}`;
    const sum = sums.get(key);
    const customers = (sum?.customers ?? 0) + one.customers;
    sums.set(key, { from: one.from, to: one.to, customers, events: (sum?.events ?? 0) + one.events });
  }
  const order = (x: ReplayMove, y: ReplayMove) =>
    y.customers - x.customers || y.events - x.events || (`${x.from} ${x.to}` < `${y.from} ${y.to}` ? -1 : 1);
  return [...sums.values()].sort(order);
}
