import type { FieldSource, ImportRecognition, ImportVendor, RecordMapping, TableMapping } from "@tributary/contract";
import { columnKey, type Importer, type Shape, type ShapeField } from "./importer.ts";
import { IMPORTERS } from "./importers/index.ts";

/** Below this nothing is taken for granted: a person says what the table is. */
const LIKELY = 0.5;
/** A plain table fits nearly everything: a platform that is recognised goes first. */
const PLAIN_SHARE = 0.6;

/** A table whose every column could be anybody's is a plain one, unless it was said whose it is. */
const ANYBODY_SHARE = 0.55;
const ANYBODYS: ReadonlySet<string> = new Set(
  IMPORTERS.plain.shapes
    .flatMap((shape) => [
      ...shape.needs,
      ...shape.knows,
      ...shape.records.flatMap((record) => Object.values(record.fields)),
    ])
    .flatMap((field): readonly string[] =>
      typeof field === "string"
        ? field.split("|")
        : Array.isArray(field)
          ? field
          : ((field as Partial<FieldSource>).columns ?? []),
    )
    .map(columnKey),
);

interface Fit {
  readonly importer: Importer;
  readonly shape: Shape;
  readonly recognition: ImportRecognition;
}

/**
 * What a table is, by its columns: the likeliest first.
 * @param vendor when it was said: only that platform's tables are considered, and plain ones after them
 */
export function recognise(columns: readonly string[], vendor?: ImportVendor): readonly ImportRecognition[] {
  return fits(columns, vendor).map((fit) => fit.recognition);
}

/** The mapping that a recognised shape proposes for these columns. */
export function proposeMapping(
  table: string,
  columns: readonly string[],
  recognition: ImportRecognition | undefined,
): TableMapping {
  const shape = IMPORTERS[recognition?.vendor ?? "plain"].shapes.find((one) => one.name === recognition?.shape);
  if (shape === undefined) return { table, use: false, records: [] };
  const byKey = keyed(columns);
  const records = shape.records.map((record): RecordMapping => {
    const fields: Record<string, FieldSource> = {};
    for (const [name, field] of Object.entries(record.fields)) {
      const source = sourceOf(field, byKey);
      if (source !== undefined) fields[name] = source;
    }
    return { kind: record.kind, ...(record.derived ? { derived: true } : {}), fields };
  });
  return { table, use: true, records: records.filter((record) => !record.derived || idHasColumn(record)) };
}

function idHasColumn(record: RecordMapping): boolean {
  const [first] = Object.values(record.fields);
  const id = record.fields.externalId ?? record.fields.ref ?? record.fields.code ?? first;
  return id !== undefined && id.columns.length > 0;
}

function fits(columns: readonly string[], vendor: ImportVendor | undefined): readonly Fit[] {
  const byKey = keyed(columns);
  const importers = Object.values(IMPORTERS).filter(
    (one) => vendor === undefined || one.vendor === vendor || one.vendor === "plain",
  );
  const found = importers.flatMap((importer) =>
    importer.shapes.flatMap((shape) => fitOf(importer, shape, byKey) ?? []),
  );
  return found
    .filter((fit) => fit.recognition.confidence >= (fit.importer.vendor === vendor ? 0 : LIKELY * PLAIN_SHARE))
    .sort((a, b) => b.recognition.confidence - a.recognition.confidence || order(a) - order(b));
}

function order(fit: Fit): number {
  return Object.values(IMPORTERS).indexOf(fit.importer) * 100 + fit.importer.shapes.indexOf(fit.shape);
}

function fitOf(importer: Importer, shape: Shape, byKey: ReadonlyMap<string, string>): Fit | undefined {
  const needed = shape.needs.map((need) => need.split("|").find((name) => columnOf(name, byKey) !== undefined));
  if (needed.some((name) => name === undefined)) return undefined;
  const known = shape.knows.filter((name) => columnOf(name, byKey) !== undefined);
  const met = needed.length + known.length;
  // What a table has must speak for the shape, what the shape has must be in the table, and what any table could have speaks for no platform.
  const ofShape = met / (shape.needs.length + shape.knows.length);
  const ofTable = met / Math.max(met, byKey.size);
  const telling = [...(needed as string[]), ...known].filter(
    (name) => !ANYBODYS.has(columnKey(columnOf(name, byKey) ?? name)),
  ).length;
  const own = telling === 0 && importer.vendor !== "plain" ? ANYBODY_SHARE : 1;
  const share = own * (0.45 + 0.4 * Math.min(1, ofShape * 1.6) + 0.15 * ofTable);
  const confidence = Math.round((importer.vendor === "plain" ? share * PLAIN_SHARE : share) * 100) / 100;
  return {
    importer,
    shape,
    recognition: {
      vendor: importer.vendor,
      shape: shape.name,
      title: `${importer.title}: ${shape.title}`,
      confidence,
      met: [...(needed as string[]), ...known],
      of: shape.needs.length + shape.knows.length,
    },
  };
}

function keyed(columns: readonly string[]): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const column of columns) if (!map.has(columnKey(column))) map.set(columnKey(column), column);
  return map;
}

/** What an API nests (`partner.id`) an export writes as one name (`partnerId`, `partner_id`). */
function columnOf(name: string, byKey: ReadonlyMap<string, string>): string | undefined {
  const key = columnKey(name);
  return byKey.get(key) ?? (key.includes(".") ? byKey.get(key.replaceAll(".", "")) : undefined);
}

function sourceOf(field: ShapeField, byKey: ReadonlyMap<string, string>): FieldSource | undefined {
  const given: Partial<FieldSource> =
    typeof field === "string"
      ? { columns: [field] }
      : Array.isArray(field)
        ? { columns: [...field] }
        : (field as Partial<FieldSource>);
  const found = (given.columns ?? []).flatMap((name) => columnOf(name, byKey) ?? []);
  const columns = [...new Set(found)];
  if (columns.length === 0 && given.value === undefined) return undefined;
  return { ...given, columns };
}
