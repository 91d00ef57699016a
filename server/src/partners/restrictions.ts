import {
  type NewRestriction,
  NewRestriction as NewRestrictionSchema,
  type Restriction,
  type RestrictionKind,
} from "@tributary/contract";
import { type Actor, personOf, requirePermission, systemActor } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import {
  announce,
  type Context,
  type Db,
  notifyChange,
  type Page,
  type PageRequest,
  transact,
} from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { readablePartner, touchOf } from "./service.ts";
import * as store from "./store/restrictions.ts";

/** What of a partner stands still at an instant. */
export interface RestrictionFacts {
  readonly partnerId: string;
  readonly kind: RestrictionKind;
  /** Null: until it is lifted. */
  readonly until: Date | null;
}

/** Restrictions in force now: of some partners, of one kind or of all. */
export async function restrictionsOf(
  ctx: Context,
  partnerIds: readonly string[],
  kind: RestrictionKind | null = null,
): Promise<readonly RestrictionFacts[]> {
  if (partnerIds.length === 0) return [];
  const now = ctx.clock.now();
  const rows = await store.openRestrictions(ctx.db, kind, partnerIds);
  return rows
    .filter((row) => row.until === null || row.until > now)
    .map((row) => ({ partnerId: row.partner_id, kind: row.kind as RestrictionKind, until: row.until }));
}

/** Partners whose links are stopped. One whose time is over goes on with the job that ends it, a minute later at most. */
export async function stoppedPartners(db: Db): Promise<ReadonlySet<string>> {
  return new Set((await store.openRestrictions(db, "stop_links", null)).map((row) => row.partner_id));
}

/** @throws Refusal `partner_restricted` where a restriction says that the partner begins nothing new */
export async function refuseNewOffers(ctx: Context, partnerId: string): Promise<void> {
  const [blocked] = await restrictionsOf(ctx, [partnerId], "block_offers");
  if (blocked === undefined) return;
  const until = blocked.until === null ? "until it is lifted" : `until ${blocked.until.toISOString().slice(0, 10)}`;
  throw new Refusal("partner_restricted", `This partner may not take on new offers ${until}.`);
}

export async function listRestrictions(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  page: PageRequest,
): Promise<Page<Restriction>> {
  await readablePartner(ctx, actor, partnerId);
  if (actor.partnerId !== undefined) return { rows: [], nextCursor: null };
  const { rows, nextCursor } = await store.restrictionPage(ctx.db, partnerId, page);
  return { rows: rows.map(restrictionWire), nextCursor };
}

/** One person is enough to stop something. @throws Refusal `not_found`, `forbidden`, `invalid_input` */
export async function placeRestriction(
  ctx: Context,
  actor: Actor,
  partnerId: string,
  given: NewRestriction,
): Promise<Restriction> {
  const input = NewRestrictionSchema.parse(given);
  return await transact(ctx, async (tx) => {
    const partner = await readablePartner(tx, actor, partnerId);
    refuseOwn(actor);
    requirePermission(actor, "partners.write", touchOf(partner));
    const until = input.until === null ? null : new Date(input.until);
    if (until !== null && until <= tx.clock.now()) throw invalid("until", String(input.until), "lies in the past");
    const row = await store.insertRestriction(tx.db, {
      restriction_id: tx.ids.next("rst"),
      partner_id: partnerId,
      kind: input.kind,
      reason: input.reason,
      placed_by: personOf(actor),
      placed_name: actor.name,
      placed_at: tx.clock.now(),
      until,
    });
    await tell(tx, actor, "partners.restricted", row, input.reason);
    return restrictionWire(row);
  });
}

/**
 * Lets go on what was stopped. Payouts go on when a second person, who approves partners, agrees with the first.
 * @throws Refusal `not_found`, `forbidden`, `wrong_state`, `same_person`
 */
export async function liftRestriction(ctx: Context, actor: Actor, id: string, reason: string): Promise<Restriction> {
  return await transact(ctx, async (tx) => {
    const row = await store.restrictionRow(tx.db, id);
    if (row === undefined) throw notFound("restriction", id);
    const partner = await readablePartner(tx, actor, row.partner_id).catch(() => undefined);
    if (partner === undefined || actor.partnerId !== undefined) throw notFound("restriction", id);
    requirePermission(actor, "partners.write", touchOf(partner));
    if (row.ended_at !== null) throw new Refusal("wrong_state", "This restriction has ended already.");
    const now = tx.clock.now();
    const by = personOf(actor);
    if (row.kind === "hold_payouts" && row.lift_asked_by === null) {
      const asked = { lift_asked_by: by, lift_asked_name: actor.name, lift_asked_at: now, lift_reason: reason };
      const saved = await store.updateRestriction(tx.db, id, asked);
      await note(tx, actor, "partners.restriction_lift_asked", saved, reason);
      return restrictionWire(saved);
    }
    if (row.kind === "hold_payouts") {
      if (row.lift_asked_by === by)
        throw new Refusal("same_person", "You asked for payouts to go on: somebody else has to agree.");
      requirePermission(actor, "partners.approve", touchOf(partner));
    }
    const change = { ended_at: now, ended_by: by, ended_name: actor.name };
    const words = row.kind === "hold_payouts" ? {} : { lift_reason: reason };
    const saved = await store.updateRestriction(tx.db, id, { ...change, ...words });
    await tell(tx, actor, "partners.restriction_ended", saved, reason);
    return restrictionWire(saved);
  });
}

/** Ends what its time is over. @returns how many */
export async function endOverdueRestrictions(ctx: Context): Promise<number> {
  return await transact(ctx, async (tx) => {
    const now = tx.clock.now();
    const rows = await store.overdueRestrictions(tx.db, now);
    for (const row of rows) {
      const saved = await store.updateRestriction(tx.db, row.restriction_id, { ended_at: now });
      await tell(tx, systemActor("partners"), "partners.restriction_ended", saved, "its time was over");
    }
    return rows.length;
  });
}

function refuseOwn(actor: Actor): void {
  if (actor.partnerId !== undefined) throw new Refusal("forbidden", "Restrictions are the operator's.");
}

async function tell(
  tx: Context,
  actor: Actor,
  action: "partners.restricted" | "partners.restriction_ended",
  row: store.RestrictionRow,
  reason: string,
): Promise<void> {
  const { restriction_id: restrictionId, partner_id: partnerId, kind } = row;
  // The edge keeps partners in memory: it hears of it with the commit.
  await notifyChange(tx, "partners", partnerId);
  await announce(tx, action, { restrictionId, partnerId, kind });
  await note(tx, actor, action, row, reason);
}

async function note(
  tx: Context,
  actor: Actor,
  action: string,
  row: store.RestrictionRow,
  reason: string,
): Promise<void> {
  await audit.record(tx, actor, {
    ...{ action, subjectKind: "partner", subjectId: row.partner_id, partnerId: row.partner_id, reason },
    after: { restriction: row.restriction_id, kind: row.kind, until: row.until?.toISOString() ?? null },
  });
}

function restrictionWire(row: store.RestrictionRow): Restriction {
  return {
    id: row.restriction_id,
    partnerId: row.partner_id,
    kind: row.kind as RestrictionKind,
    reason: row.reason,
    placedBy: row.placed_by,
    placedName: row.placed_name,
    placedAt: row.placed_at.toISOString(),
    until: row.until?.toISOString() ?? null,
    liftAskedBy: row.lift_asked_by,
    liftAskedName: row.lift_asked_name,
    liftAskedAt: row.lift_asked_at?.toISOString() ?? null,
    liftReason: row.lift_reason,
    endedAt: row.ended_at?.toISOString() ?? null,
    endedBy: row.ended_by,
    endedName: row.ended_name,
    state: stateOf(row),
  };
}

function stateOf(row: store.RestrictionRow): Restriction["state"] {
  if (row.ended_at !== null) return row.ended_by === null ? "expired" : "lifted";
  return row.lift_asked_by === null ? "in_force" : "lift_asked";
}
