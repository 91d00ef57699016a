import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import fc from "fast-check";
import { ANNA, BERT, CPA, MoneyWorld, planOf, SHARE } from "../../test/money/world.ts";
import {
  decideAdjustment,
  type FactEvent,
  proposeAdjustment,
  recalculate,
  releaseDue,
  verifyBooks,
} from "../commissions/index.ts";
import { transact } from "../database/index.ts";
import { addDays } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { balancesOf, verifyLedger } from "../ledger/index.ts";
import {
  approveOnAccount,
  closeStatement,
  listStatements,
  openStatements,
  payableStatements,
  payStatement,
  returnSettlements,
  settleStatements,
  verifyStatements,
} from "./index.ts";

let world: MoneyWorld;
let program: string;
let plan: string;
before(async () => {
  world = await MoneyWorld.open("2026-01-01T12:00:00Z");
  program = await world.program("casino");
  const cpa = { ...CPA, hold: { days: 20 }, clawback: { on: ["chargeback" as const], within: { days: 30 } } };
  plan = await world.plan(program, "hybrid", planOf(cpa, SHARE));
});
after(() => world.close());

/** What can happen to a partner's books, in any order. */
type Step =
  | {
      readonly what: "event";
      readonly customer: number;
      readonly type: string;
      readonly day: number;
      readonly minor: number;
    }
  | { readonly what: "reverse"; readonly which: number }
  | { readonly what: "days"; readonly count: number }
  | { readonly what: "adjust"; readonly minor: number; readonly approve: boolean }
  | { readonly what: "early"; readonly minor: number }
  | { readonly what: "calculate" | "release" | "close" | "pay" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant("event" as const),
      customer: fc.integer({ min: 0, max: 2 }),
      type: fc.constantFrom("registration", "kyc_passed", "deposit", "deposit", "chargeback", "activity", "activity"),
      day: fc.integer({ min: 0, max: 100 }),
      minor: fc.integer({ min: -30_000, max: 30_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("reverse" as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("days" as const), count: fc.integer({ min: 1, max: 40 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant("adjust" as const),
      minor: fc.integer({ min: -999, max: -1 }),
      approve: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.constantFrom({ what: "calculate" as const }, { what: "release" as const }) },
  { weight: 3, arbitrary: fc.constantFrom({ what: "close" as const }, { what: "pay" as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant("early" as const), minor: fc.integer({ min: 1, max: 20_000 }) }),
  },
);

const MEASURE: Readonly<Record<string, string>> = { deposit: "deposit", chargeback: "chargeback", activity: "ggr" };

class Story {
  readonly partner: string;
  readonly customers: readonly bigint[];
  #events: FactEvent[] = [];

  constructor(partner: string, customers: readonly bigint[]) {
    this.partner = partner;
    this.customers = customers;
  }

  async take(one: Step): Promise<void> {
    if (one.what === "event") await this.#event(one);
    else if (one.what === "reverse") await this.#reverse(one.which);
    else if (one.what === "days") world.clock.advance(one.count * 86_400_000);
    else if (one.what === "adjust") await this.#adjust(one.minor, one.approve);
    else if (one.what === "calculate") await recalculate(world.ctx);
    else if (one.what === "release") await releaseDue(world.ctx, world.clock.now().toISOString().slice(0, 10));
    else if (one.what === "early") await this.#early(BigInt(one.minor));
    else await this.#statement(one.what);
  }

  async #event(one: Extract<Step, { what: "event" }>): Promise<void> {
    const measure = MEASURE[one.type];
    const minor = one.type === "activity" ? one.minor : Math.abs(one.minor) + 1;
    const customer = this.customers[one.customer] ?? 0n;
    const on = addDays("2026-01-01", one.day);
    this.#events.push(
      ...(await world.arrive({ customer, type: one.type, on, ...(measure ? { measures: { [measure]: minor } } : {}) })),
    );
  }

  async #reverse(which: number): Promise<void> {
    const [event] = this.#events.splice(which % Math.max(1, this.#events.length), 1);
    if (event !== undefined) await world.reverse(event);
  }

  async #adjust(minor: number, approve: boolean): Promise<void> {
    const month = world.clock.now().toISOString().slice(0, 7);
    const input = {
      partnerId: this.partner,
      programId: program,
      currency: "EUR",
      amount: String(minor),
      month,
      reason: "a story",
    };
    const { id } = await proposeAdjustment(world.ctx, ANNA, input);
    await decideAdjustment(world.ctx, BERT, id, approve);
  }

  /** Lets something go on account of the newest open month and pays what can be paid of it; every second one comes back. */
  async #early(minor: bigint): Promise<void> {
    await openStatements(world.ctx, [this.partner]);
    const { rows } = await listStatements(world.ctx, ANNA, { partnerId: this.partner, limit: 50 });
    const open = rows.find((row) => row.status === "open");
    if (open === undefined) return;
    const key = `early-${++number}`;
    await transact(world.ctx, (tx) => approveOnAccount(tx, ANNA, [{ statementId: open.id, minor }], key));
    const found = await payableStatements(world.ctx, { statementIds: [open.id] });
    const one = found.find((each) => each.onAccount);
    if (one === undefined) return;
    const books = { statementId: open.id, minor: one.payable, sourceKey: key };
    const paid = await transact(world.ctx, (tx) =>
      settleStatements(tx, BERT, [{ ...books, idempotencyKey: key, reference: key }]),
    );
    assert.deepEqual(paid, { settled: 1, already: 0, refused: [] });
    if (number % 2 === 0) return;
    const back = await transact(world.ctx, (tx) =>
      returnSettlements(tx, BERT, [{ ...books, idempotencyKey: `${key}:back`, reason: "came back" }]),
    );
    assert.equal(back.settled, 1);
  }

  /** Everything is closed and paid: then nothing is owed, and nobody was paid more than was earned unless it was taken back later. */
  async settleAll(): Promise<void> {
    world.clock.advance(200 * 86_400_000);
    for (let months = 0; months < 24; months++) await this.#statement("close");
    for (let months = 0; months < 24; months++) await this.#statement("pay");
    const [owed = 0n] = await balancesOf(world.ctx, "partner_payable", [{ partnerId: this.partner, currency: "EUR" }]);
    assert.ok(owed <= 0n, `${owed} is still owed after everything was closed and paid`);
    assert.deepEqual(await payableStatements(world.ctx, { partnerIds: [this.partner] }), []);
  }

  /** The oldest that can be closed, or paid; a refusal (too early, nothing to pay) is an answer like any other. */
  async #statement(what: "close" | "pay"): Promise<void> {
    await openStatements(world.ctx, [this.partner]);
    const { rows } = await listStatements(world.ctx, ANNA, { partnerId: this.partner, limit: 50 });
    const oldest = rows.toReversed().find((row) => row.status === (what === "close" ? "open" : "closed"));
    if (oldest === undefined) return;
    const done =
      what === "close"
        ? closeStatement(world.ctx, ANNA, oldest.id)
        : payStatement(world.ctx, BERT, oldest.id, { reference: "R" });
    await done.catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
  }
}

let number = 0;

it("whatever happens to a partner, the books are whole, rebuilt lines are the stored ones and closed statements stay", {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      number += 1;
      world.clock.set("2026-01-15T12:00:00Z");
      const partner = await world.partner(`partner-${number}`);
      await world.agree(partner, program, plan);
      const customers: bigint[] = [];
      for (let index = 0; index < 3; index++)
        customers.push(await world.customer(program, partner, `c-${number}-${index}`));
      const story = new Story(partner, customers);
      for (const one of steps) {
        await story.take(one);
        assert.deepEqual((await verifyLedger(world.ctx)).problems, []);
      }
      await recalculate(world.ctx);
      await story.settleAll();
      assert.deepEqual((await verifyBooks(world.ctx)).problems, []);
      assert.deepEqual((await verifyStatements(world.ctx)).problems, []);
    }),
    { numRuns: Number(process.env.TRIBUTARY_HISTORIES ?? 15) },
  );
});
