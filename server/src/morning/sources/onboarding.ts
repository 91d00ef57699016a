import type { Source } from "./contracts.ts";

const DAY = 86_400_000;
/** A case that has no due time of its own is told when nothing has moved for so long. */
const QUIET_DAYS = 7;
/** What a new partner usually brings in its first month; weights correct it. */
const NEW_PARTNER_FTDS = 5;

/** Partners on their way in whose procedure is overdue or does not move; also those who are on no procedure at all. */
export const onboarding: Source = {
  name: "onboarding",
  read: async (ctx) => {
    const now = ctx.clock.now();
    const quiet = new Date(now.getTime() - QUIET_DAYS * DAY);
    const cases = await ctx.db.selectFrom("morning.running_case").selectAll().execute();
    const onCase = new Set(cases.map((row) => row.partner_id));
    const without = await ctx.db
      .selectFrom("morning.seat")
      .select(["partner_id", "created_at"])
      .where("status", "=", "onboarding")
      .where("created_at", "<", quiet)
      .execute();
    return [
      ...cases
        .filter((row) => (row.due_at !== null && row.due_at < now) || (row.stage_since ?? now) < quiet)
        .map((row) => ({
          ...stalled(row.partner_id ?? "", row.stage_since ?? now),
          key: `case ${row.case_id} ${row.stage}`,
          programId: row.program_id,
          subjectKind: "procedure_case",
          subjectId: row.case_id ?? "",
          facts: {
            form: "case",
            procedure: (row.procedure ?? "").replaceAll("-", " "),
            stage: (row.stage ?? "").replaceAll("-", " "),
            waits: row.waits ?? 0,
            days: daysSince(row.stage_since, now),
          },
          evidence: [
            {
              code: "waits",
              values: {
                what: (row.first_wait ?? "").replaceAll(/[-_.]/g, " "),
                role: (row.first_role ?? "").replaceAll("_", " "),
              },
              to: `/procedure-cases/${row.case_id}`,
            },
          ],
          action: { code: "open_case", to: `/procedure-cases/${row.case_id}` },
          dueAt: row.due_at ?? now,
          fingerprint: row.stage ?? "",
        })),
      ...without
        .filter((row) => !onCase.has(row.partner_id))
        .map((row) => ({
          ...stalled(row.partner_id ?? "", row.created_at ?? now),
          facts: { form: "none", days: daysSince(row.created_at, now) },
        })),
    ];
  },
};

function stalled(partnerId: string, since: Date) {
  return {
    key: `onboarding ${partnerId}`,
    kind: "onboarding_stalled" as const,
    partnerId,
    programId: null as string | null,
    ownerUserId: null,
    permission: "partners.read",
    subjectKind: "partner",
    subjectId: partnerId,
    evidence: [] as { code: string; values: Record<string, string | number>; to: string | null }[],
    action: { code: "open_partner", to: `/partners/${partnerId}` },
    money: null,
    ftds: NEW_PARTNER_FTDS,
    dueAt: null as Date | null,
    since,
    fingerprint: "stalled",
  };
}

function daysSince(from: Date | null, now: Date): number {
  return from === null ? 0 : Math.floor((now.getTime() - from.getTime()) / DAY);
}
