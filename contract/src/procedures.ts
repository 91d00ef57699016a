import { z } from "zod";

/**
 * A procedure as data: what the console edits, what `tributary procedure` reads and writes as YAML, and what runs. The text that people read
 * (`guide`) stands beside the step it describes, so that the handbook and the workflow cannot part.
 */
const Key = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(60);
const Text = z.union([
  z.string().min(1).max(400),
  z.record(z.string().regex(/^[a-z]{2}$/), z.string().min(1).max(400)),
]);
export const ProcedureText = Text.describe("a text, or one per language: {en: …, es: …}");
export type ProcedureText = z.infer<typeof ProcedureText>;

const LongText = z.union([z.string().max(20_000), z.record(z.string().regex(/^[a-z]{2}$/), z.string().max(20_000))]);

/** Roles that own work. `partner` is the partner's own people in their portal. */
export const ProcedureRole = z.enum([
  "key_account_manager",
  "partner_operations",
  "compliance",
  "finance",
  "approver",
  "administrator",
  "owner",
  "partner",
]);
export type ProcedureRole = z.infer<typeof ProcedureRole>;

/** Time that may pass, in working time of the subject's region: {hours: 4} or {days: 2}. */
export const WorkingTime = z
  .union([z.strictObject({ hours: z.int().min(1).max(2000) }), z.strictObject({ days: z.int().min(1).max(400) })])
  .describe("working time of the region's calendar");
export type WorkingTime = z.infer<typeof WorkingTime>;

/** For whom a step holds; all named properties must fit, a list fits when one of it does. Left out: for everybody. */
export const ProcedureWhen = z.strictObject({
  kind: z.array(z.string()).min(1).optional().describe("the partner's kind"),
  entity: z.enum(["individual", "company"]).optional(),
  country: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .min(1)
    .optional(),
  region: z.array(z.string()).min(1).optional().describe("codes of regions"),
  program: z.array(z.string()).min(1).optional().describe("codes of programs"),
  risk: z
    .array(z.enum(["low", "medium", "high"]))
    .min(1)
    .optional(),
});
export type ProcedureWhen = z.infer<typeof ProcedureWhen>;

const Value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

/** What the system checks itself. */
export const FactCondition = z.strictObject({
  fact: z.string().regex(/^[a-z]+(\.[a-z_]+)+$/),
  with: z.record(z.string(), Value).optional().describe("the fact's own parameters"),
  title: ProcedureText.optional(),
  when: ProcedureWhen.optional(),
  waivable: z.boolean().default(true).describe("false: no signed waiver opens it"),
});
export type FactCondition = z.infer<typeof FactCondition>;

/** What a named person signs. */
export const DecisionCondition = z.strictObject({
  decision: Key,
  title: ProcedureText,
  role: ProcedureRole,
  evidence: z.enum(["required", "optional"]).default("optional"),
  otherThan: z.array(Key).default([]).describe("decisions and tasks whose signer may not sign this one"),
  when: ProcedureWhen.optional(),
  waivable: z.boolean().default(true),
});
export type DecisionCondition = z.infer<typeof DecisionCondition>;

export const GateCondition = z.union([FactCondition, DecisionCondition]);
export type GateCondition = z.infer<typeof GateCondition>;

export const ProcedureTask = z.strictObject({
  key: Key,
  title: ProcedureText,
  owner: ProcedureRole,
  due: WorkingTime.optional().describe("counted from the stage's beginning"),
  guide: LongText.optional().describe("Markdown: how it is done; a text, or one per language"),
  link: z
    .string()
    .max(500)
    .optional()
    .describe("screen of the console where it is done; {partner} and {case} are filled in"),
  required: z.boolean().default(true),
  checklist: z
    .array(z.strictObject({ key: Key, title: ProcedureText }))
    .max(60)
    .default([]),
  /** Done by itself when the fact holds; without it a person ticks it. */
  doneBy: z.strictObject({ fact: FactCondition.shape.fact, with: z.record(z.string(), Value).optional() }).optional(),
  when: ProcedureWhen.optional(),
});
export type ProcedureTask = z.infer<typeof ProcedureTask>;

export const Escalation = z.strictObject({
  after: WorkingTime.describe("after the stage's due time"),
  to: ProcedureRole,
  note: ProcedureText.optional(),
});
export type Escalation = z.infer<typeof Escalation>;

export const ProcedureStage = z.strictObject({
  key: Key,
  title: ProcedureText,
  owner: ProcedureRole,
  due: WorkingTime.optional(),
  guide: LongText.optional(),
  tasks: z.array(ProcedureTask).max(80).default([]),
  gate: z.array(GateCondition).max(80).default([]),
  escalations: z.array(Escalation).max(10).default([]),
});
export type ProcedureStage = z.infer<typeof ProcedureStage>;

export const ProcedureDefinition = z.strictObject({
  procedure: Key,
  title: ProcedureText,
  purpose: LongText.default(""),
  subject: z.enum(["partner", "lead"]).default("partner"),
  /** What starts it by itself. `manual`: a person does. */
  starts: z
    .array(z.enum(["manual", "partner_created", "lead_won", "schedule", "documents_expired", "list_match"]))
    .default(["manual"]),
  every: z
    .strictObject({ months: z.int().min(1).max(60) })
    .optional()
    .describe("with starts: schedule"),
  for: ProcedureWhen.optional(),
  stages: z.array(ProcedureStage).min(1).max(40),
});
export type ProcedureDefinition = z.infer<typeof ProcedureDefinition>;
