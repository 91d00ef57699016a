import { randomBytes } from "node:crypto";
import type { RoleInScope } from "@tributary/contract";
import type { FastifyInstance } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { createAuth, createUser, systemActor, tokenSource } from "../src/access/index.ts";
import { accessRoutes } from "../src/access/routes.ts";
import type { Context } from "../src/database/index.ts";
import { idSource } from "../src/kernel/ids.ts";
import { createPartner, partnerById, partnerMayEnter, partnerTouch } from "../src/partners/index.ts";
import { partnersRoutes } from "../src/partners/routes.ts";
import { programsRoutes } from "../src/programs/routes.ts";
import type { ApiRoute } from "../src/shell/http/routes-table.ts";
import { sealWith } from "../src/shell/http/seal.ts";
import { searchRoutes } from "../src/shell/http/search-routes.ts";
import { buildHttpApp } from "../src/shell/http-app.ts";
import { accessNeeds } from "../src/shell/offer-access.ts";
import { type TestDatabase, testClock, testDatabase } from "./harness/index.ts";

export const PUBLIC_URL = "http://localhost:3000";
export const PASSWORD = "correct horse battery";

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Somebody who calls the API: by cookie after a sign-in, or by key. */
export interface Caller {
  readonly userId: string;
  call(method: string, url: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface ApiWorld {
  readonly database: TestDatabase;
  readonly ctx: Context;
  readonly clock: ReturnType<typeof testClock>;
  readonly app: FastifyInstance;
  readonly routes: readonly ApiRoute[];
  readonly mails: { to: string; subject: string; text: string }[];
  /** A person with these roles, signed in by password. */
  person(name: string, grants: readonly RoleInScope[], partnerId?: string): Promise<Caller>;
  administrator(): Promise<Caller>;
  /** A key of this person with these permissions. */
  key(of: Caller, permissions: readonly string[]): Promise<Caller>;
  anonymous(): Caller;
  partner(code: string, fields?: { regionId?: string; ownerUserId?: string }): Promise<string>;
  close(): Promise<void>;
}

export const EVERYWHERE = { scopeKind: "everything", scopeId: null } as const;

export interface WorldOptions {
  /** Routes beside those of access, programs, partners and search. */
  readonly rooms?: (ctx: Context, database: TestDatabase) => readonly FastifyPluginAsyncZod[];
  readonly at?: string;
  /** Off when not given: tests sign in many times. */
  readonly rateLimit?: boolean;
}

/** The real application on a real database; requests are handed in without a socket. */
export async function apiWorld(options: WorldOptions = {}): Promise<ApiWorld> {
  const database = await testDatabase();
  const clock = testClock(options.at ?? new Date());
  const ctx: Context = { db: database.db, clock, ids: idSource(() => clock.now(), randomBytes) };
  const mails: { to: string; subject: string; text: string }[] = [];
  const secret = randomBytes(32).toString("base64url");
  const access = accessRoutes({
    tokens: tokenSource(randomBytes),
    publicUrl: PUBLIC_URL,
    sendMail: async (mail) => mails.push(mail) > 0,
    whole: database.db,
    partner: async (inside, id) => {
      const partner = await partnerById(inside.db, id);
      return partner && { name: partner.name, touch: await partnerTouch(inside, id) };
    },
  });
  const { app, routes } = await buildHttpApp({
    ctx,
    database,
    auth: createAuth(ctx, {
      publicUrl: PUBLIC_URL,
      secret,
      rateLimit: options.rateLimit ?? false,
      randomBytes,
      partnerMayEnter,
    }),
    seal: sealWith(randomBytes(32)),
    publicUrl: PUBLIC_URL,
    trustedProxies: [],
    consoleFolder: "/nowhere",
    version: "0.0.0",
    rooms: [
      access,
      programsRoutes(accessNeeds),
      partnersRoutes(),
      searchRoutes(),
      ...(options.rooms?.(ctx, database) ?? []),
    ],
    rateLimit: options.rateLimit ?? false,
  });
  return { database, ctx, clock, app, routes, mails, ...people(app, ctx), close: () => end(app, database) };
}

async function end(app: FastifyInstance, database: TestDatabase): Promise<void> {
  await app.close();
  await database.close();
}

const system = systemActor("test");

export function people(app: FastifyInstance, ctx: Context) {
  const person = async (name: string, grants: readonly RoleInScope[], partnerId?: string): Promise<Caller> => {
    const email = `${name.toLowerCase()}@people.example`;
    const userId = await createUser(ctx, system, {
      email,
      name,
      password: PASSWORD,
      partnerId: partnerId ?? null,
      grants,
    });
    return caller(app, userId, { cookie: await signIn(app, email, PASSWORD) });
  };
  return {
    person,
    administrator: () => person("Admin", [{ role: "administrator", ...EVERYWHERE }]),
    key: async (of: Caller, permissions: readonly string[]): Promise<Caller> => {
      const made = await of.call("POST", "/v1/api-keys", { name: "test", permissions });
      if (made.status !== 201) throw new Error(`No key: ${JSON.stringify(made.body)}`);
      return caller(app, of.userId, { authorization: `Bearer ${made.body.token}` });
    },
    anonymous: () => caller(app, "", {}),
    partner: async (code: string, fields: { regionId?: string; ownerUserId?: string } = {}) =>
      (await createPartner(ctx, system, { code, name: code, kind: "affiliate", ...fields })).id,
  };
}

/** Signs in as a browser does and returns the cookies. */
export async function signIn(app: FastifyInstance, email: string, password: string): Promise<string> {
  const headers = { origin: PUBLIC_URL, host: "localhost:3000", "content-type": "application/json" };
  const answer = await app.inject({
    method: "POST",
    url: "/api/auth/sign-in/email",
    headers,
    payload: { email, password },
  });
  if (answer.statusCode !== 200) throw new Error(`Sign-in failed: ${answer.statusCode} ${answer.body}`);
  return cookiesOf(answer.headers["set-cookie"]);
}

export function cookiesOf(header: string | string[] | number | undefined): string {
  return [header ?? []]
    .flat()
    .map((cookie) => String(cookie).split(";")[0])
    .join("; ");
}

function caller(app: FastifyInstance, userId: string, identity: Record<string, string>): Caller {
  return {
    userId,
    call: async (method, url, body, headers = {}) => {
      const answer = await app.inject({
        method: method as "GET",
        url,
        headers: { host: "localhost:3000", ...identity, ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      const isJson = String(answer.headers["content-type"] ?? "").includes("json");
      return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, headers: answer.headers };
    },
  };
}
