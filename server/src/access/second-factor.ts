import { createOTP } from "@better-auth/utils/otp";
import { symmetricDecrypt } from "better-auth/crypto";
import type { Context } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import type { Actor } from "./contracts.ts";
import { failuresSince, noteFailure, secretOf, useStep } from "./store/second-factor.ts";

/** As the sign-in library makes its codes: six digits, half a minute. */
const DIGITS = 6;
const PERIOD_SECONDS = 30;
/** A clock may be off by one period each way. */
const STEPS = [0, -1, 1];
const FAILURES = { count: 5, windowMs: 15 * 60_000 };

/**
 * Asks for a fresh code of the person's authenticator, beside the sign-in: whoever finds an open browser moves no money. A code is good once.
 * Call it outside the transaction of what it guards: a code stays used, and a failure counted, also when the rest is refused.
 * @param secret the key that the sign-in library seals second factors with
 * @param purpose what it is asked for, for the record
 * @throws Refusal `second_factor_missing`, `second_factor_wrong`, `too_many_requests`, `forbidden` (an API key cannot show one)
 */
export async function verifySecondFactor(
  ctx: Context,
  actor: Actor,
  code: string,
  purpose: string,
  secret: string,
): Promise<void> {
  if (actor.kind === "api_key" || actor.kind === "system")
    throw new Refusal("forbidden", "This asks for a person with a second factor; a key has none.");
  const now = ctx.clock.now();
  const sealed = await secretOf(ctx.db, actor.id);
  if (sealed === undefined)
    throw new Refusal("second_factor_missing", "Add an authenticator app under Profile, Sign-in first.");
  if ((await failuresSince(ctx.db, actor.id, new Date(now.getTime() - FAILURES.windowMs))) >= FAILURES.count)
    throw new Refusal("too_many_requests", "Too many wrong codes: wait a quarter of an hour.");
  const step = await stepOf(await symmetricDecrypt({ key: secret, data: sealed }), code.replaceAll(" ", ""), now);
  if (step !== undefined && (await useStep(ctx.db, actor.id, step, now, purpose))) return;
  await noteFailure(ctx.db, actor.id, now);
  throw new Refusal(
    "second_factor_wrong",
    step === undefined ? "The code is wrong or has run out." : "This code was used before: wait for the next one.",
  );
}

/** Which half minute the code belongs to (RFC 6238: HOTP over the count of periods). */
async function stepOf(secret: string, code: string, now: Date): Promise<bigint | undefined> {
  const current = Math.floor(now.getTime() / 1000 / PERIOD_SECONDS);
  const otp = createOTP(secret, { digits: DIGITS, period: PERIOD_SECONDS });
  for (const offset of STEPS) if ((await otp.hotp(current + offset)) === code) return BigInt(current + offset);
  return undefined;
}
