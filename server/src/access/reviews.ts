import type {
  AccessReview,
  HeldGrant,
  HeldGrantQuery,
  NewAccessReview,
  ReviewDecision,
  ReviewedGrant,
  ReviewedGrantQuery,
} from "@tributary/contract";
import * as audit from "../audit/index.ts";
import { type Context, type Page, type PageRequest, transact } from "../database/index.ts";
import { decodeCursor, encodeCursor } from "../kernel/cursor.ts";
import { Refusal } from "../kernel/refusal.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import type { Actor } from "./contracts.ts";
import { personOf, requirePermission } from "./core/decide.ts";
import { conflictsOf } from "./core/duties.ts";
import { rolesOf } from "./roles.ts";
import * as store from "./store/reviews.ts";
import { userRows } from "./store/users.ts";
import { removeGrant, type TouchOfPartner } from "./users.ts";

const DAY = 86_400_000;
const NEW_FOR = 30;
const UNUSED_FOR = 90;

/** Who has what, since when, by whom, when it was last used, and which duties are in one hand. */
export async function heldGrants(ctx: Context, actor: Actor, query: HeldGrantQuery): Promise<Page<HeldGrant>> {
  requirePermission(actor, "users.read", {});
  const all = (await everyGrant(ctx, actor)).filter(
    (one) =>
      (query.userId === undefined || one.userId === query.userId) &&
      (query.only !== "dormant" || one.dormant) &&
      (query.only !== "conflicts" || one.conflicts.length > 0),
  );
  const after = query.cursor === undefined ? "" : String(decodeCursor("grant", 1, query.cursor)[0]);
  const rest = all.filter((one) => one.grantId > after);
  const rows = rest.slice(0, query.limit);
  const last = rows.at(-1);
  return { rows, nextCursor: rest.length > rows.length && last ? encodeCursor("grant", [last.grantId]) : null };
}

async function everyGrant(ctx: Context, actor: Actor): Promise<HeldGrant[]> {
  const rows = await store.heldGrants(ctx.db);
  const people = [...new Set(rows.map((row) => row.user_id))];
  const [roles, used] = [await rolesOf(ctx, actor), await store.permissionUse(ctx.db, people)];
  const held = new Map<string, string[]>();
  for (const row of rows) held.set(row.user_id, [...(held.get(row.user_id) ?? []), ...(roles[row.role] ?? [])]);
  const now = ctx.clock.now().getTime();
  return rows.map((row) => {
    const days = (roles[row.role] ?? []).flatMap((permission) => used.get(`${row.user_id} ${permission}`) ?? []);
    const lastUsed = days.sort().at(-1) ?? null;
    const old = now - row.created_at.getTime() > NEW_FOR * DAY;
    const unused = lastUsed === null || now - Date.parse(lastUsed) > UNUSED_FOR * DAY;
    return {
      grantId: row.grant_id,
      userId: row.user_id,
      name: row.name,
      email: row.email,
      role: row.role as HeldGrant["role"],
      scopeKind: row.scope_kind as HeldGrant["scopeKind"],
      scopeId: row.scope_id,
      grantedBy: row.created_by,
      grantedAt: row.created_at.toISOString(),
      lastUsed,
      dormant: old && unused,
      conflicts: conflictsOf(held.get(row.user_id) ?? []).map((duty) => duty.code),
    };
  });
}

/** Begins a review of everything that is held today. */
export async function openReview(ctx: Context, actor: Actor, input: NewAccessReview): Promise<AccessReview> {
  requirePermission(actor, "users.write", {});
  if (input.dueOn < ctx.clock.now().toISOString().slice(0, 10)) throw invalid("dueOn", input.dueOn, "lies in the past");
  return await transact(ctx, async (tx) => {
    const at = tx.clock.now();
    const id = tx.ids.next("rvw");
    const row: store.ReviewRow = {
      review_id: id,
      name: input.name,
      due_on: input.dueOn,
      state: "open",
      created_by: personOf(actor),
      created_at: at,
      closed_at: null,
      revision: 1,
    };
    const items = (await everyGrant(tx, actor)).map((one) => itemOf(id, one));
    await store.insertReview(tx.db, row, items);
    await note(tx, actor, "access.review_opened", id, { name: input.name, dueOn: input.dueOn, grants: items.length });
    return await reviewWire(tx, row);
  });
}

function itemOf(reviewId: string, one: HeldGrant): store.ReviewItemRow {
  return {
    review_id: reviewId,
    grant_id: one.grantId,
    user_id: one.userId,
    role: one.role,
    scope_kind: one.scopeKind,
    scope_id: one.scopeId,
    granted_by: one.grantedBy,
    granted_at: new Date(one.grantedAt),
    last_used: one.lastUsed,
    conflicts: one.conflicts,
    decision: null,
    reason: "",
    decided_by: null,
    decided_at: null,
  };
}

/**
 * A reviewer confirms grants or takes them away; what is taken away is gone at once. Nobody reviews themselves.
 * @throws Refusal `same_person`, `wrong_state`, `not_found`, `invalid_input` (taking away without a reason)
 */
export async function decideReview(
  ctx: Context,
  actor: Actor,
  id: string,
  told: ReviewDecision,
  touchOf: TouchOfPartner,
): Promise<AccessReview> {
  requirePermission(actor, "users.write", {});
  if (told.decision === "revoke" && told.reason === "") throw invalid("reason", "", "is needed to take a role away");
  return await transact(ctx, async (tx) => {
    const review = await store.lockReview(tx.db, id);
    if (review === undefined) throw notFound("access review", id);
    if (review.state !== "open") throw new Refusal("wrong_state", "This review is closed.");
    const items = await store.itemRows(tx.db, id, told.grantIds);
    const missing = told.grantIds.find((grant) => !items.some((item) => item.grant_id === grant));
    if (missing !== undefined) throw notFound("grant of this review", missing);
    if (items.some((item) => item.user_id === personOf(actor)))
      throw new Refusal("same_person", "Your own roles are reviewed by somebody else.");
    if (items.some((item) => item.decision === "revoke"))
      throw new Refusal("wrong_state", "A role that was taken away is given again on the person's page.");
    if (told.decision === "revoke") {
      for (const item of items) await revoke(tx, actor, item.grant_id, touchOf);
    }
    const { decision, reason } = told;
    const at = tx.clock.now();
    await store.decideItems(tx.db, id, told.grantIds, { decision, reason, by: personOf(actor), at });
    await note(tx, actor, "access.review_decided", id, { decision, grants: told.grantIds }, reason);
    return await reviewWire(tx, review);
  });
}

/** Somebody may have taken it away since: then there is nothing left to do. */
async function revoke(tx: Context, actor: Actor, grantId: string, touchOf: TouchOfPartner): Promise<void> {
  try {
    await removeGrant(tx, actor, grantId, touchOf);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "not_found")) throw error;
  }
}

/** @throws Refusal `wrong_state` while a grant is undecided */
export async function closeReview(ctx: Context, actor: Actor, id: string): Promise<AccessReview> {
  requirePermission(actor, "users.write", {});
  return await transact(ctx, async (tx) => {
    const review = await store.lockReview(tx.db, id);
    if (review === undefined) throw notFound("access review", id);
    const undecided = (await store.countsOf(tx.db, [id])).get(id)?.undecided ?? 0n;
    if (undecided > 0n) throw new Refusal("wrong_state", `${undecided} grants wait for a decision.`);
    if (review.state === "open") {
      await store.closeReview(tx.db, id, tx.clock.now());
      await note(tx, actor, "access.review_closed", id, {});
    }
    return await reviewWire(tx, (await store.reviewRow(tx.db, id)) ?? review);
  });
}

export async function listReviews(
  ctx: Context,
  actor: Actor,
  query: PageRequest & { readonly state?: string | undefined },
): Promise<Page<AccessReview>> {
  requirePermission(actor, "users.read", {});
  const { rows, nextCursor } = await store.reviewPage(ctx.db, query.state, query);
  return { rows: await Promise.all(rows.map((row) => reviewWire(ctx, row))), nextCursor };
}

export async function getReview(ctx: Context, actor: Actor, id: string): Promise<AccessReview> {
  requirePermission(actor, "users.read", {});
  const row = await store.reviewRow(ctx.db, id);
  if (row === undefined) throw notFound("access review", id);
  return await reviewWire(ctx, row);
}

export async function reviewedGrants(
  ctx: Context,
  actor: Actor,
  id: string,
  query: ReviewedGrantQuery,
): Promise<Page<ReviewedGrant>> {
  await getReview(ctx, actor, id);
  const { rows, nextCursor } = await store.itemPage(ctx.db, id, query.only, query);
  const people = new Map(
    (await userRows(ctx.db, [...new Set(rows.map((row) => row.user_id))])).map((row) => [row.id, row]),
  );
  const wire = rows.map((row) => ({
    grantId: row.grant_id,
    userId: row.user_id,
    name: people.get(row.user_id)?.name ?? row.user_id,
    email: people.get(row.user_id)?.email ?? "",
    role: row.role as ReviewedGrant["role"],
    scopeKind: row.scope_kind as ReviewedGrant["scopeKind"],
    scopeId: row.scope_id,
    grantedBy: row.granted_by,
    grantedAt: row.granted_at.toISOString(),
    lastUsed: row.last_used,
    conflicts: row.conflicts,
    decision: row.decision as ReviewedGrant["decision"],
    reason: row.reason,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
  }));
  return { rows: wire, nextCursor };
}

async function reviewWire(ctx: Context, row: store.ReviewRow): Promise<AccessReview> {
  const count = (await store.countsOf(ctx.db, [row.review_id])).get(row.review_id);
  return {
    id: row.review_id,
    name: row.name,
    dueOn: row.due_on,
    state: row.state as AccessReview["state"],
    grants: Number(count?.grants ?? 0n),
    undecided: Number(count?.undecided ?? 0n),
    revoked: Number(count?.revoked ?? 0n),
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    revision: row.revision,
  };
}

async function note(tx: Context, actor: Actor, action: string, id: string, after: unknown, reason?: string) {
  await audit.record(tx, actor, { action, subjectKind: "access_review", subjectId: id, after, reason });
}
