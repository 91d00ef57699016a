import type { Context } from "../../database/index.ts";
import { partnerById } from "../../partners/index.ts";
import type { FactDefinition, Subject } from "../../procedures/index.ts";
import { closingsOf } from "../store/closings.ts";
import { handoversOf } from "../store/handovers.ts";
import { launchesOf } from "../store/launches.ts";
import { fails, holds, partnerOf, seen } from "./answer.ts";

async function launched(ctx: Context, subject: Subject) {
  const partnerId = partnerOf(subject);
  const [row] = await launchesOf(ctx.db, [partnerId]);
  const partner = await partnerById(ctx.db, partnerId);
  if (partner?.status !== "active")
    return fails("onboarding.not_launched", `The partner is ${partner?.status ?? "gone"}, not active.`, {
      values: { status: partner?.status ?? "" },
    });
  if (row === undefined) return holds("onboarding.active_before", "The partner was active before this procedure.");
  const day = row.launched_at.toISOString().slice(0, 10);
  return holds("onboarding.launched", `${row.launched_name} launched it on ${day}.`, {
    values: { name: row.launched_name, day, mode: row.mode },
    evidence: [seen("launch", row.launch_id, `${row.mode} launch, ${day}`, `/onboarding/${partnerId}`)],
  });
}

async function acknowledged(ctx: Context, subject: Subject) {
  const partnerId = partnerOf(subject);
  const [newest] = await handoversOf(ctx.db, partnerId);
  if (newest === undefined) return fails("handover.none", "No handover has been frozen.");
  const evidence = [
    seen("handover", newest.handover_id, `Handover ${newest.number}`, `/onboarding/${partnerId}/handover`),
  ];
  if (newest.operator_at === null)
    return fails("handover.operator", "The account manager has not acknowledged the handover.", { evidence });
  if (newest.partner_at === null)
    return fails("handover.partner", "The partner's signatory has not acknowledged the handover.", { evidence });
  return holds("handover.acknowledged", `${newest.operator_name} and ${newest.partner_name} acknowledged it.`, {
    values: { operator: newest.operator_name ?? "", partner: newest.partner_name ?? "" },
    evidence,
  });
}

async function closed(ctx: Context, subject: Subject) {
  const partnerId = partnerOf(subject);
  const partner = await partnerById(ctx.db, partnerId);
  const row = (await closingsOf(ctx.db, partnerId)).find(
    (one) => one.kind === "deactivation" && (one.state === "done" || one.state === "final"),
  );
  if (row === undefined || partner?.status !== "deactivated")
    return fails("closing.open", "The deactivation has not been carried out.");
  return holds("closing.done", `${row.decided_name} carried it out.`, {
    values: { name: row.decided_name ?? "" },
    evidence: [seen("closing", row.closing_id, row.reason, `/onboarding/${partnerId}/closing`)],
  });
}

export const ownFacts: readonly FactDefinition[] = [
  { fact: "onboarding.launched", title: "The partner is launched", parameters: [], answer: launched },
  {
    fact: "onboarding.handover_acknowledged",
    title: "Both sides acknowledged the handover",
    parameters: [],
    answer: acknowledged,
  },
  { fact: "onboarding.closed", title: "The deactivation is carried out", parameters: [], answer: closed },
];
