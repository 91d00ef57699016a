import {
  type FieldEffects,
  type FieldOption,
  type FieldType,
  type NewPartnerField,
  NewPartnerField as NewPartnerFieldSchema,
  type PartnerField,
  type PartnerFieldChange,
  PartnerFieldChange as PartnerFieldChangeSchema,
  type PartnerKind,
  type PartnerStatus,
} from "@tributary/contract";
import { type Actor, can, operatorRoles, PERMISSIONS, type Permission, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, refuseDuplicate, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { fitValue } from "./core/field-values.ts";
import * as store from "./store/fields.ts";

/** Definitions that this actor may read values of; those that were put away for whoever keeps the definitions. */
export async function listFields(ctx: Context, actor: Actor): Promise<readonly PartnerField[]> {
  if (actor.partnerId !== undefined) return [];
  const keeper = can(actor, "settings.write");
  const [rows, filled] = [await store.fieldRows(ctx.db, keeper), await store.filledCounts(ctx.db)];
  return rows
    .filter((row) => keeper || can(actor, row.read_permission as Permission))
    .map((row) => fieldWire(row, filled.get(row.field_id) ?? 0));
}

/** @throws Refusal `forbidden`, `invalid_input`, `already_exists` */
export async function createField(ctx: Context, actor: Actor, given: NewPartnerField): Promise<PartnerField> {
  const input = NewPartnerFieldSchema.parse(given);
  requirePermission(actor, "settings.write", {});
  checkDefinition(input);
  return await transact(ctx, async (tx) => {
    const { key, type, kinds, position, ...rest } = input;
    const row = {
      field_id: tx.ids.next("fld"),
      ...{ key, type, kinds, position, created_at: tx.clock.now() },
      title: JSON.stringify(rest.title),
      help: JSON.stringify(rest.help),
      options: JSON.stringify(rest.options),
      owner_role: rest.ownerRole,
      required_for: rest.requiredFor,
      read_permission: rest.readPermission,
      write_permission: rest.writePermission,
    };
    await refuseDuplicate("key", key, () => store.insertField(tx.db, row));
    const subject = { subjectKind: "partner_field", subjectId: row.field_id };
    await audit.record(tx, actor, { action: "partners.field_created", ...subject, after: input });
    return fieldWire(await existing(tx, row.field_id), 0);
  });
}

/** What a change would do to the values that stand there. @throws Refusal `not_found`, `forbidden`, `invalid_input` */
export async function fieldEffects(
  ctx: Context,
  actor: Actor,
  id: string,
  given: PartnerFieldChange,
): Promise<FieldEffects> {
  requirePermission(actor, "settings.write", {});
  const before = await existing(ctx, id);
  const { effects } = await weigh(ctx, before, definitionAfter(before, PartnerFieldChangeSchema.parse(given)));
  return effects;
}

/**
 * Changes a definition. Values that do not fit any more are lost, if whoever changes it has said that it knows how many.
 * @throws Refusal `not_found`, `forbidden`, `invalid_input`, `conflict`, `wrong_state` (values would be lost that nobody has agreed to)
 */
export async function changeField(
  ctx: Context,
  actor: Actor,
  id: string,
  given: PartnerFieldChange,
): Promise<PartnerField> {
  const change = PartnerFieldChangeSchema.parse(given);
  requirePermission(actor, "settings.write", {});
  return await transact(ctx, async (tx) => {
    const before = await existing(tx, id);
    const after = definitionAfter(before, change);
    checkDefinition(after);
    const { effects, lost, refitted } = await weigh(tx, before, after);
    if (effects.lost > change.acceptLoss)
      throw new Refusal(
        "wrong_state",
        `${effects.lost} of ${effects.filled} values do not fit the new definition and would be lost.`,
        [{ field: "acceptLoss", value: String(change.acceptLoss), message: `has to be ${effects.lost}` }],
      );
    const saved = await store.updateField(tx.db, id, change.revision, columnsOf(after, change, tx.clock.now()));
    if (saved === undefined) throw changedMeanwhile("field", change.revision);
    for (const one of refitted)
      await store.putValue(tx.db, one.row.partner_id, id, one.value, one.row.changed_by, one.row.changed_at);
    for (const row of lost) await store.dropValue(tx.db, row.partner_id, id);
    // Whoever may see the field has changed with the definition: what is lost was seen by those who could before.
    const guards = { [before.key]: before.read_permission };
    await audit.recordMany(
      tx,
      actor,
      lost.map((row) => ({
        guards,
        ...{ action: "partners.fields_changed", subjectKind: "partner", subjectId: row.partner_id },
        partnerId: row.partner_id,
        before: { [before.key]: row.value },
        after: { [before.key]: null },
        reason: "the field's definition changed",
      })),
    );
    const subject = { subjectKind: "partner_field", subjectId: id };
    const [old, now] = [fieldWire(before, 0), fieldWire(saved, 0)];
    await audit.record(tx, actor, { action: "partners.field_changed", ...subject, before: old, after: now });
    return fieldWire(saved, effects.filled - effects.lost);
  });
}

type Definition = Pick<
  PartnerField,
  | "title"
  | "help"
  | "type"
  | "options"
  | "ownerRole"
  | "kinds"
  | "requiredFor"
  | "readPermission"
  | "writePermission"
  | "position"
>;

function definitionAfter(
  before: store.FieldRow,
  change: ReturnType<typeof PartnerFieldChangeSchema.parse>,
): Definition {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return { ...fieldWire(before, 0), ...given };
}

function columnsOf(after: Definition, change: { readonly archived?: boolean | undefined }, now: Date) {
  return {
    title: JSON.stringify(after.title),
    help: JSON.stringify(after.help),
    type: after.type,
    options: JSON.stringify(after.options),
    owner_role: after.ownerRole,
    kinds: after.kinds,
    required_for: after.requiredFor,
    read_permission: after.readPermission,
    write_permission: after.writePermission,
    position: after.position,
    ...(change.archived === undefined ? {} : { archived_at: change.archived ? now : null }),
  };
}

/** @throws Refusal `invalid_input` */
function checkDefinition(input: Definition): void {
  const choice = input.type === "one_of" || input.type === "many_of";
  if (choice && input.options.length === 0) throw invalid("options", "", "are needed to choose from");
  if (new Set(input.options.map((one) => one.value)).size < input.options.length)
    throw invalid("options", "", "name a value twice");
  for (const field of ["readPermission", "writePermission"] as const)
    if (!(PERMISSIONS as readonly string[]).includes(input[field]))
      throw invalid(field, input[field], "is no permission");
  if (!(operatorRoles as readonly string[]).includes(input.ownerRole))
    throw invalid("ownerRole", input.ownerRole, "is no role of the operator");
}

async function weigh(ctx: Context, before: store.FieldRow, after: Definition) {
  const rows = await store.valuesOfField(ctx.db, before.field_id);
  const missing = await store.countMissing(ctx.db, before.field_id, after.requiredFor, after.kinds);
  const looked = rows.map((row) => ({ row, fit: fitValue(after, row.value) }));
  const unfit = looked.flatMap(({ row, fit }) => ("problem" in fit ? [{ row, problem: fit.problem }] : []));
  const examples = unfit.slice(0, 20).map(({ row, problem }) => ({
    ...{ partnerId: row.partner_id, problem },
    value: typeof row.value === "string" ? row.value : JSON.stringify(row.value),
  }));
  const refitted = looked.flatMap(({ row, fit }) =>
    "value" in fit && JSON.stringify(fit.value) !== JSON.stringify(row.value) ? [{ row, value: fit.value }] : [],
  );
  const effects: FieldEffects = { filled: rows.length, lost: unfit.length, examples, missing };
  return { effects, lost: unfit.map(({ row }) => row), refitted };
}

async function existing(ctx: Context, id: string): Promise<store.FieldRow> {
  const row = await store.fieldRow(ctx.db, id);
  if (row === undefined) throw notFound("field", id);
  return row;
}

export function fieldWire(row: store.FieldRow, filled: number): PartnerField {
  return {
    id: row.field_id,
    key: row.key,
    title: row.title,
    help: row.help,
    type: row.type as FieldType,
    options: row.options as FieldOption[],
    ownerRole: row.owner_role,
    kinds: row.kinds as PartnerKind[],
    requiredFor: row.required_for as PartnerStatus[],
    readPermission: row.read_permission,
    writePermission: row.write_permission,
    position: row.position,
    filled,
    archivedAt: row.archived_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  };
}
