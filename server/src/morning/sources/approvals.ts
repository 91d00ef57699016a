import type { Context } from "../../database/index.ts";
import type { Draft } from "../core/draft.ts";
import type { Source } from "./contracts.ts";

/** What waits for a second person: terms, adjustments, hits of the screening. */
export const approvals: Source = {
  name: "approvals",
  read: async (ctx, { figures }) => [
    ...(await terms(ctx, (partnerId) => figures.get(partnerId)?.ftds ?? 0)),
    ...(await adjustments(ctx)),
    ...(await hits(ctx)),
  ],
};

async function terms(ctx: Context, ftdsOf: (partnerId: string) => number): Promise<readonly Draft[]> {
  const rows = await ctx.db.selectFrom("morning.terms").selectAll().where("status", "=", "proposed").execute();
  return rows.map((row) => {
    const since = row.made_at ?? ctx.clock.now();
    return {
      ...waiting("terms", row.agreement_version_id ?? "", since),
      partnerId: row.partner_id,
      programId: row.program_id,
      permission: "agreements.approve",
      by: row.author ?? "",
      subjectKind: "agreement",
      subjectId: row.agreement_id ?? "",
      facts: { form: "terms" },
      evidence: [{ code: "agreement", values: { version: row.version ?? 1 }, to: `/agreements/${row.agreement_id}` }],
      action: { code: "decide", to: `/agreements/${row.agreement_id}` },
      ftds: Math.max(1, ftdsOf(row.partner_id ?? "")),
    };
  });
}

async function adjustments(ctx: Context): Promise<readonly Draft[]> {
  const rows = await ctx.db.selectFrom("morning.open_adjustment").selectAll().execute();
  return rows.map((row) => {
    const minor = row.amount_minor ?? 0n;
    return {
      ...waiting("adjustment", row.adjustment_id ?? "", row.proposed_at ?? ctx.clock.now()),
      partnerId: row.partner_id,
      programId: row.program_id,
      permission: "ledger.approve",
      by: row.proposed_by ?? "",
      subjectKind: "adjustment",
      subjectId: row.adjustment_id ?? "",
      facts: { form: "adjustment", reason: row.reason ?? "" },
      evidence: [],
      action: { code: "decide", to: "/adjustments?view=waiting" },
      money: { minor: minor < 0n ? -minor : minor, currency: row.currency ?? "EUR" },
    };
  });
}

async function hits(ctx: Context): Promise<readonly Draft[]> {
  const rows = await ctx.db.selectFrom("morning.open_hit").selectAll().execute();
  return rows.map((row) => ({
    ...waiting("hit", row.hit_id ?? "", ctx.clock.now()),
    partnerId: row.partner_id,
    permission: row.state === "proposed" ? "compliance.approve" : "compliance.write",
    subjectKind: "screening_hit",
    subjectId: row.hit_id ?? "",
    facts: {
      form: "hit",
      name: row.subject_name ?? "",
      list: row.list ?? "",
      score: Math.round((row.score ?? 0) * 100),
    },
    evidence: [],
    action: { code: "decide", to: `/screening/${row.hit_id}` },
    ftds: 2,
  }));
}

/** What all of them have in common: due at once, of whoever may decide. */
function waiting(what: string, id: string, since: Date) {
  return {
    key: `approval ${what} ${id}`,
    kind: "approval_waiting" as const,
    programId: null,
    // Not the partner's owner: whoever has the permission within the scope.
    ownerUserId: "",
    money: null,
    ftds: 0,
    dueAt: new Date(since.getTime() + 2 * 86_400_000),
    since,
    fingerprint: "waiting",
  };
}
