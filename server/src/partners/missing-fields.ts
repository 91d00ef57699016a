import type { PartnerStatus } from "@tributary/contract";
import type { Db } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { missingRows } from "./store/fields.ts";

export interface MissingField {
  readonly key: string;
  readonly title: { readonly en: string; readonly es: string };
}

/** Fields that a partner needs before it reaches a status and has not. */
export async function missingFor(
  db: Db,
  partner: { readonly partner_id: string; readonly kind: string },
  status: PartnerStatus,
): Promise<readonly MissingField[]> {
  const rows = await missingRows(db, partner.partner_id, partner.kind, status);
  return rows.map((row) => ({ key: row.key, title: row.title }));
}

/** @throws Refusal `fields_missing`, naming each */
export async function requireFields(
  db: Db,
  partner: { readonly partner_id: string; readonly kind: string; readonly name: string },
  status: PartnerStatus,
): Promise<void> {
  const missing = await missingFor(db, partner, status);
  if (missing.length === 0) return;
  const names = missing.map(({ title }) => title.en).join(", ");
  throw new Refusal(
    "fields_missing",
    `${partner.name} cannot become ${status} yet: ${names} ${missing.length === 1 ? "is" : "are"} empty.`,
    missing.map(({ key, title }) => ({ field: `fields.${key}`, message: "is needed first", hint: title.en })),
  );
}
