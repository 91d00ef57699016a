import { APIError, createAuthMiddleware, getSessionFromCtx } from "better-auth/api";
import * as audit from "../audit/index.ts";
import { type Context, transact } from "../database/index.ts";
import { openBudget } from "./core/budget.ts";
import { type UserRow, userByEmail, userRow } from "./store/users.ts";

/** The header in which the HTTP layer tells the sign-in library the caller's address; whatever a caller sends under it is thrown away. */
export const CLIENT_ADDRESS_HEADER = "x-tributary-client-address";

/** What people change about their own sign-in, by the library's paths. */
const OWN_CHANGES: Readonly<Record<string, string>> = {
  "/change-password": "access.password_changed",
  "/two-factor/enable": "access.second_factor_started",
  "/two-factor/verify-totp": "access.second_factor_added",
  "/two-factor/disable": "access.second_factor_removed",
  "/two-factor/generate-backup-codes": "access.backup_codes_renewed",
  "/passkey/verify-registration": "access.passkey_added",
  "/passkey/delete-passkey": "access.passkey_removed",
  "/revoke-session": "access.sessions_ended",
  "/revoke-sessions": "access.sessions_ended",
  "/revoke-other-sessions": "access.sessions_ended",
};

/** Ways in at which somebody may fail, by the library's paths. */
const WAYS_IN: Readonly<Record<string, string>> = {
  "/sign-in/email": "password",
  "/two-factor/verify-totp": "second factor",
  "/two-factor/verify-backup-code": "backup code",
  "/passkey/verify-authentication": "passkey",
};

// Everybody waits in line for the trail: whoever guesses passwords by the thousand must not hold it up, nor bury what else stands in it.
const FAILURES = { windowMs: 15 * 60_000, perKey: 5, total: 100 };

const STRANGER = { kind: "anonymous", id: "anonymous", name: "anonymous" };

type Hook = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

/** Hooks of the sign-in library that write sign-outs, failures and changes of the own sign-in into the audit trail. */
export function signInTrail(ctx: Context) {
  const failures = openBudget(FAILURES);
  return {
    before: createAuthMiddleware(async (hook) => {
      if (hook.path !== "/sign-out") return;
      const session = await getSessionFromCtx(hook);
      if (session) await recordOwn(ctx, session.user.id, "access.signed_out");
    }),
    after: createAuthMiddleware(async (hook) => {
      const { path, context } = hook;
      const failed = context.returned instanceof APIError;
      const userId = context.session?.user.id;
      const action = OWN_CHANGES[path];
      if (!failed && action !== undefined && userId !== undefined) await recordOwn(ctx, userId, action);
      const way = WAYS_IN[path];
      if (!failed || way === undefined || userId !== undefined) return;
      const user = await whoseSignIn(ctx, hook);
      const leftOut = failures.take(user?.id ?? "unknown", ctx.clock.now());
      if (leftOut !== undefined) await recordFailure(ctx, hook, user, { way, ...(leftOut > 0 ? { leftOut } : {}) });
    }),
  };
}

/** Writes something that a person did about the own sign-in. */
export async function recordOwn(ctx: Context, userId: string, action: string, after?: unknown): Promise<void> {
  const user = await userRow(ctx.db, userId);
  if (user === undefined) return;
  const actor = { kind: user.partner_id === null ? "user" : "partner_user", id: user.id, name: user.name };
  await transact(ctx, (tx) => audit.record(tx, actor, { action, ...subjectOf(user), after }));
}

/** What was typed for an address that nobody has is not kept: people type passwords into the wrong field. */
async function recordFailure(ctx: Context, hook: Hook, user: UserRow | undefined, what: object): Promise<void> {
  const after = { ...what, address: hook.headers?.get(CLIENT_ADDRESS_HEADER) ?? null };
  const subject = user === undefined ? { subjectKind: "user", subjectId: "unknown" } : subjectOf(user);
  await transact(ctx, (tx) => audit.record(tx, STRANGER, { action: "access.sign_in_failed", ...subject, after }));
}

/** The person whose account somebody tried to enter, as far as the request tells. */
async function whoseSignIn(ctx: Context, hook: Hook): Promise<UserRow | undefined> {
  const { email } = (hook.body ?? {}) as { readonly email?: unknown };
  if (typeof email === "string") return await userByEmail(ctx.db, email.toLowerCase());
  if (!hook.path?.startsWith("/two-factor/")) return undefined;
  const cookie = hook.context.createAuthCookie("two_factor");
  const challenge = await hook.getSignedCookie(cookie.name, hook.context.secret);
  if (!challenge) return undefined;
  const waiting = await hook.context.internalAdapter.findVerificationValue(challenge);
  return waiting ? await userRow(ctx.db, waiting.value) : undefined;
}

function subjectOf(user: UserRow) {
  return { subjectKind: "user", subjectId: user.id, partnerId: user.partner_id };
}
