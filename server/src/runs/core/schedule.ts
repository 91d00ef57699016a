import type { RunSchedule, RunScope } from "@tributary/contract";

export interface ScheduledPartner {
  readonly partnerId: string;
  readonly regionId: string | null;
}

/**
 * The one schedule that a partner is paid by: the one that names it, else the one of its region, else the one that names nobody.
 * @returns null when no schedule is for everybody and none is for this partner
 */
export function scheduleOf(partner: ScheduledPartner, schedules: readonly RunSchedule[]): RunSchedule | null {
  const byName = schedules.find((one) => one.partnerIds.includes(partner.partnerId));
  const byRegion = schedules.find((one) => partner.regionId !== null && one.regionIds.includes(partner.regionId));
  const rest = schedules.find((one) => one.partnerIds.length === 0 && one.regionIds.length === 0);
  return byName ?? byRegion ?? rest ?? null;
}

/** Is the partner in a run: by its schedule, and within what the run was opened for? */
export function isInRun(
  partner: ScheduledPartner,
  run: { readonly schedule: string | null; readonly scope: RunScope },
  schedules: readonly RunSchedule[],
): boolean {
  const { partnerIds, regionIds } = run.scope;
  if (partnerIds.length > 0 && !partnerIds.includes(partner.partnerId)) return false;
  if (regionIds.length > 0 && (partner.regionId === null || !regionIds.includes(partner.regionId))) return false;
  return run.schedule === null || scheduleOf(partner, schedules)?.code === run.schedule;
}
