import { randomBytes } from "node:crypto";
import type { PlanInput } from "@tributary/contract";
import { sql } from "kysely";
import { type Actor, type operatorRoles, PERMISSIONS, ROLES, systemActor } from "../../src/access/index.ts";
import { acceptVersion, approveVersion, proposeVersion } from "../../src/agreements/index.ts";
import { type FactEvent, foldEvents } from "../../src/commissions/index.ts";
import { type Context, transact } from "../../src/database/index.ts";
import { idSource } from "../../src/kernel/ids.ts";
import { createPartner } from "../../src/partners/index.ts";
import { createPlan, publishPlanVersion } from "../../src/plans/index.ts";
import { createProgram } from "../../src/programs/index.ts";
import { type TestDatabase, testClock, testDatabase } from "../harness/index.ts";

/** A person of the operator with every permission everywhere. */
export function person(id: string, role: (typeof operatorRoles)[number] = "administrator"): Actor {
  const permissions = new Set(role === "administrator" ? PERMISSIONS : ROLES[role]);
  return { kind: "user", id, name: id, permissions, grants: [{ role, permissions, scope: { kind: "everything" } }] };
}

/** The partner's signatory. */
export function signatory(partnerId: string): Actor {
  const permissions = new Set(ROLES.partner_owner);
  const grants = [{ role: "partner_owner" as const, permissions, scope: { kind: "partner" as const, id: partnerId } }];
  return { kind: "partner_user", id: `usr_of_${partnerId}`, name: "Signatory", permissions, grants, partnerId };
}

export const ANNA = person("usr_anna");
export const BERT = person("usr_bert");

interface EventInput {
  readonly customer: bigint;
  readonly type: string;
  readonly on: string;
  readonly measures?: Readonly<Record<string, number | bigint>>;
  readonly currency?: string;
  readonly product?: string;
}

/**
 * A small operator for tests of the money rooms: real records through the rooms' own doors, events folded to facts by the real fold; only
 * the intake log and attribution's decision are left out (customers are given to partners directly).
 */
export class MoneyWorld {
  readonly database: TestDatabase;
  readonly ctx: Context;
  readonly clock: ReturnType<typeof testClock>;
  #owners = new Map<bigint, string>();
  #programs = new Map<bigint, string>();
  #events: FactEvent[] = [];
  #number = 0n;

  private constructor(database: TestDatabase, clock: ReturnType<typeof testClock>) {
    this.database = database;
    this.clock = clock;
    this.ctx = { db: database.db, clock, ids: idSource(() => clock.now(), randomBytes) };
  }

  static async open(now = "2026-03-10T12:00:00Z"): Promise<MoneyWorld> {
    return new MoneyWorld(await testDatabase(), testClock(now));
  }

  /** On the database of an API test. */
  static over(database: TestDatabase, clock: ReturnType<typeof testClock>): MoneyWorld {
    return new MoneyWorld(database, clock);
  }

  close(): Promise<void> {
    return this.database.close();
  }

  async program(code: string, currency = "EUR", timeZone = "UTC"): Promise<string> {
    const fallbackUrl = "https://operator.example/";
    const program = await createProgram(this.ctx, ANNA, { code, name: code, timeZone, currency, fallbackUrl });
    return program.id;
  }

  async partner(code: string): Promise<string> {
    return (await createPartner(this.ctx, ANNA, { code, name: code, kind: "affiliate" })).id;
  }

  /** A plan written by one person and published by another. @returns the id of its version */
  async plan(programId: string, code: string, document: PlanInput): Promise<string> {
    const plan = await createPlan(this.ctx, ANNA, { programId, code, name: code, document });
    const version = plan.versions[0]?.id ?? "";
    await publishPlanVersion(this.ctx, BERT, version);
    return version;
  }

  /** Terms proposed, approved by another and signed on paper, which that other one records. @returns the id of the agreement version */
  async agree(
    partnerId: string,
    programId: string,
    planVersionId: string,
    more: { validFrom?: string; validTo?: string | null; customers?: "move" | "stay" } = {},
  ): Promise<string> {
    const { validFrom = "2026-01-01", ...rest } = more;
    const proposed = await proposeVersion(this.ctx, ANNA, { partnerId, programId, planVersionId, validFrom, ...rest });
    await approveVersion(this.ctx, BERT, proposed.id);
    const acceptance = { name: "Sofía Ruiz", termsHash: proposed.termsHash, address: "192.0.2.7" };
    await acceptVersion(this.ctx, BERT, proposed.id, acceptance);
    return proposed.id;
  }

  async customer(programId: string, partnerId: string, ref: string, boundOn = "2026-01-01"): Promise<bigint> {
    const { rows } = await sql<{ customer_id: bigint }>`
      insert into attribution.customer (program_id, customer_ref, first_seen, partner_id, reason, bound_at)
      values (${programId}, ${ref}, ${boundOn}::timestamptz, ${partnerId}, 'last_click', ${boundOn}::timestamptz)
      returning customer_id`.execute(this.ctx.db);
    const id = rows[0]?.customer_id ?? 0n;
    this.#owners.set(id, partnerId);
    this.#programs.set(id, programId);
    return id;
  }

  /** Events arrive, in this order, in one batch. */
  async arrive(...inputs: readonly EventInput[]): Promise<FactEvent[]> {
    const events = inputs.map((input) => this.#event(input));
    await this.change(events, []);
    return events;
  }

  /** Events that counted are reversed. */
  async reverse(...events: readonly FactEvent[]): Promise<void> {
    await this.change([], events);
  }

  async change(added: readonly FactEvent[], removed: readonly FactEvent[]): Promise<void> {
    const gone = new Set(removed);
    this.#events = [...this.#events.filter((event) => !gone.has(event)), ...added];
    await transact(this.ctx, (tx) =>
      foldEvents(
        tx.db,
        { added, removed },
        {
          zoneOf: () => "UTC",
          ownerOn: (customerId) => this.#owners.get(customerId) ?? null,
          eventsOf: async (ids, types) =>
            this.#events.filter((event) => ids.includes(event.customerId) && (types?.includes(event.type) ?? true)),
          now: this.clock.now(),
        },
      ),
    );
  }

  #event(input: EventInput): FactEvent {
    this.#number += 1n;
    const at = Date.parse(input.on.includes("T") ? input.on : `${input.on}T12:00:00Z`);
    const measures = Object.entries(input.measures ?? {}).map(([name, minor]) => [name, String(minor)]);
    return {
      eventId: this.#number,
      programId: this.#programs.get(input.customer) ?? "",
      customerId: input.customer,
      sourceId: "test",
      type: input.type,
      externalId: String(this.#number),
      at,
      currency: input.currency ?? "EUR",
      measures: Object.fromEntries(measures),
      quantities: {},
      dimensions: input.product === undefined ? {} : { product: input.product },
    };
  }

  /** Registered, verified and first deposit on one day. */
  async depositor(customer: bigint, on: string, minor: number, currency = "EUR"): Promise<FactEvent[]> {
    return await this.arrive(
      { customer, type: "registration", on: `${on}T08:00:00Z` },
      { customer, type: "kyc_passed", on: `${on}T09:00:00Z` },
      { customer, type: "deposit", on: `${on}T10:00:00Z`, measures: { deposit: minor }, currency },
    );
  }

  /** Balances that are not zero, by account. */
  async balances(): Promise<Record<string, bigint>> {
    const { rows } = await sql<{ account_id: string; amount_minor: bigint }>`
      select account_id, amount_minor from ledger.balance where amount_minor <> 0 order by account_id`.execute(
      this.ctx.db,
    );
    return Object.fromEntries(rows.map((row) => [row.account_id, row.amount_minor]));
  }

  /** What a partner is owed, held and payable. */
  async owed(partnerId: string, currency = "EUR"): Promise<{ held: bigint; payable: bigint }> {
    const all = await this.balances();
    return {
      held: -(all[`partner_held:${partnerId}:${currency}`] ?? 0n),
      payable: -(all[`partner_payable:${partnerId}:${currency}`] ?? 0n),
    };
  }

  /** Line versions, oldest first: subject, version, amount, difference, earned in, booked in. */
  async lines(): Promise<readonly (readonly [string, number, bigint, bigint, string, string])[]> {
    const { rows } = await sql<{ s: string; v: number; a: bigint; d: bigint; m: string; b: string }>`
      select component || ' ' || subject_id as s, version as v, amount_minor as a, difference_minor as d,
             to_char(month, 'YYYY-MM') as m, to_char(booked_month, 'YYYY-MM') as b
      from commissions.line order by line_id`.execute(this.ctx.db);
    return rows.map((row) => [row.s, row.v, row.a, row.d, row.m, row.b] as const);
  }
}

export const SYSTEM = systemActor("test");

export const CPA = {
  code: "cpa",
  model: "cpa",
  amount: "120.00",
  window: { from: "registration", days: 30 },
  qualification: { all: [{ metric: "first_deposit", atLeast: "20.00" }, { milestone: "kyc_passed" }] },
} satisfies PlanInput["components"][number];

export const SHARE = {
  code: "share",
  model: "revenue_share",
  rate: "0.30",
  carryover: { mode: "full" },
  base: { name: "ngr", terms: [{ add: "ggr" }, { deduct: "bonus" }] },
} satisfies PlanInput["components"][number];

export function planOf(...components: PlanInput["components"]): PlanInput {
  return { language: 1, currency: "EUR", components };
}
