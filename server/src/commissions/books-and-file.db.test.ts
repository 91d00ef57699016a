import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PlanInput } from "@tributary/contract";
import { type EventSketch, type EventWorld, eventWorld, PROGRAM } from "../../test/event-world.ts";
import { ANNA, BERT } from "../../test/money/world.ts";
import { acceptVersion, approveVersion, proposeVersion } from "../agreements/index.ts";
import { createPlan, publishPlanVersion } from "../plans/index.ts";
import { evaluate, recalculate, verifyBooks } from "./index.ts";

type Component = PlanInput["components"][number];

const BASE = { name: "ngr", terms: [{ add: "ggr" }, { deduct: "bonus" }] };
const SHARE = {
  code: "share",
  model: "revenue_share",
  rate: "0.30",
  carryover: { mode: "full" },
  base: BASE,
} satisfies Component;
const LOTS = {
  code: "lots",
  model: "lot_rebate",
  amount: {
    rows: [
      { when: { symbol: ["XAUUSD"] }, value: "6.00" },
      { when: { group: ["majors"] }, value: "4.00" },
    ],
    otherwise: "nothing",
  },
  trades: { minSeconds: 60 },
} satisfies Component;
const CPA = {
  code: "cpa",
  model: "cpa",
  amount: "80.00",
  window: { from: "registration", days: 30 },
  qualification: { metric: "first_deposit", atLeast: "20.00" },
} satisfies Component;

/** What the partner has; the one below it is always paid by lots. Together they are every way of reading facts: sums, days, single events. */
const DEALS: Readonly<Record<string, readonly Component[]>> = {
  "a lot rebate by symbol and group, with filters": [LOTS],
  "a share with tiers on first deposits": [
    {
      ...SHARE,
      rate: {
        metric: { count: "first_deposits" },
        mode: "whole",
        bounds: "at_least",
        bands: [
          { from: "0", value: "0.20" },
          { from: "4", value: "0.30" },
          { from: "7", value: "0.40" },
        ],
      },
    },
  ],
  "ordinal tiers of a CPA": [
    {
      ...CPA,
      amount: {
        metric: { count: "qualified" },
        mode: "marginal",
        bounds: "at_least",
        bands: [
          { from: "0", value: "50.00" },
          { from: "3", value: "90.00" },
        ],
      },
    },
  ],
  "high rollers in quarantine": [
    { ...SHARE, highRoller: { threshold: "500.00", when: "always", month: "excluded", carry: "whole" } },
  ],
  "a plain share with a CPA": [SHARE, CPA],
  "an override on a sub-partner's commission": [
    SHARE,
    { code: "subs", model: "sub_partner", pays: { mode: "percent_of_commission", rates: ["0.10"] } },
  ],
  "overrides on what a sub-partner's customers bring": [
    SHARE,
    CPA,
    {
      code: "fee",
      model: "sub_partner",
      pays: { mode: "percent_of_fee", of: "commission", own: "0.05", rates: ["0.02"] },
    },
    { code: "found", model: "sub_partner", pays: { mode: "per_qualified", component: "cpa", amounts: ["15.00"] } },
  ],
};

const planOf = (components: readonly Component[]): PlanInput => ({
  language: 1,
  currency: "EUR",
  components: [...components],
});

interface Event extends EventSketch {
  readonly customerRef: string;
  readonly at: number;
}

const CUSTOMERS = 12;
const isBelow = (customer: number) => customer % 4 === 3;

/** Two months of twelve customers, a third of them the sub-partner's. */
function history(): Event[] {
  return Array.from({ length: CUSTOMERS }, (_, n) => n).flatMap((n) => {
    const day = (add: number) => Date.parse("2026-02-20T08:00:00Z") + (n * 2 + add) * 86_400_000 + n * 60_000;
    const made = (type: string, number: number, add: number, more: Partial<EventSketch>): Event => ({
      type,
      externalId: `${type}-${n}-${number}`,
      customerRef: `c${n}`,
      at: day(add) + number * 1000,
      ...more,
    });
    const money = (name: string, cents: number) => ({ currency: "EUR", measures: { [name]: String(cents) } });
    const play = (number: number) =>
      made("activity", number, number, {
        currency: "EUR",
        measures: {
          ggr: String(((n * 7919 + number * 104_729) % 60_000) - (n % 10 === 0 ? 70_000 : 9_000)),
          bonus: "150",
        },
        dimensions: { product: number % 2 === 0 ? "casino" : "sports" },
      });
    const trade = (number: number) =>
      made("trade", number, number * 2, {
        ...money("commission", 310 + n * 7),
        quantities: { lots: `${number}.${n}5`, seconds: String(20 + number * n * 9) },
        dimensions: {
          symbol: ["EURUSD", "XAUUSD", "DE40"][number % 3] ?? "",
          group: ["majors", "metals", "indices"][number % 3] ?? "",
        },
      });
    const [first] = [made("registration", 0, 0, { code: isBelow(n) ? "BEN" : "ADA" })];
    const deposits =
      n % 6 === 5 ? [] : [1, 2].map((number) => made("deposit", number, number, money("deposit", 1500 + n * 300)));
    return [first, ...deposits, ...[1, 2, 3, 4].map(play), ...[1, 2, 3, 4, 5].map(trade)];
  });
}

/** The same events as the facts file of `evaluate` has them. */
function factsOf(events: readonly Event[]): string {
  return events
    .map(({ type, customerRef: customer, at, externalId: id, currency, measures = {}, quantities, dimensions }) => {
      const whole = Object.entries(measures).map(([name, cents]) => {
        const digits = cents.replace("-", "").padStart(3, "0");
        return [name, `${cents.startsWith("-") ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`];
      });
      const fields = { ...Object.fromEntries(whole), ...quantities, ...dimensions };
      return JSON.stringify({ type, customer, at: new Date(at).toISOString(), id, currency, ...fields });
    })
    .join("\n");
}

async function agree(world: EventWorld, partner: string, document: PlanInput): Promise<void> {
  const ctx = world.context;
  const plan = await createPlan(ctx, ANNA, { programId: PROGRAM, code: partner, name: partner, document });
  const planVersionId = plan.versions[0]?.id ?? "";
  await publishPlanVersion(ctx, BERT, planVersionId);
  const terms = { partnerId: `prt_${partner}`, programId: PROGRAM, planVersionId, validFrom: "2026-01-01" };
  const proposed = await proposeVersion(ctx, ANNA, terms);
  await approveVersion(ctx, BERT, proposed.id);
  await acceptVersion(ctx, BERT, proposed.id, { name: "Sofía", termsHash: proposed.termsHash, address: "192.0.2.7" });
}

/** What the books say of a partner: newest versions by component, month and subject, what came to nothing left out. */
async function booked(world: EventWorld, partner: string): Promise<string[]> {
  const rows = await world.rows<{ line: string }>(
    `select concat_ws(' ', component, to_char(month, 'YYYY-MM'), case subject_kind when 'customer' then c.customer_ref when 'partner' then subject_id else '' end,
       amount_minor) as line
     from (select distinct on (line_key) * from commissions.line where partner_id = $1 order by line_key, version desc) l
     left join attribution.customer c on l.subject_kind = 'customer' and c.customer_id::text = l.subject_id
     where amount_minor <> 0`,
    [`prt_${partner}`],
  );
  return rows.map((row) => row.line.replaceAll(/ +/g, " ")).sort();
}

function calculated(components: readonly Component[], facts: string): string[] {
  return evaluate(planOf(components), facts)
    .lines.filter((line) => !/^-?0+(\.0+)?$/.test(line.amount))
    .map((line) => {
      const subject = line.subject === line.month ? "" : `${line.subject === "ben" ? "prt_ben" : line.subject} `;
      return `${line.component} ${line.month} ${subject}${BigInt(line.amount.replace(".", ""))}`;
    })
    .sort();
}

/** What `evaluate` makes of it: the sub-partner first, its lines as what was earned below. */
function expected(components: readonly Component[], events: readonly Event[]): string[] {
  const below = events.filter((event) => isBelow(Number(event.customerRef.slice(1))));
  const earned = evaluate(planOf([LOTS]), factsOf(below)).lines.map(({ component, model, month, amount }) =>
    JSON.stringify({ partner: "ben", earned: amount, month, component, model }),
  );
  const whose = Array.from({ length: CUSTOMERS }, (_, n) => n).flatMap((n) =>
    isBelow(n) ? [JSON.stringify({ customer: `c${n}`, partner: "ben" })] : [],
  );
  const tree = JSON.stringify({ partner: "ben", parent: "self" });
  return calculated(components, [tree, ...whose, ...earned, factsOf(events)].join("\n"));
}

/** An order in which nothing stands where it stood. */
function shuffled(events: readonly Event[], step: number): Event[] {
  return events.map((_, index) => events[(index * step) % events.length] as Event);
}

async function arrived(components: readonly Component[], parts: readonly (readonly Event[])[]): Promise<EventWorld> {
  const world = await eventWorld();
  await world.rows(
    "insert into partners.parent_period (partner_id, parent_partner_id, valid_from) values ('prt_ben', 'prt_ada', '0001-01-01')",
  );
  await agree(world, "ada", planOf(components));
  await agree(world, "ben", planOf([LOTS]));
  for (const part of parts) {
    await world.send(part);
    await world.pipeline.drain();
    await recalculate(world.context);
  }
  return world;
}

describe("the books and the facts file", () => {
  const events = history();
  for (const [name, components] of Object.entries(DEALS)) {
    it(`come to the same to the cent, in whatever order events arrive: ${name}`, async () => {
      const wanted = expected(components, events);
      assert.ok(wanted.length > 0, "the deal pays something");
      const third = Math.ceil(events.length / 3);
      const mixed = shuffled(events, 37);
      const orders = [[events], [mixed.slice(0, third), mixed.slice(third, 2 * third), mixed.slice(2 * third)]];
      for (const order of orders) {
        const world = await arrived(components, order);
        try {
          assert.deepEqual(await booked(world, "ada"), wanted, `${order.length} parts`);
          assert.deepEqual((await verifyBooks(world.context)).problems, []);
        } finally {
          await world.close();
        }
      }
    });
  }
});
