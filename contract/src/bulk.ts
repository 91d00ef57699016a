import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { PartnerQuery } from "./partners.ts";
import { Instant } from "./values.ts";

/** Whose records a bulk change makes or changes. */
export const BulkSubject = z.enum(["partner", "contact"]);
export type BulkSubject = z.infer<typeof BulkSubject>;

export const BulkStatus = z.enum([
  "open",
  "checking",
  "checked",
  "running",
  "done",
  "undoing",
  "undone",
  "failed",
  "cancelled",
]);
export type BulkStatus = z.infer<typeof BulkStatus>;

/** What becomes of a row. */
export const BulkAction = z.enum(["create", "update", "unchanged", "refuse", "skip"]);
export type BulkAction = z.infer<typeof BulkAction>;

/** A field of the record, or `field:<key>` for a custom one. */
const FieldName = z.string().regex(/^(?:[a-zA-Z]{2,20}|field:[a-z][a-z0-9_]{0,59})$/);

export const BulkColumn = z.object({
  column: z.string().max(500),
  field: FieldName.nullable().describe("null: the column is left out"),
});

export const BulkMapping = z.object({
  sheet: z.int().min(0).max(999).describe("which table of the file"),
  columns: z.array(BulkColumn).max(2000),
  mode: z.enum(["both", "create", "update"]).default("both").describe("what rows may do"),
  match: z
    .enum(["any", "id", "code", "email"])
    .default("any")
    .describe("by what a row finds its record; any: id, then code, then e-mail address"),
  emptyCells: z.enum(["keep", "clear"]).default("keep").describe("whether an empty cell leaves or empties a field"),
  tags: z.enum(["add", "replace"]).default("add").describe("what the column of tags does to the tags that are there"),
  dayOrder: z.enum(["dmy", "mdy"]).optional().describe("order of day and month where the dates do not say it"),
  defaults: z
    .record(FieldName, z.string().max(500))
    .default({})
    .describe("for records that are made and whose row does not say it, e.g. kind"),
});
export type BulkMapping = z.output<typeof BulkMapping>;

export const BulkSheet = z.object({
  name: z.string(),
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  rows: z.int(),
  hidden: z.boolean(),
  notes: z.array(z.string()).describe("how the table was understood"),
  brokenOff: z.string().nullable(),
});
export type BulkSheet = z.infer<typeof BulkSheet>;

export const BulkQuestion = z.object({
  code: z.enum(["no_key", "no_name", "no_kind", "twice", "day_order"]),
  columns: z.array(z.string()),
  field: z.string().nullable(),
});
export type BulkQuestion = z.infer<typeof BulkQuestion>;

export const BulkChange = z.object({
  id: z.string(),
  subject: BulkSubject,
  source: z.enum(["file", "selection"]),
  name: z.string(),
  status: BulkStatus,
  counts: z.partialRecord(BulkAction, z.int()),
  undone: z.object({ undone: z.int().default(0), kept: z.int().default(0) }),
  total: z.int(),
  done: z.int().describe("of the total, while something is at work"),
  failure: z.string().nullable(),
  createdBy: z.string(),
  createdByName: z.string(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  undoUntil: Instant.nullable(),
  revision: z.int(),
});
export type BulkChange = z.infer<typeof BulkChange>;

export const BulkDetail = BulkChange.extend({
  sheets: z.array(BulkSheet),
  mapping: BulkMapping.nullable().describe("null: a selection has none"),
  edit: z.record(z.string(), z.unknown()).nullable(),
  remembered: z.boolean().describe("the columns were mapped as the last time"),
  questions: z.array(BulkQuestion).describe("what keeps the preview from being made"),
  fields: z
    .array(z.object({ name: z.string(), title: z.object({ en: z.string(), es: z.string() }).nullable() }))
    .describe("what columns can mean; custom fields have a title"),
});
export type BulkDetail = z.infer<typeof BulkDetail>;

export const BulkFieldChange = z.object({
  field: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
export type BulkFieldChange = z.infer<typeof BulkFieldChange>;

export const BulkRow = z.object({
  line: z.int(),
  action: BulkAction,
  targetId: z.string().nullable(),
  partnerId: z.string().nullable(),
  label: z.string(),
  changes: z.array(BulkFieldChange),
  problem: z
    .object({ field: z.string().nullable(), value: z.string(), code: z.string(), message: z.string() })
    .nullable(),
  made: z.boolean(),
  undone: z.boolean(),
  kept: z.string().nullable().describe("why an undo left it as it is"),
});
export type BulkRow = z.infer<typeof BulkRow>;

export const BulkQuery = PageQuery.extend({
  status: manyOf(BulkStatus).optional(),
  subject: manyOf(BulkSubject).optional(),
  source: manyOf(z.enum(["file", "selection"])).optional(),
});
export type BulkQuery = z.output<typeof BulkQuery>;
export const BulkPage = pageOf(BulkChange);

export const BulkRowQuery = PageQuery.extend({
  action: manyOf(BulkAction).optional(),
  outcome: z.enum(["made", "undone", "kept"]).optional(),
  language: z.enum(["en", "es"]).default("en"),
});
export type BulkRowQuery = z.output<typeof BulkRowQuery>;
export const BulkRowPage = pageOf(BulkRow);

export const BulkUpload = z.object({
  name: z.string().trim().min(1).max(200).describe("the file's name"),
  subject: BulkSubject.default("partner"),
});
export const BulkMappingChange = z.object({ revision: z.int(), mapping: BulkMapping });

/** What a selection of partners is given. A field that is not named stays. */
export const MassEdit = z
  .object({
    ownerUserId: z.string().max(60).nullable(),
    deputyUserId: z.string().max(60).nullable(),
    regionId: z.string().max(60).nullable(),
    kind: z.string().max(40),
    status: z.string().max(40),
    reason: z.string().trim().max(1000),
    country: z.string().max(2).nullable(),
    language: z.string().max(5),
    entity: z.string().max(20),
    addTags: z.array(z.string().trim().min(1).max(40)).max(30),
    removeTags: z.array(z.string().trim().min(1).max(40)).max(30),
    fields: z.record(z.string().regex(/^[a-z][a-z0-9_]{0,59}$/), z.unknown()),
  })
  .partial()
  .strict();
export type MassEdit = z.infer<typeof MassEdit>;

export const NewMassEdit = z.object({
  ids: z.array(z.string().max(60)).min(1).max(100_000).optional(),
  filter: PartnerQuery.omit({ limit: true, cursor: true })
    .optional()
    .describe("as the list of partners takes it; the partners it finds now are meant"),
  edit: MassEdit,
});
export type NewMassEdit = z.input<typeof NewMassEdit>;
