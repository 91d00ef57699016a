import { plainColumn } from "./csv.ts";
import { hasNames } from "./generic.ts";

/** How a file is written, told by its beginning. */
export type Format =
  | "ofac-xml"
  | "ofac-advanced"
  | "ofac-delimited"
  | "un-xml"
  | "eu-xml"
  | "eu-csv"
  | "uk-csv"
  | "uk-xml"
  | "ofsi-xml"
  | "opensanctions-csv"
  | "json"
  | "names"
  | "csv";

export interface Detected {
  readonly format: Format;
  readonly delimiter: string;
}

const ROOTS: readonly (readonly [RegExp, Format])[] = [
  [/<(?:\w+:)?sdnList[\s>]/, "ofac-xml"],
  [/<(?:\w+:)?Sanctions[\s>]/, "ofac-advanced"],
  [/<(?:\w+:)?CONSOLIDATED_LIST[\s>]/, "un-xml"],
  [/<(?:\w+:)?export[\s>]/, "eu-xml"],
  [/<(?:\w+:)?ArrayOfFinancialSanctionsTarget[\s>]/, "ofsi-xml"],
  [/<(?:\w+:)?Designations[\s>]/, "uk-xml"],
];

/** @returns undefined for what is no list of any known format */
export function detectFormat(beginning: string, fileName: string): Detected | undefined {
  const text = beginning.replace(/^\uFEFF/, "").trimStart();
  if (text.startsWith("<")) {
    const format = ROOTS.find(([root]) => root.test(text))?.[1];
    return format && { format, delimiter: "" };
  }
  if (/^[[{]/.test(text))
    return /"(?:schema|RECORD_ID|properties)"/.test(text) ? { format: "json", delimiter: "" } : undefined;
  const lines = text.split(/\r?\n/);
  const first = lines[0] ?? "";
  const delimiter = delimiterOf(first);
  if (/^\d+[,@|\t]"?[^,@|\t]/.test(first) && /-0-/.test(text))
    return { format: "ofac-delimited", delimiter: /^\d+(.)/.exec(first)?.[1] ?? "," };
  if (/^"?(?:report date|last updated)/i.test(first) && /unique id|group id/i.test(lines[1] ?? ""))
    return { format: "uk-csv", delimiter: "," };
  const columns = new Set(first.split(delimiter).map((name) => plainColumn(name)));
  if (/entity_logicalid|naal_wholename/i.test(first)) return { format: "eu-csv", delimiter: ";" };
  if (columns.has("schema") && columns.has("name") && columns.has("aliases"))
    return { format: "opensanctions-csv", delimiter: "," };
  if (hasNames(columns)) return { format: "csv", delimiter };
  return /\.txt$/i.test(fileName) && first !== "" && !/[\t;|]/.test(first) && !text.includes("\u0000")
    ? { format: "names", delimiter: "" }
    : undefined;
}

/** The character that parts most cells of a header. */
export function delimiterOf(header: string): string {
  const counts = [",", ";", "\t", "|"].map((character) => ({ character, count: header.split(character).length - 1 }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).character;
}
