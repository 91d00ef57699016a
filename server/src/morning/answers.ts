import type { Morning, MorningAnswer, MorningQuery } from "@tributary/contract";
import { type Actor, isWithin, personOf } from "../access/index.ts";
import { type Context, transact } from "../database/index.ts";
import { invalid, notFound } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import { morningOf, queueOf } from "./queue.ts";
import * as store from "./store/items.ts";
import { weightsOf } from "./weights.ts";

/** The asker's day: ranked, with every factor of the rank. */
export async function getMorning(ctx: Context, actor: Actor, query: MorningQuery): Promise<Morning> {
  const weights = await weightsOf(ctx.db, personOf(actor));
  const [queue, readAt] = await Promise.all([queueOf(ctx, actor, query, weights), store.lastRead(ctx.db)]);
  return morningOf(actor, query, queue, weights, readAt);
}

/**
 * What a person says of a thing. It holds for that person: what is done comes back when there is news of it, "not useful" lowers the kind for
 * that person, what is handed over is on the other's list.
 * @throws Refusal not_found, invalid_input
 */
export async function answerItem(
  ctx: Context,
  actor: Actor,
  id: string,
  answer: MorningAnswer,
): Promise<{ id: string }> {
  const me = personOf(actor);
  const now = ctx.clock.now();
  if (answer.answer === "snooze" && new Date(answer.until) <= now)
    throw invalid("until", answer.until, "must lie ahead", "Name the instant at which it is on the list again.");
  if (answer.answer === "hand" && answer.toUserId === me)
    throw invalid("toUserId", me, "is yourself", "Choose somebody else.");
  return await transact(ctx, async (tx) => {
    const row = await readable(tx, actor, id);
    const before = await store.dropAnswer(tx.db, row.key, me);
    // A change of mind is taken back; what was said of older news stays learnt.
    const changed = before?.fingerprint === row.fingerprint ? before : undefined;
    if (changed?.answer === "done" || changed?.answer === "not_useful")
      await store.learn(tx.db, me, changed.kind, changed.answer, -1);
    if (answer.answer === "open") return { id };
    if (answer.answer === "done" || answer.answer === "not_useful")
      await store.learn(tx.db, me, row.kind, answer.answer, 1);
    await store.putAnswer(tx.db, {
      key: row.key,
      user_id: me,
      kind: row.kind,
      answer: answer.answer,
      until: answer.answer === "snooze" ? new Date(answer.until) : null,
      to_user_id: answer.answer === "hand" ? answer.toUserId : null,
      reason: "reason" in answer ? answer.reason : "",
      fingerprint: row.fingerprint,
      at: now,
    });
    return { id };
  });
}

async function readable(ctx: Context, actor: Actor, id: string): Promise<store.ItemRow> {
  const row = await store.itemById(ctx.db, id);
  if (row === undefined || !actor.permissions.has(row.permission as never)) throw notFound("item", id);
  const within = await reachOf(ctx, actor, "partners.read");
  const mine = row.owner_user_id === personOf(actor);
  const { partner_id: partnerId, program_id: programId } = row;
  const handed = (await store.answersTo(ctx.db, [row.key])).some((one) => one.to_user_id === personOf(actor));
  if (!mine && !handed && partnerId !== null && !isWithin(within, { partnerId, programId })) throw notFound("item", id);
  return row;
}
