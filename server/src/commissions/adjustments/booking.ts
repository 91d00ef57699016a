import { announce, type Context } from "../../database/index.ts";
import { dayOf, type Month, monthOf } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { balancesOf, post, type RecipeName, type TransferInput, takeBooks } from "../../ledger/index.ts";
import { releaseByHand } from "../release.ts";
import type { AdjustmentRow } from "../store/adjustments.ts";

const RECIPE: Readonly<Record<string, RecipeName>> = {
  correction: "adjust",
  bonus: "adjust",
  write_off: "write_off",
  reserve: "reserve",
  reserve_release: "release_reserve",
};

/**
 * Books an approved adjustment by the recipe of its kind, once.
 * @returns the month it was booked in: the one it is of, or the first open one after it
 * @throws Refusal `wrong_state` when the balances do not allow it (any more)
 */
export async function book(tx: Context, row: AdjustmentRow, bookedBy: string): Promise<Month> {
  if (row.kind === "release") return await releaseByHand(tx, row, bookedBy);
  const own = { partnerId: row.partner_id, currency: row.currency };
  const other = row.other_partner_id === null ? null : { ...own, partnerId: row.other_partner_id };
  const open = await takeBooks(tx, other === null ? [own] : [own, other]);
  await refuseImpossible(tx, row, own, other);
  const period = open(own, row.month);
  const base = {
    sourceKey: row.adjustment_id,
    idempotencyKey: `adjustment:${row.adjustment_id}`,
    ...own,
    programId: row.program_id,
    amountMinor: row.amount_minor,
    period,
    occurredOn: dayOf(tx.clock.now(), "UTC"),
    memo: {
      reason: row.reason,
      ...(row.reason_code === null ? {} : { code: row.reason_code }),
      ...(row.line_key === null ? {} : { line: row.line_key }),
      ...(row.of_id === null ? {} : { of: row.of_id }),
    },
  };
  const recipe = RECIPE[row.kind];
  const transfers: TransferInput[] =
    other === null
      ? [{ ...base, recipe: recipe ?? "adjust" }]
      : [
          { ...base, recipe: "set_off_out", idempotencyKey: `${base.idempotencyKey}:out` },
          {
            ...base,
            ...other,
            recipe: "set_off_in",
            idempotencyKey: `${base.idempotencyKey}:in`,
            period: open(other, row.month),
          },
        ];
  await post(tx, transfers, bookedBy);
  const partnerIds = other === null ? [own.partnerId] : [own.partnerId, other.partnerId];
  await announce(tx, "commissions.booked", { partnerIds, firstLineId: "0", lastLineId: "0" });
  return period;
}

interface BooksOf {
  readonly partnerId: string;
  readonly currency: string;
}

/** What settles a balance needs that balance, at the moment of booking. */
async function refuseImpossible(tx: Context, row: AdjustmentRow, own: BooksOf, other: BooksOf | null): Promise<void> {
  if (row.kind === "correction" || row.kind === "bonus" || row.kind === "reserve_release") return;
  const [payable = 0n, debt = 0n] = await balancesOf(tx, "partner_payable", other === null ? [own] : [own, other]);
  const amount = row.amount_minor;
  if (row.kind === "write_off" && (amount > 0n ? payable > -amount : payable < -amount))
    throw new Refusal("wrong_state", `A write-off of ${amount} needs a balance to give up: it is ${payable}.`);
  if ((row.kind === "reserve" || row.kind === "set_off") && payable < amount)
    throw new Refusal("wrong_state", `Only ${payable} is owed to this partner: ${amount} cannot be taken of it.`);
  if (row.kind === "set_off" && debt > -amount)
    throw new Refusal("wrong_state", `The other partner's balance is ${debt}: it does not owe ${amount}.`);
}

/** The month that runs, in UTC: where reserves and set-offs belong unless they say otherwise. */
export function runningMonth(ctx: Context): Month {
  return monthOf(dayOf(ctx.clock.now(), "UTC"));
}
