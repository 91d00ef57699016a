import type { CapEach } from "@tributary/contract";

/** Which counter of a cap something belongs to; '' where the cap does not tell them apart. */
export interface CounterKey {
  readonly partnerId: string;
  readonly value: string;
}

/** Values are cut: a counter for each of a million made-up texts of any length would fill the table. */
const VALUE_LENGTH = 100;

/** A partner's sub ID never shares a counter with another partner's of the same text. */
export function counterOf(
  each: CapEach,
  partnerId: string,
  valueNamed: (name: Exclude<CapEach, "all" | "partner">) => string | undefined,
): CounterKey {
  if (each === "all") return { partnerId: "", value: "" };
  if (each === "partner") return { partnerId, value: "" };
  return { partnerId, value: (valueNamed(each) ?? "").slice(0, VALUE_LENGTH).toWellFormed() };
}

/** Percent used, rounded down; more than 100 when more was let through. */
export function shareUsed(used: bigint, most: bigint): number {
  return Number((used * 100n) / most);
}
