import { type Actor, personOf } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { tell } from "./announcing.ts";
import { bookReturn } from "./booking.ts";
import { cameBack, type PayoutState, stateAfter, type ToldStatus } from "./core/life.ts";
import { finishBatches } from "./store/batches.ts";
import { addProgress, endPayouts, itemsOf, lockPayouts, type PayoutRow } from "./store/payouts.ts";

/** What somebody says of one payout. */
export interface Told {
  readonly payoutId: string;
  readonly status: ToldStatus;
  readonly told: string;
  readonly reason: { readonly code: string; readonly text: string } | null;
  /** where nobody gave a reason: what of ours it is, so that screens word it in their reader's language */
  readonly code?: "by_hand" | "bank_out" | "bank_back";
  readonly sentence: string;
  /** file, webhook, poll, provider, bank, or a person */
  readonly origin: string;
  readonly reportId?: string;
}

/**
 * Takes what banks and providers say: states move, never backwards; what came back is owed again in the ledger, with its reason, in the same
 * transaction. Hearing the same again changes nothing.
 * @returns how many payouts changed
 */
export async function applyStatuses(tx: Context, actor: Actor, all: readonly Told[]): Promise<number> {
  const rows = new Map(
    (
      await lockPayouts(
        tx.db,
        all.map((one) => one.payoutId),
      )
    ).map((row) => [row.payout_id, row]),
  );
  const moved = new Map<string, { readonly row: PayoutRow; readonly state: PayoutState; readonly told: Told }>();
  for (const told of all) {
    const row = rows.get(told.payoutId);
    if (row === undefined) continue;
    const before = moved.get(told.payoutId)?.state ?? (row.state as PayoutState);
    const state = stateAfter(before, told.status);
    if (state !== null) moved.set(told.payoutId, { row, state, told });
  }
  const changes = [...moved.values()];
  if (changes.length === 0) return 0;
  await endPayouts(
    tx.db,
    changes.map(({ row, state, told }) => ({
      payoutId: row.payout_id,
      state,
      reason: cameBack(state) ? reasonOf(told) : null,
      ended: state === "settled" || cameBack(state),
    })),
    tx.clock.now(),
  );
  await addProgress(
    tx.db,
    changes.map(({ row, state, told }) => ({
      payoutId: row.payout_id,
      state,
      told: told.told,
      reasonCode: told.reason?.code ?? told.code ?? null,
      sentence: told.sentence,
      origin: told.origin,
      reportId: told.reportId ?? null,
    })),
    tx.clock.now(),
  );
  await bookBack(tx, actor, changes);
  await tellOf(tx, changes);
  await finishBatches(tx.db, tx.clock.now());
  return changes.length;
}

type Change = { readonly row: PayoutRow; readonly state: PayoutState; readonly told: Told };

async function bookBack(tx: Context, actor: Actor, changes: readonly Change[]): Promise<void> {
  const back = changes.filter(({ state }) => cameBack(state));
  for (const some of Map.groupBy(back, ({ told }) => reasonOf(told)).values()) {
    const rows = some.map(({ row }) => row);
    const [first] = some;
    if (first === undefined) continue;
    const items = await itemsOf(
      tx.db,
      rows.map((row) => row.payout_id),
    );
    await bookReturn(tx, actor, rows, items, reasonOf(first.told));
  }
}

async function tellOf(tx: Context, changes: readonly Change[]): Promise<void> {
  const ids = (state: PayoutState) => changes.filter((one) => one.state === state).map(({ row }) => row.payout_id);
  const left = changes.filter(({ row, state }) => row.state === "released" && state !== "rejected");
  await tell(
    tx,
    "payouts.sent",
    left.map(({ row }) => row.payout_id),
  );
  await tell(tx, "payouts.settled", ids("settled"));
  await tell(tx, "payouts.returned", ids("returned"));
  await tell(tx, "payouts.rejected", ids("rejected"));
}

function reasonOf(told: Told): string {
  const { reason, sentence, told: word } = told;
  if (reason !== null) return `${reason.code} ${reason.text}`.trim();
  return sentence || word || "no reason given";
}

/** A status by hand: the bank wrote, or called. */
export function byHand(actor: Actor, payoutId: string, status: ToldStatus, reason: string): Told {
  return {
    payoutId,
    status,
    told: "by hand",
    reason: null,
    code: "by_hand",
    sentence: reason,
    origin: personOf(actor),
  };
}

/** What a bank tells of many payouts at once, by its codes. */
export async function takeWord(
  tx: Context,
  actor: Actor,
  all: readonly {
    readonly payoutId: string;
    readonly status: ToldStatus;
    readonly code: string;
    readonly text: string;
  }[],
): Promise<number> {
  return await applyStatuses(
    tx,
    actor,
    all.map(({ payoutId, status, code, text }) => ({
      payoutId,
      status,
      told: code,
      reason: text === "" ? null : { code, text },
      sentence: text,
      origin: "bank",
    })),
  );
}
