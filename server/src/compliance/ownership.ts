import type { ControlStatement, NewHolding, OwnershipBook, OwnershipStructure } from "@tributary/contract";
import { type Actor, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { partnerTouch } from "../partners/index.ts";
import { bookInForce } from "./books.ts";
import { ownershipOf } from "./core/ownership.ts";
import { type Profile, profileOf } from "./profile.ts";
import { dropHolding, holdingsOf, putHolding } from "./store/diligence.ts";
import * as people from "./store/people.ts";

/** Who stands behind a partner: layers, shares through all ways, and who counts as a beneficial owner. */
export async function getOwnership(ctx: Context, actor: Actor, partnerId: string): Promise<OwnershipStructure> {
  requirePermission(actor, "compliance.read", await partnerTouch(ctx, partnerId));
  return await structureOf(ctx, await profileOf(ctx, partnerId));
}

export async function structureOf(ctx: Context, profile: Profile): Promise<OwnershipStructure> {
  const { partnerId, partner, entity, regimes, regime, unexplained } = profile;
  const { document } = await bookInForce(ctx, "ownership");
  const threshold = thresholdOf(document, regimes);
  const rows = await people.peopleOf(ctx.db, [partnerId]);
  const holdings = await holdingsOf(ctx.db, partnerId);
  const ownership = ownershipOf({
    partnerId,
    partnerName: partner.legalName || partner.name,
    holders: rows.map((row) => ({
      id: row.person_id,
      name: row.name,
      kind: row.kind as "person" | "organization",
      role: row.role,
      direct: row.share,
      control: row.control,
    })),
    holdings: holdings.map((row) => ({ holderId: row.holder_id, heldId: row.held_id, share: row.share })),
    threshold,
    unexplained,
  });
  // A person is its own owner.
  const alone = entity === "individual" && rows.length === 0;
  return {
    partnerId,
    entity,
    regime,
    threshold,
    ...ownership,
    ...(alone ? { holds: true, sentences: [] } : {}),
  };
}

/** The strictest line that speaks of one of these regimes, else the one of all others. */
function thresholdOf({ thresholds }: OwnershipBook, regimes: readonly string[]): string {
  const named = thresholds.filter((line) => line.regimes.some((one) => regimes.includes(one)));
  const lines = named.length > 0 ? named : thresholds.filter((line) => line.regimes.length === 0);
  const [strictest] = [...(lines.length > 0 ? lines : thresholds)].sort(
    (a, b) => Number(a.moreThan) - Number(b.moreThan),
  );
  return strictest?.moreThan ?? "25";
}

/** Says that somebody behind a partner holds a share of an organization behind it, or does not any more. */
export async function setHolding(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  input: NewHolding,
): Promise<OwnershipStructure> {
  const { holderId, heldId, share } = input;
  requirePermission(actor, "compliance.write", await partnerTouch(ctx, partnerId));
  if (holderId === heldId) throw invalid("heldId", heldId, "cannot hold itself");
  if (share !== null && !(Number(share) > 0 && Number(share) <= 100))
    throw invalid("share", share, "is no part of a whole", "write per cent, more than 0 and up to 100");
  await transact(ctx, async (tx) => {
    const held = await people.findPerson(tx.db, partnerId, heldId);
    if ((await people.findPerson(tx.db, partnerId, holderId)) === undefined) throw notFound("person", holderId);
    if (held === undefined) throw notFound("organization", heldId);
    if (held.kind !== "organization") throw invalid("heldId", heldId, "is a person: only organizations have shares");
    const before = (await holdingsOf(tx.db, partnerId)).find(
      (row) => row.holder_id === holderId && row.held_id === heldId,
    );
    if (share === null) await dropHolding(tx.db, holderId, heldId);
    else await putHolding(tx.db, { holder_id: holderId, held_id: heldId, partner_id: partnerId, share });
    await audit.record(tx, actor, {
      action: "compliance.holding_changed",
      subjectKind: "related_person",
      subjectId: holderId,
      before: { heldId, share: before?.share ?? null },
      after: { heldId, share },
      partnerId,
    });
  });
  return await getOwnership(ctx, actor, partnerId);
}

/** Says how somebody controls the partner otherwise than by shares; an empty text: it does not. */
export async function setControl(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  input: ControlStatement,
): Promise<OwnershipStructure> {
  requirePermission(actor, "compliance.write", await partnerTouch(ctx, partnerId));
  await transact(ctx, async (tx) => {
    const row = await people.findPerson(tx.db, partnerId, input.personId);
    if (row === undefined) throw notFound("person", input.personId);
    await people.changePerson(tx.db, row.person_id, row.revision, { control: input.control });
    await audit.record(tx, actor, {
      action: "compliance.control_stated",
      subjectKind: "related_person",
      subjectId: row.person_id,
      before: { control: row.control },
      after: { control: input.control },
      partnerId,
    });
  });
  return await getOwnership(ctx, actor, partnerId);
}
