import type { HealthSettings, HealthSettingsChange } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import { programById } from "../programs/index.ts";
import { saveSettings, settingsOf } from "./store/settings.ts";

/** How closely a program is watched, and who is told. @throws Refusal not_found */
export async function getSettings(ctx: Context, actor: Actor, programId: string): Promise<HealthSettings> {
  requirePermission(actor, "programs.read", { programId });
  return await existing(ctx, programId);
}

/** @throws Refusal changed_meanwhile */
export async function changeSettings(
  ctx: Context,
  actor: Actor,
  programId: string,
  change: HealthSettingsChange,
): Promise<HealthSettings> {
  requirePermission(actor, "programs.write", { programId });
  return await transact(ctx, async (tx) => {
    const before = await existing(tx, programId);
    if (!(await saveSettings(tx.db, programId, change))) throw changedMeanwhile("health settings", change.revision);
    const after = await existing(tx, programId);
    const note = { action: "health.settings_changed", subjectKind: "program", subjectId: programId };
    await audit.record(tx, actor, { ...note, before: { ...before }, after: { ...after } });
    return after;
  });
}

async function existing(ctx: Context, programId: string): Promise<HealthSettings> {
  if ((await programById(ctx.db, programId)) === undefined) throw notFound("program", programId);
  return (await settingsOf(ctx.db, [programId])).get(programId) as HealthSettings;
}
