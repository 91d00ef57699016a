import type { PayoutRelease } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { announce, type Context, transact } from "../database/index.ts";
import { type Complaint, Refusal } from "../kernel/refusal.ts";
import { bookRelease } from "./booking.ts";
import type { ReleaseNeeds } from "./contracts.ts";
import { calendarOf } from "./core/bank-days.ts";
import { bankDaysAfter, earliestExecution } from "./core/cut-off.ts";
import { controlSum, sameDraft } from "./core/drafts.ts";
import { keyOf } from "./core/gather.ts";
import { draftOfRows } from "./kept-drafts.ts";
import { draftsOf, openBatch } from "./prepare.ts";
import * as batches from "./store/batches.ts";
import * as payouts from "./store/payouts.ts";
import { limitsOf, type SourceRow, sourcesById } from "./store/sources.ts";

/** A file takes thousands; a provider's call as many as it says. */
const FILE_PAYMENTS = 5000;

/**
 * Releases a batch: the second of two people, with a fresh second factor, agrees to exactly what is shown. In one transaction payouts are released,
 * dispatches are laid out, and the ledger settles the statements; nothing has left yet. What moved since it was prepared is refused, not paid.
 * @throws Refusal `same_person`, `second_factor_*`, `payout_changed`, `limit_exceeded`, `cut_off_passed`, `wrong_state`, `conflict`
 */
export async function releaseBatch(
  ctx: Context,
  actor: Actor,
  id: string,
  input: PayoutRelease,
  needs: ReleaseNeeds,
): Promise<void> {
  requirePermission(actor, "payouts.approve", {});
  await needs.secondFactor(ctx, actor, input.code, `payout batch ${id}`);
  await transact(ctx, async (tx) => {
    await batches.takePreparation(tx.db);
    const row = await openBatch(tx, id, input.revision);
    if (row.hands.includes(personOf(actor)))
      throw new Refusal("same_person", "You had a hand in this batch: somebody else has to release it.");
    const paid = await payouts.payoutsOfBatch(tx.db, id, ["prepared"]);
    if (paid.length === 0) throw new Refusal("wrong_state", "Nothing in this batch can be paid.");
    const sum = controlSum(paid.map((one) => ({ currency: one.currency, amountMinor: one.amount_minor })));
    if (sum !== input.controlSum)
      throw new Refusal("payout_changed", `The batch comes to ${sum}, not to ${input.controlSum}.`);
    const items = await payouts.itemsOf(
      tx.db,
      paid.map((one) => one.payout_id),
    );
    await refuseMoved(tx, row, paid, items, needs);
    await refuseAboveLimit(tx, actor, paid);
    const sources = new Map(
      (
        await sourcesById(
          tx.db,
          paid.map((one) => one.source_id ?? ""),
        )
      ).map((one) => [one.source_id, one]),
    );
    refuseLate(tx, row, [...sources.values()]);
    await layOut(tx, row, paid, sources, needs);
    await bookRelease(tx, actor, row, paid, items);
    await batches.updateBatch(tx.db, id, {
      state: "released",
      released_by: personOf(actor),
      released_at: tx.clock.now(),
      control_sum: sum,
    });
    await payouts.addProgress(
      tx.db,
      paid.map((one) => ({
        payoutId: one.payout_id,
        state: "released",
        told: "",
        sentence: "",
        origin: personOf(actor),
      })),
      tx.clock.now(),
    );
    const after = { controlSum: sum, executionDate: row.execution_date, preparedBy: row.prepared_by };
    await audit.record(tx, actor, {
      action: "payouts.batch_released",
      subjectKind: "payout_batch",
      subjectId: id,
      after,
    });
    await announce(tx, "payouts.released", { batchId: id });
  });
}

/** Gathers once more, under the lock: whoever released agreed to what was shown, not to what became of it. */
async function refuseMoved(
  tx: Context,
  row: batches.BatchRow,
  paid: readonly payouts.PayoutRow[],
  items: readonly payouts.ItemRow[],
  needs: ReleaseNeeds,
): Promise<void> {
  const now = new Map((await draftsOf(tx, row, needs)).map((draft) => [keyOf(draft), draft]));
  const parts = Map.groupBy(items, (item) => item.payout_id);
  const moved: Complaint[] = [];
  for (const one of paid) {
    const stored = draftOfRows(one, parts.get(one.payout_id) ?? []);
    const draft = now.get(keyOf(stored));
    if (draft !== undefined && sameDraft(draft, stored)) continue;
    const why = draft?.reasons.find((reason) => reason.blocks)?.text ?? "Amount, account or statement changed.";
    moved.push({ field: one.payout_id, value: one.payee_name, message: why });
  }
  if (moved.length > 0)
    throw new Refusal(
      "payout_changed",
      `${moved.length} payouts are not what they were when this batch was prepared: check it again.`,
      moved,
    );
}

/** Limits hold per currency for the whole batch. Somebody with limits of their own has none of everybody's. */
async function refuseAboveLimit(tx: Context, actor: Actor, paid: readonly payouts.PayoutRow[]): Promise<void> {
  const rows = await limitsOf(tx.db, [personOf(actor), "*"]);
  const own = rows.filter((row) => row.person !== "*");
  const limits = own.length > 0 ? own : rows;
  if (limits.length === 0) return;
  for (const [currency, some] of Map.groupBy(paid, (one) => one.currency)) {
    const total = some.reduce((sum, one) => sum + one.amount_minor, 0n);
    const limit = limits.find((row) => row.currency === currency)?.limit_minor ?? 0n;
    if (total > limit)
      throw new Refusal(
        "limit_exceeded",
        `This batch pays ${total} ${currency} in minor units; you may release ${limit}.`,
      );
  }
}

function refuseLate(tx: Context, row: batches.BatchRow, sources: readonly SourceRow[]): void {
  for (const source of sources) {
    const earliest = earliestOf(tx, source, row.execution_date);
    if (row.execution_date < earliest)
      throw new Refusal(
        "cut_off_passed",
        `${source.name} carries out an order given now on ${earliest} at the earliest.`,
        [
          {
            field: "executionDate",
            value: row.execution_date,
            message: "is too early",
            hint: `The earliest day is ${earliest}.`,
          },
        ],
      );
  }
}

/** When this source can carry out what is wanted for a day: that day, or the first after it on which its cut-off and its holidays let it. */
export function earliestOf(ctx: Context, source: SourceRow, wanted: string): string {
  const { cut_off: at, time_zone: timeZone, lead_days: leadDays, format } = source;
  const cutOff = { at, timeZone, leadDays, calendar: calendarOf({ format, timeZone }) };
  return earliestExecution(ctx.clock.now(), cutOff, wanted);
}

/** One dispatch per account and currency, and as many as its format or provider needs. */
async function layOut(
  tx: Context,
  row: batches.BatchRow,
  paid: readonly payouts.PayoutRow[],
  sources: ReadonlyMap<string, SourceRow>,
  needs: ReleaseNeeds,
): Promise<void> {
  for (const some of Map.groupBy(paid, (one) => `${one.source_id} ${one.currency}`).values()) {
    const source = sources.get(some[0]?.source_id ?? "");
    if (source === undefined) throw new Error(`payout ${some[0]?.payout_id} has no source`);
    const atOnce = source.via === "file" ? FILE_PAYMENTS : needs.providers.atOnce(source.method as "wise");
    for (let start = 0; start < some.length; start += atOnce)
      await addDispatch(tx, row, source, some.slice(start, start + atOnce));
  }
  await payouts.movePayouts(
    tx.db,
    paid.map((one) => one.payout_id),
    { state: "released" },
  );
  for (const source of sources.values()) {
    const own = paid.filter((one) => one.source_id === source.source_id).map((one) => one.payout_id);
    const calendar = calendarOf({ format: source.format, timeZone: source.time_zone });
    await payouts.setArrival(tx.db, own, bankDaysAfter(row.execution_date, source.arrival_days, calendar));
  }
}

async function addDispatch(
  tx: Context,
  row: batches.BatchRow,
  source: SourceRow,
  some: readonly payouts.PayoutRow[],
): Promise<void> {
  const dispatch = {
    dispatch_id: tx.ids.next("pdp"),
    batch_id: row.batch_id,
    source_id: source.source_id,
    method: source.method,
    via: source.via,
    format: source.format,
    currency: some[0]?.currency ?? "",
    state: "pending",
    execution_date: row.execution_date,
    payouts: some.length,
    total_minor: some.reduce((sum, one) => sum + one.amount_minor, 0n),
  };
  await batches.insertDispatch(
    tx.db,
    dispatch,
    some.map((one) => one.payout_id),
  );
}
