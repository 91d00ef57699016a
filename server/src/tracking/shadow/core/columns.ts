import { SHADOW_FIELDS, type ShadowField, type ShadowIncumbent, type ShadowMapping } from "@tributary/contract";
import { plainName } from "../../core/event-fields.ts";
import { KNOWN_FORMATS, type KnownFormat, USUAL_NAMES } from "./formats.ts";

const FIRST_ROWS = 12;

/** `Sale Amount (EUR)` → `saleamount` */
function bare(name: string): string {
  return plainName(name.replace(/\([^)]*\)/g, "").replace(/[^\p{L}\p{N}]/gu, ""));
}

/** The row that holds the columns' names, from 0: exports begin with titles and blank lines. */
export function headerRowOf(rows: readonly (readonly string[])[]): number {
  let [best, most] = [0, 0];
  for (const [at, row] of rows.slice(0, FIRST_ROWS).entries()) {
    const known = row.filter((cell) => KNOWN_NAMES.has(bare(cell))).length;
    if (known > most) [best, most] = [at, known];
  }
  return best;
}

const KNOWN_NAMES: ReadonlySet<string> = new Set([
  ...Object.values(USUAL_NAMES).flat(),
  ...KNOWN_FORMATS.flatMap(({ columns }) => Object.values(columns).map(bare)),
]);

export interface Suggestion {
  readonly mapping: ShadowMapping;
  readonly by: "format" | "names";
  readonly format: string | null;
}

/** A format is meant when the file has its time and most of its other columns. */
const ENOUGH = 0.75;

/** How a file with these columns is probably read. */
export function suggestMapping(header: readonly string[], incumbent: ShadowIncumbent): Suggestion {
  const names = new Set(header.map((name) => name.trim()));
  const fits = KNOWN_FORMATS.map((format) => ({ format, fit: fitOf(format, names) }))
    .filter(({ format, fit }) => fit >= ENOUGH && names.has(format.columns.occurredAt ?? ""))
    .sort(
      (a, b) => Number(b.format.incumbent === incumbent) - Number(a.format.incumbent === incumbent) || b.fit - a.fit,
    );
  const [best] = fits;
  if (best === undefined) return { mapping: plainMapping(byUsualNames(header)), by: "names", format: null };
  const columns = Object.entries(best.format.columns).filter(([, name]) => names.has(name));
  return {
    mapping: { ...plainMapping(Object.fromEntries(columns)), ...best.format.more },
    by: "format",
    format: best.format.name,
  };
}

function fitOf(format: KnownFormat, names: ReadonlySet<string>): number {
  const wanted = Object.values(format.columns);
  return wanted.filter((name) => names.has(name)).length / wanted.length;
}

function plainMapping(columns: ShadowMapping["columns"]): ShadowMapping {
  return { columns, dates: "auto", decimals: "auto", minorUnits: false, types: {}, statuses: {} };
}

/** Each column means one thing at most. */
function byUsualNames(header: readonly string[]): ShadowMapping["columns"] {
  const found: Partial<Record<ShadowField, string>> = {};
  const free = new Map(header.map((name) => [bare(name), name.trim()]));
  for (const field of SHADOW_FIELDS) {
    const usual = USUAL_NAMES[field].find((name) => free.has(name));
    const name = usual === undefined ? undefined : free.get(usual);
    if (usual === undefined || name === undefined) continue;
    found[field] = name;
    free.delete(usual);
  }
  return found;
}
