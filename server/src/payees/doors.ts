import { type Actor, can, personOf } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import type { BankDetail } from "../banking/index.ts";
import type { Context } from "../database/index.ts";
import { type Day, dayOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { reachOf } from "../partners/index.ts";
import type { PayeeBlock, PayeeFacts, PayeeOfProgram, Vault } from "./contracts.ts";
import { blocksOf, type Circumstances } from "./core/blocks.ts";
import { bankDetailOf } from "./core/facts.ts";
import { servingOn } from "./core/serving.ts";
import { formsOf, type LoadedPayee, loadPayees, partnersOf } from "./loading.ts";
import { type OutsideBlocks, outsideBlocks } from "./outside.ts";
import { ownsPayee } from "./reach.ts";
import { servings } from "./store/assignments.ts";
import { type HoldRow, holdsOf } from "./store/matters.ts";
import { payeeRows, settingRow } from "./store/payees.ts";
import { detailChanges, sealedOf, type VersionRow } from "./store/versions.ts";

/** Who is paid for some partners (null: all) on a day. A partner or program without a row has a gap: nobody is paid for it. */
export async function payeesOf(
  ctx: Context,
  partnerIds: readonly string[] | null,
  day: Day,
): Promise<readonly PayeeOfProgram[]> {
  return servingOn(await servings(ctx.db, partnerIds, day), day);
}

/** What two people agreed on of some payees, by id. */
export async function payeeDetails(
  ctx: Context,
  payeeIds: readonly string[],
): Promise<ReadonlyMap<string, PayeeFacts>> {
  const loaded = await loadPayees(ctx, payeeIds);
  return new Map([...loaded].map(([id, one]) => [id, one.facts]));
}

/** Why some payees cannot be paid at an instant; nothing of one that can. */
export async function payeeBlocks(
  ctx: Context,
  payeeIds: readonly string[],
  at: Date = ctx.clock.now(),
): Promise<readonly PayeeBlock[]> {
  return [...(await blocksByPayee(ctx, await loadPayees(ctx, payeeIds), at)).values()].flat();
}

/** @param forPartner leaves out what is no business of a partner: its screening, restrictions of partners */
export async function blocksByPayee(
  ctx: Context,
  loaded: ReadonlyMap<string, LoadedPayee>,
  at: Date,
  forPartner = false,
): Promise<ReadonlyMap<string, readonly PayeeBlock[]>> {
  const ids = [...loaded.keys()];
  const holds = Map.groupBy(await holdsOf(ctx.db, ids), (one) => one.payee_id);
  const { tax_forms, screening } = await settingRow(ctx.db);
  const outside: OutsideBlocks = forPartner
    ? new Map()
    : await outsideBlocks(ctx, await partnersOf(ctx, ids), screening as "matches");
  return new Map(
    ids.map((id) => {
      const one = loaded.get(id) as LoadedPayee;
      return [id, blocksOf(one.facts, circumstances(one, holds.get(id) ?? [], tax_forms, outside, at))];
    }),
  );
}

function circumstances(
  one: LoadedPayee,
  holds: readonly HoldRow[],
  taxForms: string,
  outside: OutsideBlocks,
  now: Date,
): Circumstances {
  return {
    now,
    today: dayOf(now, "UTC"),
    forms: formsOf(one),
    taxForms: taxForms as Circumstances["taxForms"],
    holds: holds.filter((hold) => hold.lifted_at === null),
    nameDiffers: differingName(one.details[0]),
    outside: outside.get(one.row.payee_id) ?? [],
  };
}

function differingName(detail: VersionRow | undefined): string | null {
  if (detail === undefined || detail.name_verdict === "match" || detail.name_verdict === null) return null;
  return detail.name_reviewed_at === null ? detail.name_explanation : null;
}

/**
 * Whole details, for a payment file or a call to a provider. Each look stands in the trail with its purpose.
 * @throws Refusal `forbidden` for somebody who neither approves payees nor pays out
 */
export async function openDetails(
  tx: Context,
  actor: Actor,
  vault: Vault,
  detailIds: readonly string[],
  purpose: string,
): Promise<ReadonlyMap<string, BankDetail>> {
  if (!can(actor, "payees.approve") && !can(actor, "payouts.write"))
    throw new Refusal("forbidden", "Whole payment details are shown to those who approve payees or pay out.");
  const sealed = await sealedOf(tx.db, detailIds);
  const details = [...sealed].map(([id, text]) => [id, bankDetailOf(JSON.parse(vault.open(text)))] as const);
  await audit.recordMany(
    tx,
    actor,
    details.map(([id]) => ({
      action: "payees.detail_opened",
      subjectKind: "payee_detail",
      subjectId: id,
      reason: purpose,
      after: { person: personOf(actor) },
    })),
  );
  return new Map(details);
}

/** Details that were approved since an instant, with the partners whose money goes there: what a run has to look at. */
export async function detailChangesSince(
  ctx: Context,
  since: Date,
  partnerIds: readonly string[] | null = null,
): Promise<
  readonly {
    readonly payeeId: string;
    readonly partnerId: string;
    readonly detailId: string;
    readonly changedAt: Date;
    /** The payee had no detail before. */
    readonly first: boolean;
    readonly proposedBy: string;
    readonly approvedBy: string;
  }[]
> {
  return (await detailChanges(ctx.db, since, partnerIds)).map((row) => ({
    payeeId: row.payee_id,
    partnerId: row.partner_id,
    detailId: row.version_id,
    changedAt: row.decided_at,
    first: row.first,
    proposedBy: row.proposed_by,
    approvedBy: row.decided_by,
  }));
}

/** What payees are called, as far as the actor may see them. */
export async function payeeNames(
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const within = await reachOf(ctx, actor, "payees.read");
  const rows = await payeeRows(ctx.db, ids);
  const partners = await partnersOf(ctx, ids);
  return rows
    .filter((row) => ownsPayee(within, row, partners.get(row.payee_id) ?? []))
    .map((row) => ({ id: row.payee_id, name: row.legal_name }));
}
