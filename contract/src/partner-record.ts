import { z } from "zod";
import { PageQuery, pageOf } from "./page.ts";
import { PartnerKind, PartnerStatus } from "./partners.ts";
import { Revision } from "./programs.ts";
import { Day, Instant, MoneyValue } from "./values.ts";

const Id = z.string().max(60);
const Reason = z.string().trim().min(1).max(1000);

/** What kind of value a field holds. A number is an exact decimal as text; money is minor units with its currency. */
export const FieldType = z.enum([
  "text",
  "long_text",
  "number",
  "date",
  "yes_no",
  "one_of",
  "many_of",
  "country",
  "url",
  "email",
  "money",
]);
export type FieldType = z.infer<typeof FieldType>;

const Title = z.object({ en: z.string().trim().min(1).max(120), es: z.string().trim().min(1).max(120) });
const Help = z.object({ en: z.string().trim().max(500).default(""), es: z.string().trim().max(500).default("") });
export const FieldOption = z.object({ value: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,59}$/), title: Title });
export type FieldOption = z.infer<typeof FieldOption>;
const FieldKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "lower-case letters, digits and underscores");

/** A field that the operator added to the partner's record. */
export const PartnerField = z.object({
  id: z.string(),
  key: FieldKey,
  title: Title,
  help: Help,
  type: FieldType,
  options: z.array(FieldOption),
  ownerRole: z.string().describe("the role that answers for what stands in it"),
  kinds: z.array(PartnerKind).describe("kinds of partners that have it; none: all"),
  requiredFor: z.array(PartnerStatus).describe("statuses that a partner does not reach without it"),
  readPermission: z.string(),
  writePermission: z.string(),
  position: z.int(),
  filled: z.int().describe("partners that have a value"),
  archivedAt: Instant.nullable(),
  createdAt: Instant,
  revision: Revision,
});
export type PartnerField = z.infer<typeof PartnerField>;
export const PartnerFieldPage = pageOf(PartnerField);

const fieldParts = {
  title: Title,
  help: Help,
  type: FieldType,
  options: z.array(FieldOption).max(200),
  ownerRole: z.string().max(60),
  kinds: z.array(PartnerKind),
  requiredFor: z.array(PartnerStatus),
  readPermission: z.string().max(60),
  writePermission: z.string().max(60),
  position: z.int().min(0).max(10_000),
};
export const NewPartnerField = z.object({
  ...fieldParts,
  key: FieldKey,
  help: Help.default({ en: "", es: "" }),
  options: fieldParts.options.default([]),
  ownerRole: fieldParts.ownerRole.default("partner_operations"),
  kinds: fieldParts.kinds.default([]),
  requiredFor: fieldParts.requiredFor.default([]),
  readPermission: fieldParts.readPermission.default("partners.read"),
  writePermission: fieldParts.writePermission.default("partners.write"),
  position: fieldParts.position.default(0),
});
export type NewPartnerField = z.input<typeof NewPartnerField>;
export const PartnerFieldChange = z
  .object(fieldParts)
  .partial()
  .extend({
    revision: Revision,
    archived: z.boolean().optional(),
    acceptLoss: z
      .int()
      .min(0)
      .default(0)
      .describe("how many values may be lost by the change, as its preview counted them"),
  });
export type PartnerFieldChange = z.input<typeof PartnerFieldChange>;

/** What a change of a definition does to the values that stand there. */
export const FieldEffects = z.object({
  filled: z.int(),
  lost: z.int().describe("values that do not fit any more"),
  examples: z.array(z.object({ partnerId: z.string(), value: z.string(), problem: z.string() })).max(20),
  missing: z.int().describe("partners that have reached a stage for which it is asked, without a value"),
});
export type FieldEffects = z.infer<typeof FieldEffects>;

export const FieldValue = z.union([
  z.string().max(10_000),
  z.boolean(),
  z.array(z.string().max(200)).max(200),
  MoneyValue,
]);
export type FieldValue = z.infer<typeof FieldValue>;

/** A field of one partner as its reader may see it. */
export const PartnerFieldValue = z.object({
  field: PartnerField,
  value: FieldValue.nullable(),
  changedBy: z.string().nullable(),
  changedAt: Instant.nullable(),
  mayChange: z.boolean(),
  missingFor: z.array(PartnerStatus).describe("statuses that wait for it"),
});
export type PartnerFieldValue = z.infer<typeof PartnerFieldValue>;
export const PartnerFieldValues = z.object({ data: z.array(PartnerFieldValue) });
export type PartnerFieldValues = z.infer<typeof PartnerFieldValues>;
export const PartnerFieldsChange = z.object({
  values: z.record(FieldKey, FieldValue.nullable()).describe("by the field's key; null empties it"),
});
/** Values of one field for the partners of a list. */
export const FieldColumnQuery = z.object({ partnerIds: z.string().max(20_000), key: FieldKey });
export const FieldColumn = z.object({ data: z.array(z.object({ partnerId: z.string(), value: FieldValue })) });

export const RestrictionKind = z.enum(["stop_links", "hold_payouts", "block_offers"]);
export type RestrictionKind = z.infer<typeof RestrictionKind>;
/** What a partner may not do for now. */
export const Restriction = z.object({
  id: z.string(),
  partnerId: z.string(),
  kind: RestrictionKind,
  reason: z.string(),
  placedBy: z.string(),
  placedName: z.string(),
  placedAt: Instant,
  until: Instant.nullable(),
  liftAskedBy: z.string().nullable().describe("who wants the payouts to go on; a second person agrees"),
  liftAskedName: z.string().nullable(),
  liftAskedAt: Instant.nullable(),
  liftReason: z.string(),
  endedAt: Instant.nullable(),
  endedBy: z.string().nullable().describe("null of an ended one: its time was over"),
  endedName: z.string().nullable(),
  state: z.enum(["in_force", "lift_asked", "lifted", "expired"]),
});
export type Restriction = z.infer<typeof Restriction>;
export const RestrictionPage = pageOf(Restriction);
export const NewRestriction = z.object({
  kind: RestrictionKind,
  reason: Reason,
  until: Instant.nullable().default(null),
});
export type NewRestriction = z.input<typeof NewRestriction>;
export const RestrictionLift = z.object({ reason: Reason });

export const TransferState = z.enum(["planned", "done", "cancelled", "reverted"]);
/** Partners that get another owner on a day. */
export const OwnershipTransfer = z.object({
  id: z.string(),
  state: TransferState,
  effectiveOn: Day,
  ownerUserId: z.string(),
  deputyUserId: z.string().nullable(),
  portfolioOf: z.string().nullable().describe("whose whole portfolio is handed over"),
  commissionNote: z.string().describe("whose commission of record it is, and from when"),
  reason: z.string(),
  tellPartners: z.boolean(),
  partners: z.int(),
  createdBy: z.string(),
  createdName: z.string(),
  createdAt: Instant,
  doneAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  endedReason: z.string(),
});
export type OwnershipTransfer = z.infer<typeof OwnershipTransfer>;
export const TransferPage = pageOf(OwnershipTransfer);
export const TransferQuery = PageQuery.extend({ state: TransferState.optional(), partnerId: Id.optional() });

export const NewTransfer = z.object({
  partnerIds: z.array(Id).max(10_000).default([]),
  portfolioOf: Id.nullable().default(null),
  ownerUserId: Id.min(1),
  deputyUserId: Id.nullable().default(null),
  effectiveOn: Day,
  commissionNote: z.string().trim().max(1000).default(""),
  reason: Reason,
  tellPartners: z.boolean().default(true),
});
export type NewTransfer = z.input<typeof NewTransfer>;

/** One partner of a transfer, planned or done. */
export const TransferredPartner = z.object({
  partnerId: z.string(),
  name: z.string(),
  state: z.enum(["planned", "moved", "left_out", "reverted"]),
  fromOwner: z.string().nullable(),
  fromDeputy: z.string().nullable(),
  note: z.string(),
});
export type TransferredPartner = z.infer<typeof TransferredPartner>;
export const TransferredPage = pageOf(TransferredPartner);
export const TransferPreview = z.object({
  partners: z.int(),
  active: z.int(),
  withoutEmail: z.int().describe("partners that no notice can reach"),
  byOwner: z.array(z.object({ ownerUserId: z.string().nullable(), partners: z.int() })),
  leftOut: z.array(z.object({ partnerId: z.string(), name: z.string(), why: z.string() })).max(100),
  first: z.array(z.object({ partnerId: z.string(), name: z.string(), ownerUserId: z.string().nullable() })).max(20),
});
export type TransferPreview = z.infer<typeof TransferPreview>;
export const TransferEnd = z.object({ reason: Reason });

export const TransitionSubject = z.enum(["kind", "entity", "region", "program"]);
export type TransitionSubject = z.infer<typeof TransitionSubject>;
/** What follows from a transition, in the words of the screen; a count where something is counted. */
export const TransitionConsequence = z.object({
  code: z.enum([
    "terms_by_kind",
    "other_procedure",
    "fields_missing",
    "documents_again",
    "payee_again",
    "other_people_see",
    "owner_sees",
    "joins_program",
    "terms_needed",
    "sub_partners",
    "history_stays",
  ]),
  count: z.int().nullable(),
  detail: z.string(),
});
export type TransitionConsequence = z.infer<typeof TransitionConsequence>;
export const Transition = z.object({
  id: z.string(),
  partnerId: z.string(),
  subject: TransitionSubject,
  from: z.string().nullable(),
  to: z.string().nullable(),
  effectiveOn: Day,
  reason: z.string(),
  consequences: z.array(TransitionConsequence),
  state: z.enum(["planned", "done", "cancelled", "refused"]),
  problem: z.string(),
  createdBy: z.string(),
  createdName: z.string(),
  createdAt: Instant,
  doneAt: Instant.nullable(),
});
export type Transition = z.infer<typeof Transition>;
export const TransitionPage = pageOf(Transition);
export const NewTransition = z.object({
  subject: TransitionSubject,
  to: Id.nullable(),
  effectiveOn: Day,
  reason: Reason,
});
export type NewTransition = z.input<typeof NewTransition>;
export const TransitionLook = z.object({ subject: TransitionSubject, to: Id });
export const TransitionConsequences = z.object({ data: z.array(TransitionConsequence) });

/** Fields that a merge chooses between. */
export const MergeField = z.enum([
  "name",
  "legalName",
  "kind",
  "entity",
  "regionId",
  "country",
  "language",
  "email",
  "phone",
  "website",
  "taxNumber",
  "ownerUserId",
  "deputyUserId",
  "allowedCountries",
  "blockedCountries",
  "trafficSources",
  "note",
]);
export type MergeField = z.infer<typeof MergeField>;

/** Two records that may be one, with the working of the score. */
export const DuplicatePair = z.object({
  firstId: z.string(),
  firstName: z.string(),
  secondId: z.string(),
  secondName: z.string(),
  score: z.int().min(0).max(100),
  reasons: z.array(z.object({ code: z.string(), points: z.int(), value: z.string() })),
});
export type DuplicatePair = z.infer<typeof DuplicatePair>;
export const DuplicatePairs = z.object({ data: z.array(DuplicatePair) });
export const DuplicateQuery = z.object({
  partnerId: Id.optional(),
  least: z.coerce.number().int().min(1).max(100).default(50),
});
export const NotDuplicate = z.object({ firstId: Id, secondId: Id, reason: Reason });

const Side = z.enum(["winner", "loser"]);
export const NewMerge = z.object({
  winnerId: Id,
  loserId: Id,
  choices: z
    .partialRecord(MergeField, Side)
    .default({})
    .describe("where nothing is said the winner's value stays, or the loser's where the winner has none"),
  fields: z.record(z.string().max(40), Side).default({}).describe("the same for custom fields, by key"),
  reason: Reason,
});
export type NewMerge = z.input<typeof NewMerge>;

/** What a merge does, before it is done. */
export const MergeLook = z.object({
  fields: z.array(
    z.object({ field: z.string(), custom: z.boolean(), winner: z.string(), loser: z.string(), same: z.boolean() }),
  ),
  moves: z.array(z.object({ what: z.string(), moved: z.int(), stays: z.int(), why: z.string() })),
  refusals: z.array(z.string()),
  twoPeople: z.boolean(),
  undoDays: z.int(),
});
export type MergeLook = z.infer<typeof MergeLook>;

export const PartnerMerge = z.object({
  id: z.string(),
  winnerId: z.string(),
  loserId: z.string(),
  state: z.enum(["proposed", "done", "undone", "dropped"]),
  reason: z.string(),
  bothHaveMoney: z.boolean(),
  moved: z.array(z.object({ what: z.string(), count: z.int() })),
  proposedBy: z.string(),
  proposedName: z.string(),
  proposedAt: Instant,
  decidedBy: z.string().nullable(),
  decidedName: z.string().nullable(),
  decidedAt: Instant.nullable(),
  undoUntil: Instant.nullable(),
  undoneAt: Instant.nullable(),
});
export type PartnerMerge = z.infer<typeof PartnerMerge>;
export const MergePage = pageOf(PartnerMerge);
export const MergeQuery = PageQuery.extend({ partnerId: Id.optional(), state: PartnerMerge.shape.state.optional() });

/** How partners of a kind become active: through a procedure, or (null) by whoever approves partners. */
export const ActivationRules = z.object({ data: z.array(z.object({ kind: z.string(), procedure: z.string() })) });
export const ActivationRuleChange = z.object({
  kind: z.string().max(40),
  procedure: z.string().trim().min(1).max(80).nullable(),
});
