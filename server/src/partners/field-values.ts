import type { FieldOption, FieldType, FieldValue, PartnerFieldValue, PartnerStatus } from "@tributary/contract";
import { type Actor, can, type Permission, personOf } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, notifyChange, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { fitValue } from "./core/field-values.ts";
import { fieldWire } from "./fields.ts";
import { type MissingField, missingFor } from "./missing-fields.ts";
import { readablePartner, touchOf } from "./service.ts";
import * as store from "./store/fields.ts";
import type { PartnerRow } from "./store/partners.ts";

/** Fields that a partner needs before it reaches a status and has not. @throws Refusal `not_found` */
export async function missingFields(
  ctx: Context,
  partnerId: string,
  status: PartnerStatus,
): Promise<readonly MissingField[]> {
  const partner = await partnerRow(ctx, partnerId);
  return await missingFor(ctx.db, partner, status);
}

/** The fields of one partner, as far as the actor may see them. */
export async function listFieldValues(
  ctx: Context,
  actor: Actor,
  partnerId: string,
): Promise<readonly PartnerFieldValue[]> {
  const partner = await readablePartner(ctx, actor, partnerId);
  if (actor.partnerId !== undefined) return [];
  const values = new Map((await store.valuesOf(ctx.db, [partnerId])).map((row) => [row.field_id, row]));
  return (await store.fieldRows(ctx.db, false)).filter(visible(actor, partner)).map((row) => {
    const value = values.get(row.field_id);
    return {
      field: fieldWire(row, 0),
      value: value?.value ?? null,
      changedBy: value?.changed_by ?? null,
      changedAt: value?.changed_at.toISOString() ?? null,
      mayChange: can(actor, row.write_permission as Permission, touchOf(partner)),
      missingFor: value === undefined ? (row.required_for as PartnerStatus[]) : [],
    };
  });
}

/** Values of one field for the partners of a list that the actor may see it of. */
export async function fieldColumn(
  ctx: Context,
  actor: Actor,
  key: string,
  partnerIds: readonly string[],
): Promise<readonly { readonly partnerId: string; readonly value: FieldValue }[]> {
  const field = (await store.fieldRows(ctx.db, false)).find((row) => row.key === key);
  if (field === undefined || actor.partnerId !== undefined) throw notFound("field", key);
  const rows = (await store.valuesOf(ctx.db, partnerIds)).filter((row) => row.field_id === field.field_id);
  const seen = new Set<string>();
  for (const { partner_id: id } of rows) {
    const partner = await readablePartner(ctx, actor, id).catch(() => undefined);
    if (partner !== undefined && visible(actor, partner)(field)) seen.add(id);
  }
  return rows
    .filter((row) => seen.has(row.partner_id))
    .map((row) => ({ partnerId: row.partner_id, value: row.value as FieldValue }));
}

/**
 * Sets values by key; null empties. What was there before is in the trail.
 * @throws Refusal `not_found`, `forbidden`, `invalid_input`
 */
export async function setFields(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  values: Readonly<Record<string, FieldValue | null>>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const partner = await readablePartner(tx, actor, partnerId);
    if (actor.partnerId !== undefined) throw new Refusal("forbidden", "These fields are the operator's.");
    const fields = new Map((await store.fieldRows(tx.db, false)).map((row) => [row.key, row]));
    const stood = new Map((await store.valuesOf(tx.db, [partnerId])).map((row) => [row.field_id, row.value]));
    const before: Record<string, unknown> = {};
    const after: Record<string, unknown> = {};
    for (const [key, given] of Object.entries(values)) {
      const field = fields.get(key);
      if (field === undefined || !visible(actor, partner)(field)) throw invalid(`values.${key}`, "", "is no field");
      const value = given === null ? null : fitting(field, given);
      const old = stood.get(field.field_id) ?? null;
      if (JSON.stringify(old) === JSON.stringify(value)) continue;
      if (!can(actor, field.write_permission as Permission, touchOf(partner)))
        throw new Refusal("forbidden", `${field.title.en} is changed by whoever has ${field.write_permission}.`);
      if (value === null) await store.dropValue(tx.db, partnerId, field.field_id);
      else await store.putValue(tx.db, partnerId, field.field_id, value, personOf(actor), tx.clock.now());
      before[key] = old;
      after[key] = value;
    }
    if (Object.keys(after).length === 0) return;
    await notifyChange(tx, "partners", partnerId);
    const subject = { subjectKind: "partner", subjectId: partnerId, partnerId };
    const guards = await store.fieldGuards(tx.db);
    await audit.record(tx, actor, { action: "partners.fields_changed", ...subject, before, after, guards });
  });
}

function fitting(field: store.FieldRow, given: FieldValue): FieldValue {
  const fit = fitValue({ type: field.type as FieldType, options: field.options as FieldOption[] }, given);
  if ("value" in fit) return fit.value;
  throw invalid(`values.${field.key}`, typeof given === "string" ? given : JSON.stringify(given), fit.problem);
}

function visible(actor: Actor, partner: PartnerRow) {
  return (row: store.FieldRow): boolean =>
    (row.kinds.length === 0 || row.kinds.includes(partner.kind)) &&
    can(actor, row.read_permission as Permission, touchOf(partner));
}

async function partnerRow(ctx: Context, id: string): Promise<{ partner_id: string; kind: string }> {
  const row = await ctx.db
    .selectFrom("partners.partner")
    .select(["partner_id", "kind"])
    .where("partner_id", "=", id)
    .executeTakeFirst();
  if (row === undefined) throw notFound("partner", id);
  return row;
}
