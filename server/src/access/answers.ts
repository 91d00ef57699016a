import type { Context } from "../database/index.ts";
import * as store from "./store/answers.ts";

/** What stands behind an Idempotency-Key when a request with it comes in. */
export type Claim =
  | { readonly kind: "first" }
  | { readonly kind: "running" }
  | { readonly kind: "other-request" }
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly headers: Record<string, string>;
      readonly body: string;
    };

// Longer than any request may take: a claim that old belongs to a process that is gone.
const LOST_AFTER = 180_000;

/** Claims a key for one request of one actor, or says what became of the one that came before. */
export async function claimAnswer(
  ctx: Context,
  request: { readonly actorId: string; readonly key: string; readonly requestHash: string },
): Promise<Claim> {
  const { actorId, key, requestHash } = request;
  const now = ctx.clock.now();
  if (await store.insertClaim(ctx.db, actorId, key, requestHash, now)) return { kind: "first" };
  const row = await store.answerRow(ctx.db, actorId, key);
  if (row === undefined) return { kind: "running" };
  if (row.request_hash !== requestHash) return { kind: "other-request" };
  if (row.state === "done") {
    return { kind: "answered", status: row.status ?? 200, headers: row.headers ?? {}, body: row.body ?? "" };
  }
  const lost = await store.takeOver(ctx.db, actorId, key, new Date(now.getTime() - LOST_AFTER), now);
  return { kind: lost ? "first" : "running" };
}

export async function keepAnswer(
  ctx: Context,
  actorId: string,
  key: string,
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string },
): Promise<void> {
  await store.writeAnswer(ctx.db, actorId, key, answer);
}

/** Forgets a claim whose request failed, so that it may be tried again. */
export async function dropAnswer(ctx: Context, actorId: string, key: string): Promise<void> {
  await store.deleteAnswer(ctx.db, actorId, key);
}

const DAY = 24 * 3_600_000;

/** Throws away what has served its time: answers after a day, ended sessions, links a month after their end. */
export async function forgetOld(ctx: Context): Promise<void> {
  const now = ctx.clock.now().getTime();
  await store.deleteAnswersBefore(ctx.db, new Date(now - DAY));
  await store.deleteEnded(ctx.db, new Date(now), new Date(now - 30 * DAY));
}
