import type { MorningKind } from "@tributary/contract";
import type { Figure, Source } from "./contracts.ts";

/** What a click or a registration is in first deposits when the partner's own figures are too few to say. */
const USUAL = { clicks: 0.01, registration: 0.3 };

/** Drops, surges and broken tracking, as the health room told them. */
export const health: Source = {
  name: "health",
  read: async (ctx, { figures }) => {
    const now = ctx.clock.now();
    const alerts = await ctx.db.selectFrom("morning.alert").selectAll().execute();
    return alerts.flatMap((alert) => {
      if (alert.alert_id === null || (alert.muted_until !== null && alert.muted_until > now)) return [];
      const [expected, seen] = [alert.expected ?? 0, alert.seen ?? 0];
      const what = `${alert.kind}_${alert.direction}`;
      const figure = figures.get(alert.partner_id ?? "");
      const since = alert.since ?? now;
      return {
        key: `health ${alert.alert_id}`,
        kind: kindOf(alert.kind ?? "", alert.direction ?? ""),
        partnerId: alert.partner_id,
        programId: alert.program_id,
        ownerUserId: null,
        permission: "links.read",
        subjectKind: "health_alert",
        subjectId: alert.alert_id,
        facts: {
          form: what,
          type: (alert.event_type ?? "").replaceAll("_", " "),
          seen: Math.round(seen * 10) / 10,
          expected: Math.round(expected * 10) / 10,
        },
        evidence: [
          { code: "alert", values: { since: since.toISOString() }, to: `/health/${alert.alert_id}` },
          ...figureEvidence(alert.partner_id, figure),
        ],
        action: { code: "look_alert", to: `/health/${alert.alert_id}` },
        money: null,
        ftds: atStake(alert.kind ?? "", alert.event_type ?? "", Math.abs(expected - seen), figure),
        dueAt: now,
        since,
        fingerprint: what,
      };
    });
  },
};

function kindOf(kind: string, direction: string): MorningKind {
  if (kind === "postback_errors" || kind === "rejected_calls" || kind === "delay") return "tracking_broken";
  return direction === "surge" ? "traffic_surge" : "traffic_drop";
}

/** What is missing, in first deposits: by the partner's own conversion, or the usual one. */
function atStake(kind: string, type: string, missing: number, figure: Figure | undefined): number {
  if (kind === "delay" || kind === "postback_errors") return Math.max(0.5, (figure?.ftds ?? 0) / 28);
  const perClick = ratio(figure?.ftds, figure?.clicks, 200) ?? USUAL.clicks;
  const perRegistration = ratio(figure?.ftds, figure?.registrations, 20) ?? USUAL.registration;
  const each = kind === "clicks" ? perClick : type === "registration" ? perRegistration : 1;
  return Math.min(missing * each, 500);
}

function ratio(above: number | undefined, below: number | undefined, least: number): number | undefined {
  return above === undefined || below === undefined || below < least ? undefined : above / below;
}

function figureEvidence(partnerId: string | null, figure: Figure | undefined) {
  if (figure === undefined || partnerId === null) return [];
  const values = { ftds: figure.ftds, before: figure.ftdsBefore, clicks: figure.clicks };
  return [{ code: "figures", values, to: `/reports/funnel?partnerId=${partnerId}` }];
}
