import type { Actor } from "../../access/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { dayOf } from "../../kernel/period.ts";
import {
  bankDayOnOrAfter,
  decideChange,
  excludePayouts,
  fetchFile,
  getBatch,
  listPayouts,
  listSources,
  type PayoutNeeds,
  prepareBatch,
  proposeSource,
  releaseBatch,
  sendDue,
  takeWord,
} from "../../payouts/index.ts";

/** Whoever prepares a batch never releases it, nor does whoever closed its statements. */
export interface PayoutPeople {
  readonly preparer: Actor;
  readonly releaser: Actor;
}

/** Own accounts of the sample; providers are paid by the files that they take, since the sample has no credentials. */
const ACCOUNTS = [
  { name: "Harbour Bank, payments", method: "bank", format: "pain.001.001.09", currencies: ["EUR", "USD"] },
  { name: "PayPal mass payments", method: "paypal", format: "paypal-csv", currencies: ["EUR", "USD"] },
  { name: "Wise batches", method: "wise", format: "wise-csv", currencies: ["EUR", "USD"] },
  { name: "Payoneer mass payouts", method: "payoneer", format: "payoneer-csv", currencies: ["EUR", "USD"] },
] as const;
/** So many stay out of the first batch, and wait in the next one. */
const LEFT_OUT = 5;

/**
 * A month is paid by a batch: released, written to files, taken to the bank, and settled but for one payout whose account was closed. What may not be
 * paid stays held with its reasons.
 */
export async function payByBatch(ctx: Context, people: PayoutPeople, month: string, needs: PayoutNeeds): Promise<void> {
  await openAccounts(ctx, people, needs);
  const id = await prepare(ctx, people, `Commissions of ${month.slice(0, 7)}`, needs);
  const own = await listPayouts(ctx, people.releaser, { batchId: id, state: ["prepared"], limit: 500 });
  const out = own.rows.slice(-LEFT_OUT).map((one) => one.id);
  const { revision } = await getBatch(ctx, people.releaser, id);
  const reason = "The partner disputes a line of this month: wait for the answer.";
  if (own.rows.length > 2 * LEFT_OUT)
    await excludePayouts(ctx, people.preparer, id, { revision, payoutIds: out, exclude: true, reason });
  const seen = await getBatch(ctx, people.releaser, id);
  const release = { revision: seen.revision, controlSum: seen.controlSum, code: "sample" };
  // Nobody of the sample holds an authenticator while it is made; on the screen a fresh code is asked for.
  await releaseBatch(ctx, people.releaser, id, release, { ...needs, secondFactor: async () => undefined });
  await sendDue(ctx, needs);
  for (const dispatch of (await getBatch(ctx, people.releaser, id)).dispatches)
    if (dispatch.file !== null) await fetchFile(ctx, people.preparer, dispatch.id, needs.vault);
  await hear(ctx, people, id);
}

/** The bank's word of the next days: all arrived but one. */
async function hear(ctx: Context, people: PayoutPeople, batchId: string): Promise<void> {
  const sent = await listPayouts(ctx, people.preparer, { batchId, state: ["sent"], limit: 500 });
  const [first, ...others] = sent.rows.toReversed();
  const settled = others.map((one) => ({ payoutId: one.id, status: "settled" as const, code: "ACSC", text: "" }));
  const back = first && {
    payoutId: first.id,
    status: "returned" as const,
    code: "AC04",
    text: "The account is closed.",
  };
  await transact(ctx, (tx) => takeWord(tx, people.preparer, back === undefined ? settled : [...settled, back]));
}

/** The next batch waits for its second person: what came back, what was left out, and what is held. */
export async function prepareNext(ctx: Context, people: PayoutPeople, needs: PayoutNeeds, today: Date): Promise<void> {
  const { rows } = await listSources(ctx, people.preparer, { limit: 1 });
  if (rows.length > 0) await prepare(ctx, people, "Leftovers and what came back", needs, today);
}

/** @param from carried out two days after it */
async function prepare(
  ctx: Context,
  people: PayoutPeople,
  name: string,
  needs: PayoutNeeds,
  from = ctx.clock.now(),
): Promise<string> {
  const executionDate = bankDayOnOrAfter(dayOf(new Date(from.getTime() + 2 * 86_400_000), "UTC"));
  const all = { currencies: [], methods: [], partnerIds: [] };
  return await prepareBatch(ctx, people.preparer, { name, executionDate, untilMonth: null, ...all }, needs);
}

async function openAccounts(ctx: Context, people: PayoutPeople, needs: PayoutNeeds): Promise<void> {
  for (const [position, account] of ACCOUNTS.entries()) {
    const change = await proposeSource(
      ctx,
      people.preparer,
      null,
      {
        ...account,
        via: "file",
        position,
        currencies: [...account.currencies],
        countries: [],
        cutOff: "15:30",
        timeZone: "Europe/Malta",
        leadDays: 0,
        arrivalDays: 1,
        fees: {},
        initiator: { name: "Tributary Sample Operator Ltd", id: "" },
        holder: "Tributary Sample Operator Ltd",
        country: "MT",
        account: { iban: "MT84MALT011000012345MTLCAST001S", bic: "MALTMTMT" },
        credentials: {},
        environment: "live",
        options: {},
      },
      needs.vault,
    );
    await decideChange(ctx, people.releaser, change, true);
  }
}
