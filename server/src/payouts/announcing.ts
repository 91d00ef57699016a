import { announce, type Context } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import { bankKey } from "./core/keys.ts";
import { dispatchesOf } from "./store/batches.ts";
import { itemsOf, lockPayouts } from "./store/payouts.ts";

const AT_ONCE = 1000;

/** Payouts left the house: reconciliation expects them on the account. */
export async function tellSent(tx: Context, payoutIds: readonly string[]): Promise<void> {
  await tell(tx, "payouts.sent", payoutIds);
}

/** Tells of payouts, as those rooms need it that compare them with the bank. */
export async function tell(
  tx: Context,
  notice: "payouts.sent" | "payouts.settled" | "payouts.returned" | "payouts.rejected",
  payoutIds: readonly string[],
): Promise<void> {
  if (payoutIds.length === 0) return;
  const rows = await lockPayouts(tx.db, payoutIds);
  const items = Map.groupBy(await itemsOf(tx.db, payoutIds), (item) => item.payout_id);
  const dispatches = await dispatchesOf(tx.db, [...new Set(rows.map((row) => row.batch_id))]);
  const byId = new Map(dispatches.map((one) => [one.dispatch_id, one]));
  const on = dayOf(tx.clock.now(), "UTC");
  const told = rows.map((row) => {
    const dispatch = byId.get(row.dispatch_id ?? "");
    const references = [dispatch && bankKey(dispatch.dispatch_id), dispatch?.provider_ref, row.provider_ref, row.trace];
    const partners = [...new Set((items.get(row.payout_id) ?? []).map((item) => item.partner_id))];
    return {
      payoutId: row.payout_id,
      batchId: row.batch_id,
      dispatchId: row.dispatch_id,
      partnerId: partners.length === 1 ? partners[0] : null,
      payeeName: row.payee_name,
      account: row.account,
      endToEndId: bankKey(row.payout_id),
      paymentReferences: references.filter((one) => one != null),
      currency: row.currency,
      minor: String(row.amount_minor),
      on,
    };
  });
  for (let start = 0; start < told.length; start += AT_ONCE)
    await announce(tx, notice, { payouts: told.slice(start, start + AT_ONCE) });
}
