import { maskDetail } from "../banking/index.ts";
import type { Context } from "../database/index.ts";
import { dayOf, lastDay } from "../kernel/period.ts";
import { type PayeeFacts, payeeBlocks, payeeDetails, payeeFor, payeesOf } from "../payees/index.ts";
import { type PayableStatement, payableStatements } from "../statements/index.ts";
import type { PayoutNeeds } from "./contracts.ts";
import type { Gathering, Payable, PayeeTerms, Route } from "./core/contracts.ts";
import { invoicesOf } from "./invoices-of.ts";
import { reservedParts, taxWithheld } from "./store/payouts.ts";
import { activeSources, type SourceRow } from "./store/sources.ts";

/** What a batch takes: nothing given means everything. */
export interface Selection {
  readonly untilMonth: string | null;
  readonly currencies: readonly string[];
  readonly partnerIds: readonly string[];
}

/** Reads everything that decides what is paid to whom, as it stands now. @param batchId whose own reserved parts are free for itself */
export async function surroundings(
  ctx: Context,
  selection: Selection,
  batchId: string,
  needs: PayoutNeeds,
): Promise<Gathering> {
  const now = ctx.clock.now();
  const day = dayOf(now, "UTC");
  const wanted = await payableStatements(ctx, {
    ...(selection.partnerIds.length > 0 ? { partnerIds: selection.partnerIds } : {}),
    ...(selection.untilMonth === null ? {} : { through: selection.untilMonth }),
    ...(selection.currencies.length > 0 ? { currencies: selection.currencies } : {}),
  });
  const serving = await servingByMonth(ctx, wanted);
  const payeeIds = [...new Set([...serving.values()].flat().map((one) => one.payeeId))];
  const facts = await payeeDetails(ctx, payeeIds);
  await needs.screenChanged(ctx, [
    ...new Set([...wanted, ...[...serving.values()].flat()].map((one) => one.partnerId)),
  ]);
  const blocks = Map.groupBy(await payeeBlocks(ctx, payeeIds, now), (one) => one.payeeId);
  const booked = await taxWithheld(ctx.db);
  const reserved = await reservedParts(ctx.db, batchId);
  return {
    payables: wanted.map((one) => payableOf(one, booked, reserved, payeeIds)),
    payeeOf: ({ partnerId, month }, programId) => payeeFor(serving.get(month) ?? [], partnerId, programId),
    payees: new Map([...facts].map(([id, one]) => [id, termsOf(one, blocks.get(id) ?? [], now)])),
    invoices: await invoicesOf(ctx, wanted),
    rate: await needs.ratesOn(ctx, day),
    routes: (await activeSources(ctx.db)).map(routeOf),
  };
}

function payableOf(
  one: PayableStatement,
  booked: ReadonlySet<string>,
  reserved: ReadonlySet<string>,
  payeeIds: readonly string[],
): Payable {
  const spokenFor = [...payeeIds, ""].filter((payee) => one.covers.some((id) => reserved.has(`${id} ${payee}`)));
  return {
    statementId: one.statementId,
    partnerId: one.partnerId,
    currency: one.currency,
    month: one.month,
    minor: one.payable,
    byProgram: one.byProgram.flatMap(({ programId, minor }) => (programId === null ? [] : [{ programId, minor }])),
    taxWithheld: one.covers.some((id) => booked.has(id)),
    onAccount: one.onAccount,
    spokenFor,
  };
}

function termsOf(
  facts: PayeeFacts,
  blocks: readonly { readonly code: string; readonly sentence: string }[],
  now: Date,
): PayeeTerms {
  const payable = facts.details.filter((detail) => detail.payableFrom <= now);
  return {
    name: facts.legalName,
    payoutCurrency: facts.terms.payoutCurrency,
    threshold: facts.terms.threshold,
    feeBearer: facts.terms.feeBearer,
    invoicing: facts.terms.invoicing,
    withholding: facts.tax?.withholding?.rate ?? null,
    details: payable.map(({ detailId, masked }) => ({
      detailId,
      method: masked.method,
      currency: masked.currency,
      country: masked.country,
      account: accountText(masked),
    })),
    blocks,
  };
}

/** `ES •••• 1332`: what a person recognises an account by. Masked once more: what comes in is shown to many. */
export function accountText(detail: Parameters<typeof maskDetail>[0]): string {
  const { fields, country, method } = maskDetail(detail);
  const { iban, accountNumber, paypalReceiver, wiseRecipientId, payoneerPayeeId, clabe, cbu } = fields;
  const secret = iban ?? accountNumber ?? clabe ?? cbu ?? paypalReceiver ?? wiseRecipientId ?? payoneerPayeeId ?? "";
  return method === "bank" ? `${country} •••• ${secret.slice(-4)}` : secret.replaceAll(/•+/g, "••••");
}

function routeOf(row: SourceRow): Route {
  const fees = Object.entries(row.fees as Record<string, string>);
  return {
    sourceId: row.source_id,
    method: row.method as Route["method"],
    currencies: row.currencies,
    countries: row.countries,
    fees: Object.fromEntries(fees.map(([currency, minor]) => [currency, BigInt(minor)])),
  };
}

/** Who earns a month is who is named on its last day, as on its invoices. */
async function servingByMonth(ctx: Context, payables: readonly PayableStatement[]) {
  const months = Map.groupBy(payables, (one) => one.month);
  const found = new Map<string, Awaited<ReturnType<typeof payeesOf>>>();
  for (const [month, some] of months) {
    const partnerIds = [...new Set(some.map((one) => one.partnerId))];
    found.set(month, await payeesOf(ctx, partnerIds, lastDay(month)));
  }
  return found;
}
