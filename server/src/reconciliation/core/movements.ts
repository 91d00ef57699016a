import type { RecipeName, TransferInput } from "../../ledger/index.ts";
import type { Expected } from "../contracts.ts";

/** A match that is booked, or taken back. */
export interface BookedMatch {
  readonly matchId: string;
  readonly bankAccountId: string;
  readonly entries: readonly {
    readonly entryId: bigint;
    readonly amountMinor: bigint;
    readonly currency: string;
    readonly bookedOn: string;
  }[];
  readonly expected: readonly Pick<Expected, "expectedId" | "kind" | "payoutId" | "currency" | "amountMinor">[];
  readonly feeMinor: bigint;
}

/**
 * The transfers of a match. Together they move the bank's account by exactly what its entries say.
 *
 * | the bank's entry | transfers |
 * | --- | --- |
 * | -100.00 EUR for payouts of 60.00 and 40.00 | bank_out 60.00, bank_out 40.00 |
 * | -101.50 EUR for a payout of 100.00 | bank_out 100.00, bank_fee 1.50 |
 * | +98.00 EUR for a payout of 100.00 that came back | bank_in 100.00, bank_fee 2.00 |
 * | -92.10 EUR for a payout of 100.00 USD | exchange_out 100.00 USD, exchange_in 92.10 EUR |
 * | -5.00 EUR, the bank's fee | bank_fee 5.00 |
 *
 * @param books whose they are: the operator's own
 * @param back taken back: the same the other way round, under its own keys
 */
export function movementsOf(match: BookedMatch, books: string, on: string | null, back = false): TransferInput[] {
  const [entry] = match.entries;
  if (entry === undefined) return [];
  const days = match.entries.map((one) => one.bookedOn).sort();
  const bookedOn = on ?? days.at(-1) ?? "";
  const seen = match.entries.reduce((sum, one) => sum + one.amountMinor, 0n);
  const movement = (
    recipe: RecipeName,
    what: string,
    currency: string,
    amountMinor: bigint,
    memo: object,
  ): TransferInput => ({
    recipe,
    sourceKey: match.matchId,
    idempotencyKey: `bank:${back ? "back:" : ""}${match.matchId}:${what}`,
    partnerId: books,
    programId: null,
    currency,
    amountMinor,
    period: `${bookedOn.slice(0, 7)}-01`,
    occurredOn: bookedOn,
    memo: { bankAccount: match.bankAccountId, entries: match.entries.map((one) => String(one.entryId)), ...memo },
  });
  const sign = back ? -1n : 1n;
  if (match.expected.length === 0) return [movement("bank_fee", "fee", entry.currency, -seen * sign, {})];
  const foreign = match.expected[0]?.currency !== entry.currency;
  const transfers = match.expected.map((one) => {
    const memo = { payout: one.payoutId };
    if (foreign)
      return movement(
        "exchange_out",
        one.payoutId,
        one.currency,
        (one.kind === "out" ? 1n : -1n) * one.amountMinor * sign,
        memo,
      );
    const isOut = (one.kind === "out") !== back;
    return movement(isOut ? "bank_out" : "bank_in", one.payoutId, one.currency, one.amountMinor, memo);
  });
  if (foreign) transfers.push(movement("exchange_in", "exchange", entry.currency, -seen * sign, {}));
  else if (match.feeMinor !== 0n)
    transfers.push(movement("bank_fee", "fee", entry.currency, match.feeMinor * sign, {}));
  return transfers;
}

/**
 * What the bank kept: entries less payouts. Money out leaves with the fee on top, money back comes without it.
 * @returns null where the currencies differ: the rate says it then
 */
export function keptByBank(
  entries: readonly { readonly amountMinor: bigint; readonly currency: string }[],
  expected: readonly Pick<Expected, "kind" | "amountMinor" | "currency">[],
): bigint | null {
  if (entries.some((one) => one.currency !== expected[0]?.currency)) return null;
  const seen = entries.reduce((sum, one) => sum + one.amountMinor, 0n);
  const due = expected.reduce((sum, one) => sum + (one.kind === "out" ? -one.amountMinor : one.amountMinor), 0n);
  return due - seen;
}
