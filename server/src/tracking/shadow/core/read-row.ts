import type { ShadowField, ShadowMapping, ShadowStatus } from "@tributary/contract";
import { parseDecimal } from "../../../kernel/decimal.ts";
import { parseCurrency, toMinor } from "../../../kernel/money.ts";
import { readTime } from "../../core/event-time.ts";
import { cutText, storable } from "../../core/stored.ts";

/** A row of theirs, understood. */
export interface ReadRow {
  readonly conversionId: string | null;
  readonly orderId: string | null;
  readonly clickId: string | null;
  readonly customerRef: string | null;
  readonly at: number;
  readonly type: string | null;
  /** null: the export has no such column */
  readonly partnerRef: string | null;
  readonly minor: bigint | null;
  readonly currency: string | null;
  readonly status: ShadowStatus;
}

export interface RowRefusal {
  readonly field: string;
  readonly value: string | null;
  readonly reason: string;
  readonly hint: string | null;
}

export type RowReading =
  | { readonly row: ReadRow; readonly refusal?: undefined; readonly ignored?: undefined }
  | { readonly refusal: RowRefusal; readonly row?: undefined; readonly ignored?: undefined }
  /** what the mapping leaves out on purpose */
  | { readonly ignored: true; readonly row?: undefined; readonly refusal?: undefined };

export interface RowReader {
  readonly missing: readonly ShadowField[];
  read(cells: readonly string[]): RowReading;
}

const LENGTH = 300;
/** Ten trillion in a currency of two places. */
const MOST_MINOR = 10n ** 15n;
const IDS = ["conversionId", "orderId", "clickId", "customerId"] as const;

/** Their words for what became of a conversion, over all platforms. */
const STATUSES: Readonly<Record<string, ShadowStatus | "ignore">> = {
  approved: "approved", paid: "approved", locked: "approved", confirmed: "approved", accepted: "approved", valid: "approved", active: "approved",
  closed: "approved", converted: "approved", complete: "approved", completed: "approved", due: "approved", "1": "approved", a: "approved", ok: "approved",
  "true": "approved", success: "approved", sale: "approved",
  pending: "pending", new: "pending", hold: "pending", open: "pending", extended: "pending", "2": "pending", "5": "pending", p: "pending", "false": "pending",
  under_review: "pending", processing: "pending", trial: "pending",
  rejected: "rejected", declined: "rejected", reversed: "rejected", invalid: "rejected", void: "rejected", voided: "rejected", canceled: "rejected",
  cancelled: "rejected", refunded: "rejected", returned: "rejected", fraud: "rejected", duplicate: "rejected", deleted: "rejected", denied: "rejected",
  "3": "rejected", d: "rejected", disapproved: "rejected", chargeback: "rejected", charged_back: "rejected",
}; // biome-ignore format: a table of words

/** What an export is read with besides its mapping. */
export interface ReadAround {
  /** of times that name none */
  readonly timeZone: string;
  /** of amounts that name none */
  readonly currency: string;
  /** types that are compared; others of ours are left out, a name that is none of ours goes with any */
  readonly types: readonly string[];
  readonly allTypes: readonly string[];
}

/** Reads rows of one export by its mapping. */
export function rowReader(header: readonly string[], mapping: ShadowMapping, around: ReadAround): RowReader {
  const names = header.map((name) => name.trim());
  const wanted = Object.entries(mapping.columns) as [ShadowField, string][];
  const at = new Map(wanted.map(([field, name]) => [field, names.indexOf(name.trim())]));
  const missing = wanted.filter(([field]) => at.get(field) === -1).map(([field]) => field);
  const zone = mapping.timeZone ?? around.timeZone;
  const typed = mapping.columns.type !== undefined;
  const read = (cells: readonly string[]): RowReading => {
    if (cells.length > names.length)
      return refuse(
        "row",
        null,
        `the row has ${cells.length} values, the header ${names.length} columns`,
        "put quotes around values that hold the delimiter",
      );
    const cell = (field: ShadowField): string => cleaned(cells[at.get(field) ?? -1] ?? "");
    const time = timeOf(cell("occurredAt"), cell("time"), mapping.dates, zone);
    if (typeof time !== "number") return { refusal: time };
    const status = statusOf(cell("status"), mapping);
    if (status === "ignore") return { ignored: true };
    if (status === undefined)
      return refuse("status", cell("status"), "this status is not known", "say in the mapping what it means");
    const type = typed ? typeOf(cell("type"), mapping, around) : null;
    if (type === "ignore") return { ignored: true };
    const amount = amountOf(cell("amount"), cell("currency"), mapping, around.currency);
    if ("refusal" in amount) return amount;
    if (IDS.every((field) => cell(field) === "") && amount.minor === null)
      return refuse(
        "row",
        null,
        "nothing in the row says which conversion it is",
        "map a column of ids, or the amount",
      );
    const id = (field: (typeof IDS)[number]): string | null => cell(field) || null;
    return {
      row: {
        conversionId: id("conversionId"), orderId: id("orderId"), clickId: id("clickId"), customerRef: id("customerId"),
        at: time, type, partnerRef: mapping.columns.partner === undefined ? null : cell("partner"), ...amount, status,
      }, // biome-ignore format: a record
    };
  };
  return { missing, read };
}

function refuse(
  field: string,
  value: string | null,
  reason: string,
  hint: string | null = null,
): { refusal: RowRefusal } {
  return { refusal: { field, value: value === null ? null : cutText(storable(value), 200), reason, hint } };
}

/** Without the apostrophe that makes a text harmless to spreadsheets. */
function cleaned(text: string): string {
  const bare = text.trim().replace(/^'(?=[=+\-@])/, "");
  return cutText(storable(bare), LENGTH);
}

function typeOf(text: string, mapping: ShadowMapping, around: ReadAround): string | null {
  const type = mapping.types[text.toLowerCase()] ?? text.toLowerCase().replace(/[\s-]+/g, "_");
  if (type === "ignore" || around.types.includes(type)) return type;
  return around.allTypes.includes(type) ? "ignore" : null;
}

function statusOf(text: string, mapping: ShadowMapping): ShadowStatus | "ignore" | undefined {
  const word = text.toLowerCase();
  if (word === "") return mapping.statuses[""] ?? "approved";
  return mapping.statuses[word] ?? STATUSES[word.replace(/[\s-]+/g, "_")];
}

type Amount = { readonly minor: bigint | null; readonly currency: string | null };

function amountOf(
  text: string,
  code: string,
  mapping: ShadowMapping,
  fallback: string,
): Amount | { refusal: RowRefusal } {
  if (text === "") return { minor: null, currency: null };
  const known = parseCurrency(code === "" ? fallback : code.toUpperCase());
  if (known === undefined) return refuse("currency", code, "this is no currency of ISO 4217", "a code such as EUR");
  const plain = plainNumber(text, mapping.decimals);
  const value = plain === undefined ? undefined : parseDecimal(plain);
  if (value === undefined)
    return refuse(
      "amount",
      text,
      "this is not an amount",
      "say in the mapping whether decimals stand behind a point or a comma",
    );
  const minor = mapping.minorUnits ? toMinorUnits(value.units, value.scale) : toMinor(value, known);
  if (minor === undefined)
    return refuse("amount", text, "minor units have no decimals", "the amounts are probably in whole units");
  if (minor > MOST_MINOR || minor < -MOST_MINOR)
    return refuse(
      "amount",
      text,
      "the amount is beyond what is accepted",
      "say in the mapping how its decimals are written",
    );
  return { minor, currency: known };
}

function toMinorUnits(units: bigint, scale: number): bigint | undefined {
  const one = 10n ** BigInt(scale);
  return units % one === 0n ? units / one : undefined;
}

/** `1.234,50 €` and `(1,234.50)` as plain digits; undefined when it is not clear which mark is which. */
export function plainNumber(text: string, marks: ShadowMapping["decimals"]): string | undefined {
  const negative = /^\(.*\)$/.test(text) || /^\s*[-\u2212]/.test(text) || /-$/.test(text);
  let digits = text.replace(/[^\d.,]/g, "");
  if (digits === "" || /[a-z]{4,}/i.test(text)) return undefined;
  const mark = marks === "auto" ? decimalMark(digits) : marks === "comma" ? "," : ".";
  digits = digits.replaceAll(mark === "," ? "." : ",", "").replace(",", ".");
  if (!/^\d*\.?\d+$/.test(digits)) return undefined;
  return `${negative ? "-" : ""}${digits.startsWith(".") ? "0" : ""}${digits}`;
}

function decimalMark(digits: string): "." | "," {
  const [point, comma] = [digits.lastIndexOf("."), digits.lastIndexOf(",")];
  if (point >= 0 && comma >= 0) return point > comma ? "." : ",";
  if (comma < 0) return digits.indexOf(".") === point ? "." : ",";
  // `1,234` and `1,234,567` are grouped, `12,5` and `12,50` are not.
  return digits.indexOf(",") === comma && digits.length - comma - 1 !== 3 ? "," : ".";
}

const DATE = /^(\d{1,4})[./-](\d{1,2})[./-](\d{2,4})(?:[,T ]\s*(.*))?$/;
const CLOCK = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?\s*(?:m\.?)?$/i;

/** Milliseconds since 1970, or why it cannot be read. */
function timeOf(text: string, clock: string, order: ShadowMapping["dates"], zone: string): number | RowRefusal {
  if (text === "")
    return refuse("occurredAt", null, "there is no time", "rows of totals have none: they are left out").refusal;
  const whole = clock === "" ? text : `${text} ${clock}`;
  const iso = readTime(whole, zone) ?? readTime(spelledOut(whole, order) ?? "", zone);
  if (iso !== undefined) return iso.at;
  const hint = "ISO 8601, or day, month and year with / . or -; say in the mapping which comes first";
  return refuse("occurredAt", whole, "the time cannot be read", hint).refusal;
}

/** `3/4/26 6:38 PM` as `2026-04-03T18:38:00`. */
function spelledOut(text: string, order: ShadowMapping["dates"]): string | undefined {
  const match = DATE.exec(text.trim());
  if (match === null) return undefined;
  const [first, second, third] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const yearFirst = (match[1] ?? "").length === 4;
  const year = yearFirst ? first : third < 100 ? 2000 + third : third;
  const [day, month] = yearFirst ? [third, second] : dayAndMonth(first, second, order, text);
  const time = clockOf(match[4] ?? "00:00");
  if (time === undefined) return undefined;
  const pad = (number: number) => String(number).padStart(2, "0");
  return `${year}-${pad(month)}-${pad(day)}T${time}`;
}

/** One order for the whole file: a row that does not fit it is refused, never read the other way round. */
function dayAndMonth(first: number, second: number, order: ShadowMapping["dates"], text: string): [number, number] {
  const american = order === "month_first" || (order === "auto" && /[/-]/.test(text.slice(0, 6)));
  return american ? [second, first] : [first, second];
}

/** Which comes first in dates such as `13/04/2026`; undefined when none of them tells. */
export function dateOrderOf(texts: Iterable<string>): "day_first" | "month_first" | undefined {
  for (const text of texts) {
    const match = DATE.exec(text.trim());
    if (match === null || (match[1] ?? "").length === 4) continue;
    if (Number(match[1]) > 12) return "day_first";
    if (Number(match[2]) > 12) return "month_first";
  }
  return undefined;
}

function clockOf(text: string): string | undefined {
  const zone = /(?:Z|[+-]\d\d:?\d\d)$/.exec(text)?.[0] ?? "";
  const match = CLOCK.exec(text.slice(0, text.length - zone.length).trim());
  if (match === null) return undefined;
  const half = match[4]?.toLowerCase();
  const hour = (Number(match[1]) % (half === undefined ? 24 : 12)) + (half === "p" ? 12 : 0);
  return `${String(hour).padStart(2, "0")}:${match[2]}:${match[3] ?? "00"}${zone}`;
}
