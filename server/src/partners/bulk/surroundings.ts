import type { BulkSubject, FieldOption, FieldType, FieldValue } from "@tributary/contract";
import { type Actor, actorsWho, can, type Permission, userEmails, userNames } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { allRegions } from "../../programs/index.ts";
import { fitValue } from "../core/field-values.ts";
import { type FieldRow, fieldRows } from "../store/fields.ts";
import type { PartnerRules, Seat } from "./core/decide-partner.ts";
import type { CustomField } from "./core/fields.ts";
import type { Names } from "./core/values.ts";

/** What names in cells stand for. A name that two people have says nothing. */
export async function namesFor(ctx: Context): Promise<Names> {
  const regions = new Map<string, string>();
  for (const one of await allRegions(ctx.db))
    for (const name of [one.name, one.code, one.regionId]) regions.set(name.toLowerCase(), one.regionId);
  const ids = (await actorsWho(ctx, "partners.read")).filter((one) => one.partnerId === undefined).map((one) => one.id);
  const [emails, names] = [await userEmails(ctx.db, ids), await userNames(ctx, ids)];
  const people = new Map<string, string>();
  const twice = new Set<string>();
  for (const [id, name] of names) {
    const key = name.toLowerCase();
    if (people.has(key)) twice.add(key);
    people.set(key, id);
  }
  for (const key of twice) people.delete(key);
  for (const [id, email] of emails) people.set(email.toLowerCase(), id);
  for (const id of ids) people.set(id.toLowerCase(), id);
  return { regions, people };
}

/** Custom fields that the actor may write somewhere. */
export async function writableFields(ctx: Context, actor: Actor, subject: BulkSubject): Promise<readonly FieldRow[]> {
  if (subject === "contact") return [];
  return (await fieldRows(ctx.db, false)).filter(
    (row) => can(actor, row.read_permission as Permission) && can(actor, row.write_permission as Permission),
  );
}

export function customFields(rows: readonly FieldRow[]): readonly CustomField[] {
  return rows.map(({ key, title }) => ({ key, title }));
}

/** Reads what a cell, or an edit, says of a custom field. */
export function fitter(rows: readonly FieldRow[]): PartnerRules["fit"] {
  const fields = new Map(rows.map((row) => [row.key, row]));
  return (key, given, kind) => {
    const field = fields.get(key);
    if (field === undefined) return { code: "no_field" };
    if (field.kinds.length > 0 && !field.kinds.includes(kind))
      return given === null ? { value: null } : { code: "field_of_other_kind" };
    if (given === null) return { value: null };
    const fit = fitValue(
      { type: field.type as FieldType, options: field.options as FieldOption[] },
      spoken(field, given),
    );
    return "value" in fit ? { value: fit.value } : { code: "does_not_fit", said: fit.problem };
  };
}

const YES_NO: Readonly<Record<string, boolean>> = {
  ...{ yes: true, true: true, "1": true, y: true, x: true, si: true, sí: true, ja: true, oui: true },
  ...{ no: false, false: false, "0": false, n: false, nein: false, non: false },
};

/** Cells are texts: lists are divided, choices may be named by their titles, amounts are `12.50 EUR`. */
function spoken(field: FieldRow, given: unknown): FieldValue {
  if (typeof given !== "string") return given as FieldValue;
  const options = field.options as FieldOption[];
  const choiceCalled = (word: string): string => {
    const low = word.trim().toLowerCase();
    const found = options.find(({ value, title }) =>
      [value, title.en, title.es].some((one) => one.toLowerCase() === low),
    );
    return found?.value ?? word.trim();
  };
  if (field.type === "yes_no") return YES_NO[given.toLowerCase()] ?? given;
  if (field.type === "one_of") return choiceCalled(given);
  if (field.type === "many_of")
    return given
      .split(/[,;|\n]/)
      .filter((part) => part.trim() !== "")
      .map(choiceCalled);
  return given;
}

export function mayWrite(actor: Actor): (seat: Seat) => boolean {
  return (seat) => can(actor, "partners.write", seat);
}

export function mayApprove(actor: Actor): (seat: Seat) => boolean {
  return (seat) => can(actor, "partners.approve", seat);
}
