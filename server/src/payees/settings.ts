import type { PayeeSettings } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { changedMeanwhile } from "../kernel/refusals.ts";
import { type SettingRow, saveSetting, settingRow } from "./store/payees.ts";

export async function getSettings(ctx: Context): Promise<PayeeSettings> {
  return wire(await settingRow(ctx.db));
}

/** Holds for what is approved from now on: a cooling-off period that runs is not shortened. @throws Refusal `conflict` */
export async function changeSettings(ctx: Context, actor: Actor, change: PayeeSettings): Promise<PayeeSettings> {
  requirePermission(actor, "payees.approve", {});
  return await transact(ctx, async (tx) => {
    const before = await settingRow(tx.db);
    const row = {
      cooling_off_hours: change.coolingOffHours,
      first_cooling_off_hours: change.firstCoolingOffHours,
      tax_forms: change.taxForms,
      screening: change.screening,
      revision: change.revision,
    };
    if (!(await saveSetting(tx.db, row))) throw changedMeanwhile("payee settings", change.revision);
    const after = wire(await settingRow(tx.db));
    const note = { action: "payees.settings_changed", subjectKind: "payee_settings", subjectId: "payees" };
    await audit.record(tx, actor, { ...note, before: wire(before), after });
    return after;
  });
}

function wire(row: SettingRow): PayeeSettings {
  return {
    coolingOffHours: row.cooling_off_hours,
    firstCoolingOffHours: row.first_cooling_off_hours,
    taxForms: row.tax_forms as PayeeSettings["taxForms"],
    screening: row.screening as PayeeSettings["screening"],
    revision: row.revision,
  };
}
