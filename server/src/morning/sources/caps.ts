import type { Source } from "./contracts.ts";

/** Caps that are nearly used up, or that keep conversions out already. */
export const caps: Source = {
  name: "caps",
  read: async (ctx, { figures }) => {
    const now = ctx.clock.now();
    const rows = await ctx.db.selectFrom("morning.cap").selectAll().execute();
    return rows.flatMap((row) => {
      if (row.cap_id === null || !isCurrent(row.period ?? "", row.period_from ?? "", now)) return [];
      const [used, most] = [Number(row.used ?? 0n), Number(row.most ?? 1n)];
      const daily = (figures.get(row.partner_id ?? "")?.ftds ?? 28) / 28;
      const since = row.near_at ?? now;
      return {
        key: `cap ${row.cap_id} ${row.partner_id ?? ""} ${row.period_from ?? ""}`,
        kind: "cap_near",
        partnerId: row.partner_id,
        programId: row.program_id,
        ownerUserId: null,
        permission: "links.read",
        subjectKind: "cap",
        subjectId: row.cap_id,
        facts: {
          form: row.reached_at === null ? "near" : "reached",
          cap: row.name ?? "",
          share: Math.round((100 * used) / most),
        },
        evidence: [{ code: "cap", values: { since: since.toISOString() }, to: `/caps/${row.cap_id}` }],
        action: { code: "change_cap", to: `/caps/${row.cap_id}` },
        money: null,
        // What a few days of the partner bring when the cap turns them away.
        ftds: Math.max(1, daily * 3),
        dueAt: row.reached_at === null ? new Date(now.getTime() + 86_400_000) : now,
        since,
        fingerprint: row.reached_at === null ? "near" : "reached",
      } as const;
    });
  },
};

const LENGTH: Readonly<Record<string, number>> = { day: 2, week: 8, month: 32 };

function isCurrent(period: string, from: string, now: Date): boolean {
  const days = LENGTH[period];
  return days === undefined || now.getTime() - Date.parse(from) < days * 86_400_000;
}
