import { passkey } from "@better-auth/passkey";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { APIError } from "better-auth/api";
import { twoFactor } from "better-auth/plugins";
import { CamelCasePlugin, type Kysely } from "kysely";
import type { Context, Db } from "../database/index.ts";
import { encodeBytes } from "../kernel/ids.ts";
import { CLIENT_ADDRESS_HEADER, recordOwn, signInTrail } from "./sign-in-trail.ts";
import { userRow } from "./store/users.ts";

export interface SignInOptions {
  /** Address under which browsers reach the program, without a slash at the end: cookies, passkeys and origins hang on it. */
  readonly publicUrl: string;
  /** Signs cookies and seals second factors; at least 32 characters. */
  readonly secret: string;
  /** How often sign-in may be tried from one address before it has to wait; off in tests that sign in many times. */
  readonly rateLimit: boolean;
  /** Hears what goes wrong inside the library; a refused sign-in is not trouble. */
  readonly onTrouble?: (message: string) => void;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Whether a partner's people may come in: decided where partners are, which is above this room. */
  readonly partnerMayEnter: (ctx: Context, partnerId: string) => Promise<boolean>;
}

/** What a closed partner's people and keys are told. */
export const PARTNER_CLOSED =
  "The operator has ended or turned down the work with this partner; ask your account manager.";

const HOUR = 3600;

/**
 * Sign-in by password, TOTP and passkey: better-auth on the tables of migration 0002. Nobody signs up by themselves: people come by invitation or by
 * the set-up link, so every path that would create or rename an account on its own is closed.
 */
export function createAuth(ctx: Context, options: SignInOptions) {
  return betterAuth(authOptions(ctx, options));
}

export type Auth = ReturnType<typeof createAuth>;

/** The options alone: the test of migration 0002 compares its tables with what these ask for. */
export function authOptions(ctx: Context, options: SignInOptions) {
  return {
    appName: "Tributary",
    baseURL: options.publicUrl,
    basePath: "/api/auth",
    secret: options.secret,
    database: { db: authTables(ctx.db), type: "postgres" as const },
    telemetry: { enabled: false },
    logger: { level: "error", log: (_level, message) => options.onTrouble?.(message) },
    // The page may be open under another name of the same machine (localhost, 127.0.0.1): same origin is trusted, nothing else.
    trustedOrigins: (request?: Request) =>
      request ? [options.publicUrl, new URL(request.url).origin] : [options.publicUrl],
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 200 },
    user: {
      changeEmail: { enabled: false },
      deleteUser: { enabled: false },
      additionalFields: {
        partnerId: { type: "string", required: false, input: false },
        status: { type: "string", required: false, input: false },
      },
    },
    session: { expiresIn: 7 * 24 * HOUR, updateAge: HOUR, freshAge: 12 * HOUR },
    disabledPaths: [
      "/sign-up/email",
      "/change-email",
      "/delete-user",
      "/update-user",
      "/request-password-reset",
      "/reset-password",
    ],
    rateLimit: {
      enabled: options.rateLimit,
      window: 60,
      max: 300,
      customRules: {
        "/sign-in/email": { window: 60, max: 10 },
        "/two-factor/*": { window: 60, max: 10 },
        "/get-session": false,
      },
    },
    advanced: {
      cookiePrefix: "tributary",
      useSecureCookies: options.publicUrl.startsWith("https://"),
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true, path: "/" },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      database: {
        generateId: ({ model }: { model: string }) =>
          model === "user" ? ctx.ids.next("usr") : encodeBytes(options.randomBytes(16)),
      },
    },
    hooks: signInTrail(ctx),
    databaseHooks: {
      session: { create: { before: refuseDisabled(ctx, options.partnerMayEnter), after: recordSignIn(ctx) } },
    },
    plugins: [
      twoFactor({ issuer: "Tributary" }),
      passkey({
        rpName: "Tributary",
        rpID: new URL(options.publicUrl).hostname,
        // not left to the request's Origin header: Chromium does not send one to its own origin
        origin: new URL(options.publicUrl).origin,
        schema: { passkey: { fields: { credentialID: "credentialId" } } },
      }),
    ],
  } satisfies BetterAuthOptions;
}

/** better-auth speaks camelCase and knows no schemas: this view of the database turns both. */
function authTables(db: Db): Kysely<unknown> {
  return db
    .withPlugin(new CamelCasePlugin({ maintainNestedObjectKeys: true }))
    .withSchema("access") as unknown as Kysely<unknown>;
}

function refuseDisabled(ctx: Context, mayEnter: SignInOptions["partnerMayEnter"]) {
  return async (session: { userId: string }): Promise<false | undefined> => {
    const user = await userRow(ctx.db, session.userId);
    if (user?.status !== "active") return false;
    if (user.partner_id === null || (await mayEnter(ctx, user.partner_id))) return undefined;
    throw new APIError("FORBIDDEN", { code: "partner_closed", message: PARTNER_CLOSED });
  };
}

function recordSignIn(ctx: Context) {
  return async (session: {
    userId: string;
    ipAddress?: string | null | undefined;
    userAgent?: string | null | undefined;
  }): Promise<void> => {
    const after = { address: session.ipAddress ?? null, userAgent: session.userAgent?.slice(0, 300) ?? null };
    await recordOwn(ctx, session.userId, "access.signed_in", after);
  };
}
