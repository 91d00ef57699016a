import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { Revision } from "./programs.ts";
import { CountryCode, CurrencyCode, Day, Instant, MinorAmount } from "./values.ts";

const Id = z.string().max(60);
const Text = z.string().trim().max(200);
const Comment = z.string().trim().max(2000);
/** Kept in the database as it was agreed; a share like 0.15, never more than the whole. */
const Share = z
  .string()
  .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, "a share like 0.15")
  .describe("exact decimal, 0.15 for 15 %");

export const PayeeKind = z.enum(["company", "individual"]);
export const PayeeStatus = z.enum(["proposed", "verified", "closed"]);
export const PayeeAspect = z.enum(["identity", "detail", "tax", "terms"]);
export type PayeeAspect = z.infer<typeof PayeeAspect>;
export const PayeeVersionStatus = z.enum(["proposed", "approved", "refused", "withdrawn", "replaced"]);
export const PayeeLanguage = z.enum(["en", "es", "de"]);
export type PayeeLanguage = z.infer<typeof PayeeLanguage>;
export const PayeeMethod = z.enum(["bank", "paypal", "wise", "payoneer"]);
export type PayeeMethod = z.infer<typeof PayeeMethod>;
export const VatTreatment = z.enum(["domestic", "reverse_charge", "export", "exempt", "outside_scope"]);
export type VatTreatment = z.infer<typeof VatTreatment>;
export const TaxForm = z.enum(["W-9", "W-8BEN", "W-8BEN-E", "W-8ECI", "W-8IMY", "W-8EXP"]);
export type TaxForm = z.infer<typeof TaxForm>;

export const PayeeIdentity = z.object({
  kind: PayeeKind,
  legalName: Text.min(1).describe("as it stands in the register or on the passport"),
  registrationNumber: Text.default(""),
  street: Text.min(1),
  city: Text.min(1),
  postalCode: z.string().trim().max(20).default(""),
  region: Text.default("").describe("state or province, where addresses have one"),
  country: CountryCode,
  email: z.email().max(254).describe("where invoices and notices go"),
  language: PayeeLanguage.default("en"),
});
export type PayeeIdentity = z.infer<typeof PayeeIdentity>;

/** Fields of a bank detail by their names; which of them a country asks for: GET /v1/payee-fields. */
export const DetailFields = z.record(z.string().regex(/^[a-zA-Z]{1,40}$/), z.string().trim().max(140));
export const AccountDetail = z.object({
  method: PayeeMethod,
  country: CountryCode.describe("where the account is; of a provider, where the payee lives"),
  currency: CurrencyCode,
  holder: Text.min(1).describe("the name as the bank knows it"),
  fields: DetailFields,
});
export type AccountDetail = z.infer<typeof AccountDetail>;

export const TaxFormData = z.object({
  form: TaxForm,
  tin: z.string().trim().max(40).default("").describe("taxpayer number; shown masked"),
  signedBy: Text.min(1),
  signedOn: Day,
  expiresOn: Day.nullable().default(null).describe("last day; null: as the form says, none for a W-9"),
  treatyCountry: CountryCode.nullable().default(null),
  treatyArticle: z.string().trim().max(60).default(""),
  treatyRate: Share.nullable().default(null),
});
export type TaxFormData = z.infer<typeof TaxFormData>;

export const TaxNumber = z.object({
  country: CountryCode,
  kind: z.string().regex(/^[a-z0-9_]{1,20}$/),
  value: z.string().trim().min(1).max(40),
});

export const PayeeTax = z.object({
  vat: VatTreatment,
  vatRate: Share.nullable().default(null).describe("with domestic"),
  vatNumber: z.string().trim().max(40).nullable().default(null),
  vatReason: z.string().trim().max(300).default("").describe("why nothing is charged, as it stands on the invoice"),
  withholdingRate: Share.nullable().default(null),
  withholdingReason: z.string().trim().max(300).default(""),
  treatyCountry: CountryCode.nullable().default(null),
  treatyArticle: z.string().trim().max(60).default(""),
  numbers: z.array(TaxNumber).max(10).default([]),
  forms: z.array(TaxFormData).max(10).default([]),
});
export type PayeeTax = z.infer<typeof PayeeTax>;

export const PayeeTerms = z.object({
  payoutCurrency: CurrencyCode.nullable().default(null).describe("null: the currency of the statement"),
  thresholdMinor: MinorAmount.nullable().default(null),
  thresholdCurrency: CurrencyCode.nullable().default(null),
  thresholdKind: z
    .enum(["exceeds", "at_least"])
    .default("at_least")
    .describe("exceeds: exactly the amount is not paid"),
  feeBearer: z.enum(["operator", "payee", "shared"]).default("operator"),
  invoicing: z.enum(["self_billing", "own_invoice", "none"]).default("self_billing"),
  paymentDays: z
    .number()
    .int()
    .min(0)
    .max(120)
    .default(0)
    .describe("days from the approval of a statement to its payment"),
  detailOrder: z.array(Id).max(20).default([]).describe("details in the order of use; those not named come last"),
});
export type PayeeTerms = z.infer<typeof PayeeTerms>;

/** A proposal to change one side of a payee. */
export const NewPayeeVersion = z.discriminatedUnion("aspect", [
  z.object({ aspect: z.literal("identity"), identity: PayeeIdentity, note: Comment.default("") }),
  z.object({
    aspect: z.literal("detail"),
    detail: AccountDetail,
    replaces: Id.nullable().default(null).describe("the detail that it stands in for"),
    note: Comment.default(""),
    code: z.string().trim().max(12).optional().describe("a fresh second factor, for who has one set up"),
  }),
  z.object({ aspect: z.literal("tax"), tax: PayeeTax, note: Comment.default("") }),
  z.object({ aspect: z.literal("terms"), terms: PayeeTerms, note: Comment.default("") }),
]);
export type NewPayeeVersion = z.input<typeof NewPayeeVersion>;

export const NewPayee = z.object({
  identity: PayeeIdentity,
  partnerId: Id.nullable().default(null).describe("the partner that it is to be paid for"),
  programIds: z
    .array(Id)
    .max(100)
    .nullable()
    .default(null)
    .describe("null: all programs that have no payee of their own"),
  validFrom: Day.nullable().default(null).describe("null: today"),
  note: Comment.default(""),
});
export type NewPayee = z.input<typeof NewPayee>;

export const NameAgreement = z.object({
  score: z.number().int(),
  verdict: z.enum(["match", "close", "different"]),
  explanation: z.string(),
  reviewedBy: z.string().nullable(),
  reviewedAt: Instant.nullable(),
  comment: z.string(),
});

export const PayeeVersion = z.object({
  id: z.string(),
  payeeId: z.string(),
  payeeName: z.string(),
  aspect: PayeeAspect,
  identity: PayeeIdentity.nullable(),
  detail: AccountDetail.nullable().describe("masked"),
  tax: PayeeTax.nullable().describe("numbers masked"),
  terms: PayeeTerms.nullable(),
  replaces: z.string().nullable(),
  status: PayeeVersionStatus,
  proposedBy: z.string().nullable().describe("null for partners when it was the operator"),
  proposedName: z.string(),
  proposedAt: Instant,
  byPartner: z.boolean(),
  note: z.string(),
  decidedName: z.string().nullable(),
  decidedAt: Instant.nullable(),
  comment: z.string(),
  payableFrom: Instant.nullable().describe("of an approved detail: the end of its cooling-off period"),
  name: NameAgreement.nullable().describe("how well the holder's name fits the payee and the contract"),
  sameAccount: z.array(z.object({ payeeId: z.string(), name: z.string() })).describe("other payees with this account"),
});
export type PayeeVersion = z.infer<typeof PayeeVersion>;
export const PayeeVersionPage = pageOf(PayeeVersion);

export const PayeeAssignment = z.object({
  id: z.string(),
  payeeId: z.string(),
  partnerId: z.string(),
  programId: z.string().nullable(),
  validFrom: Day,
  validTo: Day.nullable().describe("exclusive"),
  status: z.enum(["proposed", "approved", "refused", "withdrawn"]),
  note: z.string(),
  proposedName: z.string(),
  proposedAt: Instant,
  decidedName: z.string().nullable(),
  decidedAt: Instant.nullable(),
  comment: z.string(),
  endDay: Day.nullable().describe("an end that waits for its approval"),
  endName: z.string().nullable(),
});
export type PayeeAssignment = z.infer<typeof PayeeAssignment>;

export const NewAssignment = z.object({
  partnerId: Id,
  programIds: z.array(Id).max(100).nullable().default(null),
  validFrom: Day,
  validTo: Day.nullable().default(null),
  note: Comment.default(""),
});
export type NewAssignment = z.input<typeof NewAssignment>;

export const PayeeHold = z.object({
  id: z.string(),
  reason: z.string(),
  until: Instant.nullable(),
  placedName: z.string(),
  placedAt: Instant,
  liftedName: z.string().nullable(),
  liftedAt: Instant.nullable(),
  liftReason: z.string(),
});
export type PayeeHold = z.infer<typeof PayeeHold>;

export const NewPayeeHold = z.object({ reason: Comment.min(1), until: Instant.nullable().default(null) });
export type NewPayeeHold = z.input<typeof NewPayeeHold>;

export const PayeeBlockCode = z.enum([
  "unverified",
  "closed",
  "held",
  "no_detail",
  "cooling_off",
  "name_differs",
  "tax_undecided",
  "tax_form_missing",
  "tax_form_expired",
  "self_billing_missing",
  "screening",
  "partner_restricted",
]);
export const PayeeBlock = z.object({ code: PayeeBlockCode, sentence: z.string(), until: Instant.nullable() });
export type PayeeBlock = z.infer<typeof PayeeBlock>;

export const PayeeNotice = z.object({
  id: z.string(),
  kind: z.enum(["detail_proposed", "detail_approved", "detail_refused"]),
  sentTo: z.string(),
  at: Instant,
});
export type PayeeNotice = z.infer<typeof PayeeNotice>;

export const PayeeSummary = z.object({
  id: z.string(),
  legalName: z.string(),
  kind: PayeeKind,
  country: CountryCode,
  status: PayeeStatus,
  partnerIds: z.array(z.string()).describe("whom it is paid for today"),
  methods: z.array(z.string()).describe("masked, in the order of use"),
  waiting: z.number().int().describe("proposals that nobody decided yet"),
  blocks: z.array(PayeeBlock).describe("why it cannot be paid now; empty: it can"),
  createdAt: Instant,
});
export type PayeeSummary = z.infer<typeof PayeeSummary>;
export const PayeePage = pageOf(PayeeSummary);

export const Payee = PayeeSummary.extend({
  identity: PayeeIdentity.nullable().describe("what two people agreed on; null: nothing yet"),
  details: z.array(PayeeVersion).describe("that stand, in the order of use"),
  tax: PayeeTax.nullable(),
  terms: PayeeTerms.nullable().describe(
    "null: the statement's currency, no threshold, fees borne by the operator, no invoice",
  ),
  proposals: z.array(PayeeVersion),
  assignments: z.array(PayeeAssignment),
  holds: z.array(PayeeHold),
  notices: z.array(PayeeNotice),
  selfBilling: z
    .object({
      acceptedName: z.string(),
      acceptedAt: Instant,
      onPaper: z.boolean(),
      language: PayeeLanguage,
      textHash: z.string(),
    })
    .nullable(),
  contractNames: z.array(z.string()).describe("the other party of the agreements of the partners that it serves"),
  revision: Revision,
});
export type Payee = z.infer<typeof Payee>;

export const PayeeQuery = PageQuery.extend({
  q: z.string().trim().max(100).optional().describe("part of the legal name"),
  status: manyOf(PayeeStatus).optional(),
  partnerId: Id.optional(),
  country: manyOf(CountryCode).optional(),
  waiting: z.enum(["true"]).optional().describe("only those with something to decide"),
});
export type PayeeQuery = z.output<typeof PayeeQuery>;

export const PayeeVersionQuery = PageQuery.extend({
  payeeId: Id.optional(),
  status: manyOf(PayeeVersionStatus).optional(),
  aspect: manyOf(PayeeAspect).optional(),
});
export type PayeeVersionQuery = z.output<typeof PayeeVersionQuery>;

export const PayeeDecision = z.object({
  comment: Comment.default("").describe("how it was checked: a call back, a document"),
});
export const PayeeRefusal = z.object({ comment: Comment.min(1) });
export const PayeeLook = z.object({
  purpose: Comment.min(1).describe("why the whole detail is needed; it stands in the trail"),
});
export const PayeeEnd = z.object({ validTo: Day.describe("the first day on which it is not paid any more") });
export const PayeeClosing = z.object({ revision: Revision, reason: Comment.min(1) });
export const SelfBillingTerms = z.object({ language: PayeeLanguage, text: z.string(), textHash: z.string() });
export type SelfBillingTerms = z.infer<typeof SelfBillingTerms>;
export const SelfBillingAcceptance = z.object({
  language: PayeeLanguage,
  textHash: z.string().regex(/^[0-9a-f]{64}$/),
  name: Text.min(1).describe("who signs"),
});
export type SelfBillingAcceptance = z.infer<typeof SelfBillingAcceptance>;

export const PayeeFieldsQuery = z.object({ country: CountryCode, currency: CurrencyCode, method: PayeeMethod });
export const PayeeField = z.object({
  name: z.string(),
  label: z.string(),
  format: z.string(),
  shape: z
    .object({
      code: z.enum([
        "digits",
        "digits_between",
        "letters_digits",
        "either",
        "characters",
        "choice",
        "tax_card",
        "iban",
        "ifsc",
        "check_digit",
        "paypal_account",
        "wise_number",
        "payoneer_id",
      ]),
      least: z.number().int(),
      most: z.number().int(),
    })
    .describe("the format for whoever words it in another language"),
  example: z.string(),
  optional: z.boolean(),
  choices: z.array(z.string()).nullable(),
});
export const PayeeFields = z.object({ fields: z.array(PayeeField), taxNumbers: z.array(z.string()) });
export type PayeeFields = z.infer<typeof PayeeFields>;

/** A partner whom nobody is named for: its earnings cannot be paid. */
export const PayeeGap = z.object({
  partnerId: z.string(),
  programId: z.string().nullable().describe("null: of no program"),
  from: Day,
  to: Day.nullable().describe("exclusive; null: open"),
});
export type PayeeGap = z.infer<typeof PayeeGap>;
export const PayeeGapQuery = PageQuery.extend({ partnerId: Id.optional() });
export const PayeeGapPage = pageOf(PayeeGap);

export const PayeeSettings = z.object({
  coolingOffHours: z.number().int().min(0).max(720).describe("before money goes to a changed detail"),
  firstCoolingOffHours: z.number().int().min(0).max(720).describe("before money goes to a payee's first detail"),
  taxForms: z.enum(["if_given", "always"]).describe("always: nobody is paid without a valid W-8 or W-9"),
  screening: z
    .enum(["matches", "always"])
    .describe("always: whom no sanctions list was asked about is not paid either"),
  revision: z.number().int(),
});
export type PayeeSettings = z.infer<typeof PayeeSettings>;
