import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { ANNA, BERT, CPA, planOf, SHARE } from "../../test/money/world.ts";
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
import { verifyLedger } from "../ledger/index.ts";
import {
  approveStatements,
  closeStatements,
  listStatements,
  openStatements,
  payStatement,
  verifyStatements,
} from "../statements/index.ts";
import { bankDayOnOrAfter } from "./core/cut-off.ts";
import { pollProviders, tellByHand } from "./dispatches.ts";
import { cancelBatch, checkBatchAgain, excludePayouts, prepareBatch, reissuePayout } from "./prepare.ts";
import { listBatches, listPayouts } from "./reading.ts";
import { CLOSER, OTHER, PayoutWorld, PREPARER, RELEASER } from "./test-payout-world.ts";

/** How many stories: some with every run of the suite, a thousand where the variable says so. */
const HISTORIES = Number(process.env.TRIBUTARY_PAYOUT_HISTORIES ?? 6);
/** Proofs read whole databases: a new one now and then keeps a thousand stories from becoming quadratic. */
const STORIES_PER_WORLD = 40;

const DEATHS = ["leased", "asked", "answered", "noted"] as const;
const TOLD = { SUCCESS: "settled", FAILED: "rejected", RETURNED: "returned", UNCLAIMED: "accepted" } as const;

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
  | { readonly what: "adjust"; readonly minor: number }
  | { readonly what: "calculate" | "release holds" | "close" | "close by run" | "approve run" | "pay by hand" }
  | { readonly what: "prepare" | "check" | "exclude" | "cancel" | "release" | "reissue" | "poll" }
  | { readonly what: "send"; readonly death: (typeof DEATHS)[number] | ""; readonly lost: boolean }
  | { readonly what: "told"; readonly status: keyof typeof TOLD }
  | { readonly what: "by hand"; readonly state: "rejected" | "returned" | "settled" };

const some = <T extends Step["what"]>(...names: readonly T[]) =>
  fc.constantFrom(...names.map((what) => ({ what }) as Step));
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant("event" as const),
      customer: fc.integer({ min: 0, max: 1 }),
      type: fc.constantFrom("registration", "kyc_passed", "deposit", "deposit", "chargeback", "activity", "activity"),
      day: fc.integer({ min: 0, max: 100 }),
      minor: fc.integer({ min: -30_000, max: 60_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("reverse" as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("days" as const), count: fc.integer({ min: 1, max: 40 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant("adjust" as const), minor: fc.integer({ min: -3000, max: 9999 }) }),
  },
  { weight: 3, arbitrary: some("calculate", "release holds") },
  { weight: 5, arbitrary: some("close", "close", "close by run", "approve run") },
  { weight: 1, arbitrary: some("pay by hand") },
  {
    weight: 9,
    arbitrary: some("prepare", "prepare", "release", "release", "check", "exclude", "cancel", "reissue", "poll"),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant("send" as const),
      death: fc.constantFrom(...DEATHS, "" as const),
      lost: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant("told" as const),
      status: fc.constantFrom(...(Object.keys(TOLD) as (keyof typeof TOLD)[])),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant("by hand" as const),
      state: fc.constantFrom("rejected", "returned", "settled"),
    }),
  },
);

/** Single steps seldom come to a payout in this order by chance, so now and then they do. */
const PAID: readonly Step[] = [
  { what: "adjust", minor: 4_000 },
  { what: "days", count: 35 },
  { what: "close" },
  { what: "prepare" },
  { what: "release" },
];
const story: fc.Arbitrary<readonly Step[]> = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: step.map((one): readonly Step[] => [one]) },
      { weight: 1, arbitrary: fc.constant(PAID) },
    ),
    { minLength: 10, maxLength: 30 },
  )
  .map((parts) => parts.flat());

const MEASURE: Readonly<Record<string, string>> = { deposit: "deposit", chargeback: "chargeback", activity: "ggr" };

/** A partner's life with everything that moves its money. Refusals are answers like any other. */
class Story {
  readonly world: PayoutWorld;
  readonly partner: string;
  readonly customers: readonly bigint[];
  #events: FactEvent[] = [];

  constructor(world: PayoutWorld, partner: string, customers: readonly bigint[]) {
    this.world = world;
    this.partner = partner;
    this.customers = customers;
  }

  async take(one: Step): Promise<void> {
    await this.#do(one).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
  }

  async #do(one: Step): Promise<void> {
    const { money } = this.world;
    if (one.what === "event") await this.#event(one);
    else if (one.what === "reverse") await this.#reverse(one.which);
    else if (one.what === "days") money.clock.advance(one.count * 86_400_000);
    else if (one.what === "adjust") await this.#adjust(one.minor);
    else if (one.what === "calculate") await recalculate(money.ctx);
    else if (one.what === "release holds") await releaseDue(money.ctx, this.#today());
    else if (one.what === "close" || one.what === "close by run")
      await this.#close(one.what === "close" ? undefined : "run_1");
    else if (one.what === "approve run") await this.#approve();
    else if (one.what === "pay by hand") await this.#payByHand();
    else if (one.what === "send") await this.#send(one);
    else if (one.what === "told") await this.#told(one.status);
    else if (one.what === "by hand") await this.#byHand(one.state);
    else if (one.what === "poll") await this.#poll();
    else await this.#batch(one.what);
  }

  async #event(one: Extract<Step, { what: "event" }>): Promise<void> {
    const measure = MEASURE[one.type];
    const minor = one.type === "activity" ? one.minor : Math.abs(one.minor) + 1;
    const customer = this.customers[one.customer] ?? 0n;
    const measures = measure ? { measures: { [measure]: minor } } : {};
    this.#events.push(
      ...(await this.world.money.arrive({ customer, type: one.type, on: addDays("2026-01-01", one.day), ...measures })),
    );
  }

  async #reverse(which: number): Promise<void> {
    const [event] = this.#events.splice(which % Math.max(1, this.#events.length), 1);
    if (event !== undefined) await this.world.money.reverse(event);
  }

  async #adjust(minor: number): Promise<void> {
    const { ctx, program: programId } = this.world;
    const what = {
      partnerId: this.partner,
      programId,
      currency: "EUR",
      amount: String(minor),
      month: this.#today().slice(0, 7),
    };
    const { id } = await proposeAdjustment(ctx, ANNA, { ...what, reason: "a story" });
    await decideAdjustment(ctx, BERT, id, true);
  }

  #today(): string {
    return this.world.money.clock.now().toISOString().slice(0, 10);
  }

  async #statements(status: string) {
    const { rows } = await listStatements(this.world.ctx, ANNA, { partnerId: this.partner, limit: 50 });
    return rows.toReversed().filter((row) => row.status === status);
  }

  async #close(runId: string | undefined): Promise<void> {
    await openStatements(this.world.ctx, [this.partner]);
    const [oldest] = await this.#statements("open");
    if (oldest !== undefined)
      await closeStatements(this.world.ctx, CLOSER, [oldest.id], runId === undefined ? {} : { runId });
  }

  async #approve(): Promise<void> {
    const ids = (await this.#statements("closed")).filter((row) => row.runId !== null).map((row) => row.id);
    await transact(this.world.ctx, (tx) => approveStatements(tx, OTHER, ids, "run_1"));
  }

  async #payByHand(): Promise<void> {
    const [oldest] = await this.#statements("closed");
    if (oldest !== undefined) await payStatement(this.world.ctx, BERT, oldest.id, { reference: "R" });
  }

  async #batch(what: "prepare" | "check" | "exclude" | "cancel" | "release" | "reissue"): Promise<void> {
    const { ctx, needs } = this.world;
    const day = bankDayOnOrAfter(addDays(this.#today(), 1));
    if (what === "prepare") {
      const all = { currencies: [], methods: [], partnerIds: [this.partner] };
      await prepareBatch(ctx, PREPARER, { name: "b", executionDate: day, untilMonth: null, ...all }, needs);
      return;
    }
    const [batch] = (await listBatches(ctx, RELEASER, { state: ["prepared"], limit: 1 })).rows;
    const ended = (
      await listPayouts(ctx, RELEASER, { partnerId: this.partner, state: ["rejected", "returned"], limit: 1 })
    ).rows[0];
    if (what === "reissue") return ended && void (await reissuePayout(ctx, PREPARER, ended.id, day, needs));
    if (batch === undefined) return;
    const { id, revision } = batch;
    if (what === "check") return await checkBatchAgain(ctx, PREPARER, id, { revision, executionDate: day }, needs);
    if (what === "cancel") return await cancelBatch(ctx, PREPARER, id, { revision, reason: "a story" });
    if (what === "release") return void (await this.world.release(id));
    const payoutIds = (await listPayouts(ctx, RELEASER, { batchId: id, limit: 1 })).rows.map((row) => row.id);
    if (payoutIds.length > 0)
      await excludePayouts(ctx, PREPARER, id, { revision, payoutIds, exclude: true, reason: "a story" });
  }

  /** Sends, and dies on the way; or the provider takes it and its answer is lost. */
  async #send(one: Extract<Step, { what: "send" }>): Promise<void> {
    const { providers, money } = this.world;
    if (one.lost) providers.mishaps.push({ path: /POST .*\/payouts$/, what: "accept, then no answer", times: 1 });
    const died = new Error("died");
    const stop = (step: string) => {
      if (step === `paypal ${one.death}`) throw died;
    };
    await this.world.send(stop).catch((error: unknown) => {
      if (error !== died) throw error;
    });
    providers.mishaps.length = 0;
    money.clock.advance(2 * 3_600_000);
  }

  async #told(status: keyof typeof TOLD): Promise<void> {
    for (const held of this.world.providers.payments.values()) if (held.status === "PENDING") held.status = status;
    await this.#poll();
  }

  async #poll(): Promise<void> {
    this.world.money.clock.advance(11 * 60_000);
    await pollProviders(this.world.ctx, this.world.needs, (error) => assert.fail(error));
  }

  async #byHand(state: "rejected" | "returned" | "settled"): Promise<void> {
    const own = { partnerId: this.partner, state: ["sent", "accepted", "settled"] as const, limit: 1 };
    const [payout] = (await listPayouts(this.world.ctx, RELEASER, { ...own, state: [...own.state] })).rows;
    if (payout !== undefined) await tellByHand(this.world.ctx, OTHER, payout.id, state, "a story");
  }

  /** After every step: the books balance, no key moved money twice, and what was paid and not returned is what the books settled. */
  async whole(): Promise<void> {
    const { ctx, providers, money } = this.world;
    assert.deepEqual((await verifyLedger(ctx)).problems, []);
    assert.equal(new Set(providers.moved).size, providers.moved.length, "a key moved money twice");
    const all = (await listPayouts(ctx, RELEASER, { partnerId: this.partner, limit: 500 })).rows;
    const out = all.filter((one) => ["released", "sent", "accepted", "settled"].includes(one.state));
    const paid = out.reduce((sum, one) => sum + BigInt(one.amount.minor), 0n);
    assert.equal(await settledOf(money, this.partner), paid, "what payouts settled is what is paid and not back");
    for (const key of providers.moved) assert.ok(await wasReleased(money, key), `${key} left without a release`);
  }
}

/** What the ledger settled by payouts for a partner, less what came back. */
async function settledOf(money: PayoutWorld["money"], partner: string): Promise<bigint> {
  const { rows } = await money.database.pool.query<{ sum: string }>(
    `select coalesce(sum(case recipe when 'settle' then amount_minor else -amount_minor end), 0)::text as sum
     from ledger.transfer where partner_id = $1 and recipe in ('settle', 'return') and source_key like 'pay\\_%'`,
    [partner],
  );
  return BigInt(rows[0]?.sum ?? "0");
}

async function wasReleased(money: PayoutWorld["money"], payoutId: string): Promise<boolean> {
  const { rowCount } = await money.database.pool.query(
    `select 1 from payouts.payout p join payouts.batch b using (batch_id) join payouts.item i using (payout_id)
     join statements.statement s using (statement_id)
     where payout_id = $1 and b.released_by is not null and not b.released_by = any(b.hands) and s.status <> 'open'
       and (s.run_id is null or s.approved_at is not null)`,
    [payoutId],
  );
  return (rowCount ?? 0) > 0;
}

async function openWorld(): Promise<{ world: PayoutWorld; plan: string }> {
  const world = await PayoutWorld.open("2026-01-01T12:00:00Z");
  await world.connection("paypal");
  const cpa = { ...CPA, hold: { days: 20 }, clawback: { on: ["chargeback" as const], within: { days: 30 } } };
  return { world, plan: await world.money.plan(world.program, "hybrid", planOf(cpa, SHARE)) };
}

it("whatever happens to a partner: books balance after every step, nothing is paid twice or unapproved, rebuilt is stored", {
  timeout: 7_200_000,
}, async (t) => {
  let now = await openWorld();
  let number = 0;
  let moved = 0;
  const tell = async (steps: readonly Step[]): Promise<void> => {
    number += 1;
    if (number % STORIES_PER_WORLD === 0) {
      moved += now.world.providers.moved.length;
      await now.world.close();
      now = await openWorld();
    }
    const { world, plan } = now;
    world.money.clock.set("2026-01-15T12:00:00Z");
    const partner = await world.partner();
    const terms = { thresholdMinor: "1000", thresholdCurrency: "EUR" };
    await world.payee(partner, { detail: { method: "paypal", fields: { paypalReceiver: "ruiz@example.com" } }, terms });
    await world.money.agree(partner, world.program, plan);
    const customers: bigint[] = [];
    for (const index of [0, 1])
      customers.push(await world.money.customer(world.program, partner, `c-${number}-${index}`));
    const story = new Story(world, partner, customers);
    for (const one of steps) {
      await story.take(one);
      await story.whole();
    }
    await recalculate(world.ctx);
    assert.deepEqual((await verifyBooks(world.ctx)).problems, []);
    assert.deepEqual((await verifyStatements(world.ctx)).problems, []);
  };
  try {
    await fc.assert(fc.asyncProperty(story, tell), { numRuns: HISTORIES });
    t.diagnostic(`${number} histories, in which providers moved ${moved + now.world.providers.moved.length} payments`);
  } finally {
    await now.world.close();
  }
});
