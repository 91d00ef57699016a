import { z } from "zod";
import { ImportFailure, ImportProblemCode } from "./import-problems.ts";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { CurrencyCode, Instant } from "./values.ts";

/** Platforms whose exports and API answers are understood; `plain` is any other table. */
export const ImportVendor = z.enum([
  "impact",
  "partnerstack",
  "everflow",
  "tune",
  "tapfiliate",
  "rewardful",
  "dub",
  "plain",
]);
export type ImportVendor = z.infer<typeof ImportVendor>;

/** What is made of rows, in the order in which it is made. */
export const ImportKind = z.enum(["partner", "parent", "link", "code", "customer", "conversion"]);
export type ImportKind = z.infer<typeof ImportKind>;

export const ImportStatus = z.enum([
  "open",
  "fetching",
  "checking",
  "checked",
  "running",
  "done",
  "undoing",
  "undone",
  "failed",
  "cancelled",
]);
export type ImportStatus = z.infer<typeof ImportStatus>;

/** What becomes of a record: `join` takes one that is here already as the other's, `restore` brings back what was undone. */
export const ImportAction = z.enum(["create", "change", "same", "join", "restore", "skip", "refuse"]);
export type ImportAction = z.infer<typeof ImportAction>;

export const DayOrder = z.enum(["dmy", "mdy"]);
export const DecimalMark = z.enum([".", ","]);

/** Where a field's value comes from: the first of these columns that is not empty (or all of them joined by a blank), or a fixed value. */
export const FieldSource = z.object({
  columns: z.array(z.string().max(300)).max(10).default([]),
  join: z.boolean().optional(),
  value: z.string().max(500).optional().describe("stands where no column gives one"),
  values: z.record(z.string().max(200), z.string().max(200)).optional().describe("what the platform's words mean here"),
  minor: z.boolean().optional().describe("the number counts cents"),
});
export type FieldSource = z.infer<typeof FieldSource>;

export const RecordMapping = z.object({
  kind: ImportKind.exclude(["parent"]),
  derived: z
    .boolean()
    .optional()
    .describe("the table is about something else and only mentions it: an empty id is no mistake"),
  fields: z.record(z.string().max(60), FieldSource),
});
export type RecordMapping = z.infer<typeof RecordMapping>;

export const TableMapping = z.object({
  table: z.string().max(300),
  use: z.boolean().default(true),
  records: z.array(RecordMapping).max(10),
  dayOrder: DayOrder.optional(),
  decimal: DecimalMark.optional(),
});
export type TableMapping = z.infer<typeof TableMapping>;

export const ImportMapping = z.object({
  tables: z.array(TableMapping).max(200),
  timeZone: z.string().max(60).optional().describe("of times without a zone; default: the program's"),
  currency: CurrencyCode.optional().describe("of amounts without one; default: the program's"),
  offerId: z.string().max(60).optional().describe("offer of links that name none"),
  partnerKind: z.string().max(40).optional().describe("kind of partners that name none; default: affiliate"),
});
export type ImportMapping = z.infer<typeof ImportMapping>;

/** Something that the data does not decide: it has to be answered before anything is made. */
export const ImportQuestion = z.object({
  code: z.enum(["day_order", "decimal_mark", "offer", "mapping", "mixed_days"]),
  table: z.string(),
  column: z.string().optional(),
  samples: z.array(z.string()),
  options: z.array(z.string()),
});
export type ImportQuestion = z.infer<typeof ImportQuestion>;

export const ImportRecognition = z.object({
  vendor: ImportVendor,
  shape: z.string(),
  title: z.string(),
  confidence: z.number().min(0).max(1),
  met: z.array(z.string()).describe("columns that the table has of it, the telling ones first"),
  of: z.number().int().describe("columns that it has in all"),
});
export type ImportRecognition = z.infer<typeof ImportRecognition>;

export const ImportTable = z.object({
  name: z.string(),
  file: z.string(),
  rows: z.number().int(),
  columns: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  recognised: ImportRecognition.nullable(),
  others: z.array(ImportRecognition).describe("what else it could be"),
  brokenOff: ImportFailure.nullable().describe("why the file could not be read to its end"),
});
export type ImportTable = z.infer<typeof ImportTable>;

export const Import = z.object({
  id: z.string(),
  programId: z.string(),
  vendor: ImportVendor,
  name: z.string(),
  status: ImportStatus,
  total: z.number().int().describe("records that have something to be done"),
  done: z.number().int(),
  counts: z.record(z.string(), z.record(z.string(), z.number().int())),
  failure: ImportFailure.nullable().describe("why it could not go on"),
  createdBy: z.string(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  revision: z.number().int(),
});
export type Import = z.infer<typeof Import>;

/** What stands on what an import made, so that it cannot be undone. */
export const IMPORT_BLOCKERS = [
  "customers_with_lines",
  "customers_with_events",
  "partners_with_lines",
  "partners_with_terms",
  "partners_with_other_customers",
] as const;
export const ImportBlocker = z.object({ code: z.enum(IMPORT_BLOCKERS), count: z.number().int().positive() });
export type ImportBlocker = z.infer<typeof ImportBlocker>;

export const ImportDetail = Import.extend({
  tables: z.array(ImportTable),
  mapping: ImportMapping,
  remembered: z.boolean().describe("the mapping is that of an earlier import of this program and platform"),
  questions: z.array(ImportQuestion),
  blockers: z.array(ImportBlocker).describe("what kept an undo from being made"),
});
export type ImportDetail = z.infer<typeof ImportDetail>;

export const NewImport = z.object({
  programId: z.string().max(60),
  vendor: ImportVendor.optional().describe("left out: it is recognised"),
  name: z.string().trim().max(120).default(""),
});
export type NewImport = z.input<typeof NewImport>;

export const ImportFileQuery = z.object({ name: z.string().trim().min(1).max(200) });
export const ImportMappingChange = z.object({ revision: z.number().int(), mapping: ImportMapping });
export const ImportQuery = PageQuery.extend({
  programId: manyOf(z.string()).optional(),
  vendor: manyOf(ImportVendor).optional(),
  status: manyOf(ImportStatus).optional(),
});
export type ImportQuery = z.output<typeof ImportQuery>;
export const ImportPage = pageOf(Import);

/** One record as it stands in the file, and what becomes of it. */
export const ImportRecord = z.object({
  kind: ImportKind,
  externalId: z.string(),
  table: z.string(),
  line: z.number().int(),
  action: ImportAction,
  content: z.record(z.string(), z.string()),
  changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  targetId: z.string().nullable(),
  field: z.string().nullable(),
  value: z.string().nullable(),
  code: ImportProblemCode.nullable().describe("what is wrong with it, in one word of the catalogue"),
  reason: z.string().nullable().describe("the same in words, in the language that was asked for"),
  wayOut: z.string().nullable(),
  done: z.boolean(),
});
export type ImportRecord = z.infer<typeof ImportRecord>;
export const ImportRecordQuery = PageQuery.extend({
  kind: manyOf(ImportKind).optional(),
  action: manyOf(ImportAction).optional(),
  language: z.enum(["en", "es"]).default("en").describe("of reasons and ways out"),
});
export type ImportRecordQuery = z.output<typeof ImportRecordQuery>;
export const ImportRecordPage = pageOf(ImportRecord);

/** Access to a platform's API, kept sealed. */
export const ImportConnection = z.object({
  id: z.string(),
  programId: z.string(),
  vendor: ImportVendor,
  name: z.string(),
  account: z.string().describe("account id, where the platform has one beside the key"),
  createdBy: z.string(),
  createdAt: Instant,
});
export type ImportConnection = z.infer<typeof ImportConnection>;
export const NewImportConnection = z.object({
  programId: z.string().max(60),
  vendor: z.enum(["impact", "partnerstack", "tapfiliate", "rewardful", "dub"]),
  name: z.string().trim().max(120).default(""),
  account: z.string().trim().max(200).default(""),
  key: z.string().trim().min(1).max(1000).describe("API key, secret or token; never shown again"),
});
export type NewImportConnection = z.input<typeof NewImportConnection>;
export const ImportConnectionQuery = PageQuery.extend({ programId: manyOf(z.string()).optional() });
export type ImportConnectionQuery = z.output<typeof ImportConnectionQuery>;
export const ImportConnectionPage = pageOf(ImportConnection);
export const ImportFetch = z.object({ connectionId: z.string().max(60), name: z.string().trim().max(120).default("") });
