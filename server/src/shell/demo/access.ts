import { createRole, nameDeputy, openReview, systemActor } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { addDays, dayOf } from "../../kernel/period.ts";
import { changeRule, placeHold } from "../../privacy/index.ts";
import { privacyNeeds } from "../privacy.ts";
import type { SampleRecords } from "./records.ts";

/** A role of its own, somebody who stands in, a review that is under way, a legal hold and two rules of retention. */
export async function writeAccess(ctx: Context, records: SampleRecords): Promise<void> {
  const system = systemActor("demo");
  const { administrator, operations } = records.cast;
  const today = dayOf(ctx.clock.now(), "UTC");
  await createRole(ctx, system, {
    role: "custom_link_desk",
    name: "Link desk",
    purpose: "Makes links and codes for partners, sees nothing of money",
    permissions: ["programs.read", "partners.read", "links.read", "links.write", "postbacks.read"],
  });
  const [principal] = Object.values(records.cast.owners);
  if (principal !== undefined)
    await nameDeputy(ctx, administrator, {
      principalUserId: principal,
      deputyUserId: operations.id,
      startsOn: today,
      endsOn: addDays(today, 9),
      reason: "Annual leave",
    });
  await openReview(ctx, administrator, { name: "Second half of the year", dueOn: addDays(today, 21) });
  const [partnerId] = records.partnerIds.values();
  if (partnerId !== undefined)
    await placeHold(ctx, administrator, {
      subjectKind: "partner",
      subjectId: partnerId,
      reason: "Dispute about claims in an advertisement, file 26/114",
    });
  for (const [kind, keepDays, basis] of [
    ["activity", 400, "Internal rule: thirteen months for troubleshooting"],
    ["lost_lead", 730, "Interest in applying again ends after two years"],
  ] as const)
    await changeRule(ctx, administrator, kind, { revision: 0, keepDays, active: true, basis }, privacyNeeds);
}
