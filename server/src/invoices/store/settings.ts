import type { Selectable } from "kysely";
import type { Db, Schema } from "../../database/index.ts";

export type SettingRow = Omit<Selectable<Schema["invoices.setting"]>, "only_row">;

/** Until somebody says who the operator is: nothing is issued. */
const DEFAULTS: SettingRow = {
  legal_name: "",
  street: "",
  city: "",
  postal_code: "",
  region: "",
  country: null,
  vat_number: null,
  registration_number: "",
  email: "",
  series: "SB",
  credit_series: "CN",
  series_per_payee: false,
  due_days: 30,
  automatic: true,
  first_month: null,
  revision: 0,
};

export async function settingRow(db: Db): Promise<SettingRow> {
  return (await db.selectFrom("invoices.setting").selectAll().executeTakeFirst()) ?? DEFAULTS;
}

/** @returns false when somebody else has changed it since that revision */
export async function saveSetting(db: Db, row: SettingRow): Promise<boolean> {
  const next = { ...row, only_row: true, revision: row.revision + 1 };
  const saved = await db
    .insertInto("invoices.setting")
    .values(next)
    .onConflict((conflict) =>
      conflict.column("only_row").doUpdateSet(next).where("invoices.setting.revision", "=", row.revision),
    )
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}
