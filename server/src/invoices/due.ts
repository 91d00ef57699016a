import type { InvoiceWaiting, WaitingReason } from "@tributary/contract";
import type { Context } from "../database/index.ts";
import { lastDay } from "../kernel/period.ts";
import { type PayeeFacts, type PayeeOfProgram, payeeDetails, payeesOf } from "../payees/index.ts";
import { earnedParts } from "../statements/index.ts";
import type { Group } from "./contracts.ts";
import { type Computed, compute } from "./core/compute.ts";
import { groupsOf, reasonOf, sentenceOf } from "./groups.ts";
import { coveredParts } from "./store/invoices.ts";
import { type SettingRow, settingRow } from "./store/settings.ts";

/** What could stand on one invoice, with its sums, and whether it may be issued. */
export interface Due extends Group {
  readonly payee: PayeeFacts | undefined;
  /** Null while the tax treatment is not decided. */
  readonly sums: Computed | null;
  readonly reason: WaitingReason;
}

/** Everything of some partners that is approved and on no invoice, put together by payee and currency. Payees that get no invoices are left out. */
export async function dueOf(
  ctx: Context,
  partnerIds: readonly string[],
  options: { readonly belowThreshold: boolean } = { belowThreshold: false },
): Promise<readonly Due[]> {
  const covered = await coveredParts(ctx.db, partnerIds);
  const earned = await earnedParts(ctx.db, partnerIds);
  const settings = await settingRow(ctx.db);
  const parts = earned
    .filter((one) => settings.first_month === null || one.month >= settings.first_month)
    .filter((one) => !covered.has(`${one.statementId} ${one.programId}`));
  const days = [...new Set(parts.map((one) => lastDay(one.month)))];
  const serving = new Map<string, readonly PayeeOfProgram[]>();
  for (const day of days) serving.set(day, await payeesOf(ctx, partnerIds, day));
  const groups = groupsOf(parts, (day) => serving.get(day) ?? []);
  const payees = await payeeDetails(
    ctx,
    groups.flatMap((one) => one.payeeId ?? []),
  );
  return groups
    .map((group) => dueOfGroup(group, payees, settings, options.belowThreshold))
    .filter((one) => one.payee?.terms.invoicing !== "none");
}

function dueOfGroup(
  group: Group,
  payees: ReadonlyMap<string, PayeeFacts>,
  settings: SettingRow,
  belowThreshold: boolean,
): Due {
  const payee = group.payeeId === null ? undefined : payees.get(group.payeeId);
  const tax = payee?.tax ?? null;
  const sums =
    tax === null
      ? null
      : compute(
          group.parts.map((one) => one.minor),
          tax,
        );
  const reason = reasonOf(group, payee, { customerComplete: isComplete(settings, payee), belowThreshold });
  return { ...group, payee, sums, reason };
}

/** What an invoice has to say of its customer (Directive 2006/112/EC, Article 226); its VAT number where it accounts for the VAT itself. */
function isComplete(settings: SettingRow, payee: PayeeFacts | undefined): boolean {
  const named = [settings.legal_name, settings.street, settings.city, settings.country].every(Boolean);
  return named && (payee?.tax?.vat !== "reverse_charge" || Boolean(settings.vat_number));
}

export function waitingWire(due: Due): InvoiceWaiting {
  const months = due.parts.map((one) => one.month.slice(0, 7)).toSorted();
  return {
    partnerId: due.partnerId,
    payeeId: due.payeeId,
    currency: due.currency,
    net: String(due.net),
    vat: due.sums === null ? null : String(due.sums.vat),
    withheld: due.sums === null ? null : String(due.sums.withheld),
    statementIds: [...new Set(due.parts.map((one) => one.statementId))],
    from: months[0] ?? "",
    to: months.at(-1) ?? "",
    reason: due.reason,
    sentence: sentenceOf(due.reason),
  };
}
