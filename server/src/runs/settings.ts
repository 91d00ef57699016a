import type { RunSettings, RunSettingsChange } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type Page, type PageRequest, transact } from "../database/index.ts";
import { isTimeZone } from "../kernel/period.ts";
import { changedMeanwhile, invalid, notFound } from "../kernel/refusals.ts";
import { USUAL_SETTINGS } from "./core/usual-settings.ts";
import * as store from "./store/settings.ts";

/** How runs go from now on. The first look writes the usual settings as version 1, so that every run names the version that it goes by. */
export async function currentSettings(ctx: Context): Promise<RunSettings> {
  const found = await store.newestSettings(ctx.db);
  if (found !== undefined) return found;
  const first = {
    version: 1,
    document: USUAL_SETTINGS,
    savedBy: "system",
    savedAt: ctx.clock.now(),
    reason: "the usual settings",
  };
  await store.insertSettings(ctx.db, first);
  return (await store.newestSettings(ctx.db)) as RunSettings;
}

export async function getSettings(ctx: Context, actor: Actor): Promise<RunSettings> {
  requirePermission(actor, "runs.read");
  return await currentSettings(ctx);
}

export async function listSettings(ctx: Context, actor: Actor, page: PageRequest): Promise<Page<RunSettings>> {
  requirePermission(actor, "runs.read");
  await currentSettings(ctx);
  return await store.settingsPage(ctx.db, page);
}

/** Settings of a run: those it was opened with. */
export async function settingsOfRun(ctx: Context, version: number): Promise<RunSettings> {
  const found = await store.settingsVersion(ctx.db, version);
  if (found === undefined) throw notFound("version of the settings of runs", String(version));
  return found;
}

/**
 * Writes the next version; runs that are open already go on by theirs.
 * @throws Refusal `conflict` when somebody saved one meanwhile, `invalid_input` for a schedule or zone that cannot be
 */
export async function saveSettings(ctx: Context, actor: Actor, change: RunSettingsChange): Promise<RunSettings> {
  requirePermission(actor, "settings.write", {});
  check(change);
  return await transact(ctx, async (tx) => {
    const before = await currentSettings(tx);
    if (before.version !== change.version) throw changedMeanwhile("set of settings", change.version);
    const { document, reason } = change;
    const row = { version: before.version + 1, document, savedBy: personOf(actor), savedAt: tx.clock.now(), reason };
    if (!(await store.insertSettings(tx.db, row))) throw changedMeanwhile("set of settings", change.version);
    await audit.record(tx, actor, {
      action: "runs.settings_saved",
      subjectKind: "run_settings",
      subjectId: String(row.version),
      before: { ...before.document },
      after: { ...document },
      reason,
    });
    return await currentSettings(tx);
  });
}

function check({ document }: RunSettingsChange): void {
  if (!isTimeZone(document.calendar.timeZone))
    throw invalid("document.calendar.timeZone", document.calendar.timeZone, "is no time zone");
  const codes = document.schedules.map((one) => one.code);
  const twice = codes.find((code, index) => codes.indexOf(code) !== index);
  if (twice !== undefined) throw invalid("document.schedules", twice, "is the code of two schedules");
  const names = document.schedules.flatMap((one) => [...one.partnerIds, ...one.regionIds]);
  const named = names.find((name, index) => names.indexOf(name) !== index);
  if (named !== undefined) throw invalid("document.schedules", named, "is in two schedules");
  const rest = document.schedules.filter((one) => one.partnerIds.length === 0 && one.regionIds.length === 0);
  if (rest.length > 1) throw invalid("document.schedules", rest[1]?.code ?? "", "is a second schedule for everybody");
}
