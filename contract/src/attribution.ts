import { z } from "zod";
import { AttributionRules, ToldRules } from "./attribution-rules.ts";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { CurrencyCode, Day, Instant, MinorAmount, MoneyValue } from "./values.ts";

const Id = z.string().max(60);
const Why = z.string().trim().min(3).max(1000);

/** Rules of a program with the days for which they hold. On a day the newest version holds that covers it. */
export const RulesVersion = z.object({
  version: z.number().int(),
  rules: ToldRules,
  validFrom: Day.nullable().describe("in the program's zone; null: from the beginning"),
  validUntil: Day.nullable().describe("exclusive; null: until further notice"),
  inForce: z.boolean().describe("holds today"),
  createdBy: z.string().nullable().describe("user id; null: with the program itself"),
  createdAt: Instant.nullable().describe("null: with the program itself"),
  reason: z.string(),
});
export type RulesVersion = z.infer<typeof RulesVersion>;
export const RulesVersionPage = pageOf(RulesVersion);

/** Rules for some days, before they are kept. */
export const RulesProposal = z.object({
  rules: AttributionRules,
  validFrom: Day.nullable().default(null).describe("first day; null: from the beginning"),
  validUntil: Day.nullable().default(null).describe("exclusive; null: until further notice"),
});
export type RulesProposal = z.output<typeof RulesProposal>;

export const NewRulesVersion = RulesProposal.extend({
  after: z
    .number()
    .int()
    .min(1)
    .describe("number of the newest version as it was read: nobody overwrites what they have not seen"),
  previewId: Id.nullable()
    .default(null)
    .describe("a finished preview of the same rules and days; required where they reach back before today"),
  reason: Why.describe("why; goes into the version and the audit trail"),
});
export type NewRulesVersion = z.output<typeof NewRulesVersion>;

export const ReplayMove = z.object({
  from: z.string().nullable().describe("partner id; null: nobody"),
  to: z.string().nullable(),
  customers: z.number().int().describe("customers whose owner now is another; 0 where only earlier days changed hands"),
  events: z.number().int(),
});

export type ReplayMove = z.infer<typeof ReplayMove>;

/** Deciding again under other rules (preview), or by the stored ones (apply): how far it came and what changes. */
export const AttributionRun = z.object({
  id: z.string().describe("atr_…"),
  programId: z.string(),
  kind: z.enum(["preview", "apply"]),
  state: z.enum(["waiting", "running", "done", "failed"]),
  rules: ToldRules.nullable(),
  validFrom: Day.nullable(),
  validUntil: Day.nullable(),
  rulesVersion: z.number().int().nullable(),
  customers: z.number().int().describe("decided again so far"),
  expected: z.number().int(),
  moves: z.array(ReplayMove),
  commissions: z
    .array(
      z.object({
        partnerId: z.string(),
        currency: CurrencyCode,
        bookedMinor: MinorAmount,
        replayedMinor: MinorAmount,
        differenceMinor: MinorAmount,
      }),
    )
    .nullable()
    .describe("of a preview: commission of the partners concerned, booked and as it would be"),
  problem: z.string().nullable(),
  createdBy: z.string(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
});
export type AttributionRun = z.infer<typeof AttributionRun>;
export const AttributionRunPage = pageOf(AttributionRun);

export const SavedRules = z.object({
  version: RulesVersion,
  runId: z.string().nullable().describe("the run that decides the past again; null: nothing lies behind"),
});
export type SavedRules = z.infer<typeof SavedRules>;

/** Customers whom the operator had before: a touch claims them only where the rules attribute known customers. */
export const KnownCustomers = z.object({
  customers: z
    .array(
      z.object({
        customerRef: z.string().trim().min(1).max(200),
        knownSince: Instant.nullable().default(null).describe("null: since ever"),
      }),
    )
    .min(1)
    .max(10_000),
});
export type KnownCustomers = z.output<typeof KnownCustomers>;
export const KnownCustomersNoted = z.object({
  noted: z.number().int().describe("new, or known for longer than was noted"),
  moved: z.number().int(),
});
export type KnownCustomersNoted = z.infer<typeof KnownCustomersNoted>;

/** It was a mistake that they were noted. */
export const KnownCustomersTakenBack = z.object({
  customerRefs: z.array(z.string().trim().min(1).max(200)).min(1).max(1_000),
  reason: z.string().trim().min(1).max(1_000),
});
export type KnownCustomersTakenBack = z.output<typeof KnownCustomersTakenBack>;
export const KnownCustomersForgotten = z.object({
  takenBack: z.number().int().describe("of those who had been noted"),
  moved: z.number().int(),
});
export type KnownCustomersForgotten = z.infer<typeof KnownCustomersForgotten>;

/** A customer whom the operator had before, as it was noted. */
export const NotedCustomer = z.object({
  customerRef: z.string(),
  knownSince: Instant.nullable().describe("null: since ever"),
  notedBy: z.string().describe("user, key or system"),
  notedAt: Instant,
});
export type NotedCustomer = z.infer<typeof NotedCustomer>;
export const NotedCustomerQuery = PageQuery.extend({
  q: z.string().trim().max(200).optional().describe("an id, from its beginning"),
});
export type NotedCustomerQuery = z.output<typeof NotedCustomerQuery>;
export const NotedCustomerPage = pageOf(NotedCustomer);

export const CreditModel = z.enum(["first", "last", "linear", "linear_distinct", "position", "time_decay"]);
export type CreditModel = z.infer<typeof CreditModel>;

/** Credit of all touches on the way to a conversion, under several models beside each other. */
export const CreditQuery = z.object({
  programId: Id,
  from: Day.describe("inclusive, in the program's zone"),
  to: Day.describe("exclusive"),
  event: z.string().min(1).max(64).default("registration").describe("type of the events that are conversions"),
  by: z.enum(["partner", "offer", "link"]).default("partner"),
  models: manyOf(CreditModel).default(["first", "last", "linear", "position", "time_decay"]),
  first: z.coerce.number().int().min(0).max(100).default(40).describe("position: parts of the first touch"),
  last: z.coerce
    .number()
    .int()
    .min(0)
    .max(100)
    .default(40)
    .describe("position: parts of the last; the rest is for those between"),
  halfLifeDays: z.coerce
    .number()
    .int()
    .min(1)
    .max(365)
    .default(7)
    .describe("time decay: a touch this much older weighs half"),
});
export type CreditQuery = z.output<typeof CreditQuery>;

const CreditOfModel = z.object({
  model: CreditModel,
  conversions: z.string().describe("exact decimal, nine places at most"),
  amounts: z.array(MoneyValue),
});
export const CreditReport = z.object({
  programId: z.string(),
  from: Day,
  to: Day,
  event: z.string(),
  by: CreditQuery.shape.by.unwrap(),
  conversions: z.number().int(),
  withJourney: z
    .number()
    .int()
    .describe("conversions before which clicks or impressions are known; the others go to their owner whole"),
  touches: z.number().int(),
  rows: z.array(z.object({ id: z.string().nullable().describe("null: nobody's"), credits: z.array(CreditOfModel) })),
});
export type CreditReport = z.infer<typeof CreditReport>;
export const AttributionRunQuery = PageQuery;
