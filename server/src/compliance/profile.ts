import type { PartnerEntity, PartnerProfile, ProfileChange } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import { type PartnerFacts, partnerById, partnerTouch } from "../partners/index.ts";
import { modeOf } from "./core/parse.ts";
import { profileRow, putProfile } from "./store/diligence.ts";
import { attachmentsOf } from "./store/regimes.ts";

/** What due diligence goes by: whether it is a person or a company, and under which regimes it works. */
export interface Profile extends PartnerProfile {
  readonly partner: PartnerFacts;
  /** the one of the profile, and those that were attached */
  readonly regimes: readonly string[];
}

/** @throws Refusal not_found without the partner */
export async function profileOf(ctx: Context, partnerId: string): Promise<Profile> {
  const partner = await partnerById(ctx.db, partnerId);
  if (partner === undefined) throw notFound("partner", partnerId);
  const row = await profileRow(ctx.db, partnerId);
  const attached = await attachmentsOf(ctx.db, [{ kind: "partner", id: partnerId }]);
  const said = partner.entity;
  const regime = row?.regime ?? "";
  return {
    partner,
    partnerId,
    entity: said ?? guessed(partner),
    guessed: said === null && guessed(partner) !== null,
    regime,
    regimes: [...new Set([...(regime === "" ? [] : [regime]), ...attached.map((one) => one.regime)])],
    unexplained: row?.unexplained ?? "",
    revision: row?.revision ?? 0,
  };
}

/** A legal form in the legal name makes it a company; nothing makes it a person but somebody who says so. */
function guessed({ legalName }: PartnerFacts): PartnerEntity | null {
  return legalName !== "" && modeOf(legalName) === "organization" ? "company" : null;
}

export function profileWire({
  partnerId,
  entity,
  guessed: isGuess,
  regime,
  unexplained,
  revision,
}: Profile): PartnerProfile {
  return { partnerId, entity, guessed: isGuess, regime, unexplained, revision };
}

export async function changeProfile(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  input: ProfileChange,
): Promise<PartnerProfile> {
  requirePermission(actor, "compliance.write", await partnerTouch(ctx, partnerId));
  await transact(ctx, async (tx) => {
    const before = await profileOf(tx, partnerId);
    const row = {
      partner_id: partnerId,
      regime: input.regime,
      unexplained: input.unexplained,
      changed_by: personOf(actor),
      changed_at: tx.clock.now(),
    };
    if (!(await putProfile(tx.db, row, input.revision))) throw changedMeanwhile("profile", input.revision);
    await audit.record(tx, actor, {
      action: "compliance.profile_changed",
      subjectKind: "partner",
      subjectId: partnerId,
      before: { regime: before.regime, unexplained: before.unexplained },
      after: { regime: input.regime, unexplained: input.unexplained },
      partnerId,
    });
  });
  return profileWire(await profileOf(ctx, partnerId));
}
