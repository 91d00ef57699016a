import { z } from "zod";
import { Adjustment, Evidence } from "./adjustments.ts";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { PayeeBlockCode, PayeeTax } from "./payees.ts";
import { Statement } from "./statements.ts";
import { CurrencyCode, Day, Instant, MinorAmount, Month } from "./values.ts";

/** What the lines booked in a month come to, for one component of one program; held ones included. */
export const StatementComponent = z.object({
  programId: z.string(),
  programName: z.string(),
  component: z.string(),
  lines: z.int(),
  amount: MinorAmount,
});
export type StatementComponent = z.infer<typeof StatementComponent>;

/** Everything that a statement tells, on one page. */
export const StatementDetail = z.object({
  statement: Statement,
  partnerName: z.string(),
  components: z.array(StatementComponent),
  adjustments: z.array(
    Adjustment.pick({
      id: true,
      kind: true,
      amount: true,
      month: true,
      reason: true,
      reasonCode: true,
      programId: true,
      ruleId: true,
    }),
  ),
  holds: z
    .array(z.object({ payableOn: Day.nullable(), amount: MinorAmount, lines: z.int() }))
    .describe("what is held now, by the day on which it becomes payable; null: when somebody or something releases it"),
  carries: z
    .array(z.object({ programId: z.string(), component: z.string(), in: z.string(), out: z.string() }))
    .describe("negative bases carried into the month, and out of it"),
  settlements: z.array(
    z.object({ kind: z.enum(["settle", "return"]), amount: MinorAmount, reference: z.string(), at: Instant }),
  ),
  forecast: z
    .array(z.object({ on: Day, released: MinorAmount, payable: MinorAmount }))
    .describe(
      "what is payable by these days if nothing else is earned, and what of it is released by then; the first is today",
    ),
  payout: z
    .array(
      z.object({
        payee: z.string(),
        method: z.string().nullable(),
        threshold: z
          .object({ minor: MinorAmount, currency: CurrencyCode, kind: z.enum(["exceeds", "at_least"]) })
          .nullable(),
        tax: PayeeTax.pick({ vat: true, vatRate: true, withholdingRate: true }).nullable(),
        blocks: z.array(PayeeBlockCode).describe("why nothing can be paid today"),
      }),
    )
    .describe("who is paid, and what stands against it"),
});
export type StatementDetail = z.infer<typeof StatementDetail>;
export const StatementLanguage = z.object({ language: z.enum(["en", "es"]).optional() });

/** How the operator's papers look, and who it is on them. */
export const Branding = z.object({
  name: z.string().max(120).describe("as partners know the operator"),
  legalName: z.string().max(200),
  address: z.array(z.string().max(120)).max(6),
  email: z.union([z.literal(""), z.email()]),
  website: z.union([z.literal(""), z.url({ protocol: /^https?$/ })]),
  registration: z.string().max(200).describe("company register, VAT number: what stands at the foot"),
  accent: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  logo: z
    .string()
    .max(700_000)
    .regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+=*$/)
    .nullable()
    .describe("PNG or JPEG, at most 500 kB, as a data address"),
  revision: z.int().min(0),
});
export type Branding = z.infer<typeof Branding>;

/** Public keys that statements are signed with, also those that sign no more. A JSON Web Key Set. */
export const StatementKeys = z.object({
  keys: z.array(
    z.object({
      kid: z.string(),
      kty: z.literal("OKP"),
      crv: z.literal("Ed25519"),
      use: z.literal("sig"),
      x: z.string(),
      status: z.enum(["active", "retired"]),
      createdAt: Instant,
      retiredAt: Instant.nullable(),
    }),
  ),
});
export type StatementKeys = z.infer<typeof StatementKeys>;

export const InquiryState = z.enum(["open", "answered", "resolved", "declined", "withdrawn"]);
export type InquiryState = z.infer<typeof InquiryState>;

export const InquiryMessage = z.object({
  id: z.string(),
  fromPartner: z.boolean(),
  by: z.string().nullable().describe("null for the other side"),
  at: Instant,
  text: z.string(),
  evidence: z.array(Evidence),
});
export type InquiryMessage = z.infer<typeof InquiryMessage>;

/** A partner's question about a statement or a line, with a deadline for the answer. */
export const Inquiry = z.object({
  id: z.string(),
  partnerId: z.string(),
  statementId: z.string(),
  month: Month,
  currency: CurrencyCode,
  lineId: z.string().nullable(),
  subject: z.string(),
  state: InquiryState,
  answerBy: Instant,
  overdue: z.boolean(),
  openedAt: Instant,
  closedAt: Instant.nullable(),
  adjustmentId: z.string().nullable().describe("the correction that came of it"),
  messages: z.array(InquiryMessage),
});
export type Inquiry = z.infer<typeof Inquiry>;
export const InquiryPage = pageOf(Inquiry.omit({ messages: true }));
export const InquiryQuery = PageQuery.extend({
  partnerId: z.string().max(60).optional(),
  statementId: z.string().max(60).optional(),
  state: manyOf(InquiryState).optional(),
});
export type InquiryQuery = z.infer<typeof InquiryQuery>;
const Text = z.string().trim().min(3).max(4000);
export const NewInquiry = z.object({
  statementId: z.string().max(60),
  lineId: z.string().max(60).nullable().default(null),
  subject: z.string().trim().min(3).max(200),
  text: Text,
  evidence: z.array(Evidence).max(10).default([]),
});
export type NewInquiry = z.input<typeof NewInquiry>;
export const NewInquiryMessage = z.object({ text: Text, evidence: z.array(Evidence).max(10).default([]) });
export type NewInquiryMessage = z.input<typeof NewInquiryMessage>;
export const InquiryDecision = z
  .object({
    outcome: z.enum(["resolved", "declined"]),
    text: Text,
    evidence: z.array(Evidence).max(10).default([]),
    adjustmentId: z.string().max(60).nullable().default(null),
  })
  .describe("resolved: by an explanation, or by the adjustment that it names");
export type InquiryDecision = z.input<typeof InquiryDecision>;
