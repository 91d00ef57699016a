import type { ScreeningDecision, ScreeningHit, ScreeningHitDetail } from "@tributary/contract";
import type { z } from "zod";
import { type Actor, isWithin, type Permission, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type PageRequest, type TxContext, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { changedMeanwhile, notFound } from "../kernel/refusals.ts";
import { partnerTouch, reachOf } from "../partners/index.ts";
import * as store from "./store/hits.ts";
import { hitDetail, hitWire } from "./wire.ts";

type Decision = z.infer<typeof ScreeningDecision>;
type Change = Parameters<typeof store.changeHit>[3];

/** Hits of partners within the reader's reach, the newest first. */
export async function listHits(
  ctx: Context,
  actor: Actor,
  query: store.HitFilter & PageRequest,
): Promise<{ data: ScreeningHit[]; nextCursor: string | null }> {
  const within = await reachOf(ctx, actor, "compliance.read");
  const { rows, nextCursor } = await store.hitPage(ctx.db, within, query, query);
  return { data: rows.map(hitWire), nextCursor };
}

/** @throws Refusal not_found also for one that the actor may not see */
export async function getHit(ctx: Context, actor: Actor, hitId: string): Promise<ScreeningHitDetail> {
  return hitDetail(await readable(ctx, actor, hitId));
}

/** It is somebody else. Remembered for this pair until either side changes. */
export async function dismissHit(
  ctx: Context,
  actor: Actor,
  hitId: string,
  input: Decision,
): Promise<ScreeningHitDetail> {
  return await decide(ctx, actor, hitId, input, "compliance.write", "compliance.hit_dismissed", (row, now) => {
    requireState(row, ["open"]);
    return { state: "false_positive", reason: input.reason, ...by(actor, now) };
  });
}

/** It is them, says the first person; nothing is final until a second one agrees. */
export async function proposeMatch(
  ctx: Context,
  actor: Actor,
  hitId: string,
  input: Decision,
): Promise<ScreeningHitDetail> {
  return await decide(ctx, actor, hitId, input, "compliance.write", "compliance.match_proposed", (row, now) => {
    requireState(row, ["open"]);
    return {
      state: "proposed",
      reason: input.reason,
      proposed_by: actor.id,
      proposed_name: actor.name,
      proposed_at: now,
    };
  });
}

/** It is them, says the second person. @throws Refusal same_person for whoever proposed it */
export async function confirmMatch(
  ctx: Context,
  actor: Actor,
  hitId: string,
  input: Decision,
): Promise<ScreeningHitDetail> {
  return await decide(ctx, actor, hitId, input, "compliance.approve", "compliance.match_confirmed", (row, now) => {
    requireState(row, ["proposed"]);
    requireOther(actor, row);
    return { state: "true_match", reason: `${row.reason}\n${input.reason}`, ...by(actor, now) };
  });
}

/** The second person does not agree: it is open again. @throws Refusal same_person for whoever proposed it */
export async function sendBackMatch(
  ctx: Context,
  actor: Actor,
  hitId: string,
  input: Decision,
): Promise<ScreeningHitDetail> {
  return await decide(ctx, actor, hitId, input, "compliance.approve", "compliance.match_sent_back", (row) => {
    requireState(row, ["proposed"]);
    requireOther(actor, row);
    return {
      state: "open",
      reason: input.reason,
      reopened_why: "sent_back",
      proposed_by: null,
      proposed_name: null,
      proposed_at: null,
    };
  });
}

/** What was decided is asked again. A true match is taken back by a person who may approve, and not by whoever confirmed it. */
export async function reopenHit(
  ctx: Context,
  actor: Actor,
  hitId: string,
  input: Decision,
): Promise<ScreeningHitDetail> {
  const row = await readable(ctx, actor, hitId);
  const permission = row.state === "true_match" ? "compliance.approve" : "compliance.write";
  return await decide(ctx, actor, hitId, input, permission, "compliance.hit_reopened", (now_) => {
    requireState(now_, ["false_positive", "true_match"]);
    if (now_.state === "true_match" && permission !== "compliance.approve")
      throw changedMeanwhile("hit", input.revision);
    if (now_.state === "true_match" && now_.decided_by === actor.id)
      throw new Refusal("same_person", "You confirmed this match: somebody else has to take it back.");
    return { state: "open", reason: input.reason, reopened_why: "sent_back", ...store.UNDECIDED };
  });
}

const by = (actor: Actor, now: Date) => ({ decided_by: actor.id, decided_name: actor.name, decided_at: now });

function requireState(row: store.HitRow, states: readonly string[]): void {
  if (!states.includes(row.state))
    throw new Refusal("wrong_state", `This hit is ${row.state.replaceAll("_", " ")}: that cannot be done with it.`);
}

function requireOther(actor: Actor, row: store.HitRow): void {
  if (row.proposed_by === actor.id)
    throw new Refusal("same_person", "You said that it is them: somebody else has to agree.");
}

async function decide(
  ctx: Context,
  actor: Actor,
  hitId: string,
  input: Decision,
  permission: Permission,
  action: string,
  change: (row: store.HitRow, now: Date) => Change,
): Promise<ScreeningHitDetail> {
  await transact(ctx, async (tx) => {
    const row = await readable(tx, actor, hitId);
    requirePermission(actor, permission, await partnerTouch(tx, row.partner_id));
    if (row.revision !== input.revision) throw changedMeanwhile("hit", input.revision);
    const now = tx.clock.now();
    const after = change(row, now);
    if (!(await store.changeHit(tx.db, hitId, input.revision, { ...after, updated_at: now })))
      throw changedMeanwhile("hit", input.revision);
    await record(tx, actor, action, row, after, input.reason);
  });
  return await getHit(ctx, actor, hitId);
}

async function record(
  tx: TxContext,
  actor: Actor,
  action: string,
  row: store.HitRow,
  after: Change,
  reason: string,
): Promise<void> {
  const what = {
    subject: row.subject_name,
    listed: row.matched_name,
    list: row.list,
    entry: row.entry_id,
    score: row.score,
  };
  await audit.record(tx, actor, {
    action,
    subjectKind: "screening_hit",
    subjectId: row.hit_id,
    before: { state: row.state },
    after: { state: after.state, ...what },
    reason,
    partnerId: row.partner_id,
  });
}

async function readable(ctx: Context, actor: Actor, hitId: string): Promise<store.HitRow> {
  const row = await store.findHit(ctx.db, hitId);
  const within = await reachOf(ctx, actor, "compliance.read");
  if (row === undefined || !isWithin(within, { partnerId: row.partner_id })) throw notFound("hit", hitId);
  return row;
}
