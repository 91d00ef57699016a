import type { Asked, EntityKind } from "../core/names.ts";
import { birthOf } from "./births.ts";
import { countryCode } from "./countries.ts";
import { type CsvRow, csvRows, plainColumn } from "./csv.ts";
import { delimiterOf } from "./detect.ts";
import { plainIdentifier } from "./entry.ts";
import { beginningOf, ListProblem, textOf } from "./files.ts";

export interface AskedRow {
  readonly line: number;
  readonly asked: Asked;
}

export interface NamesFileOptions {
  /** the column of the name, by its title or number (from 1) */
  readonly column?: string;
}

const NAME = [
  "name",
  "full name",
  "query",
  "query name",
  "name1",
  "partner",
  "partner name",
  "company",
  "company name",
  "legal name",
  "customer",
  "customer name",
  "contact",
  "contact name",
  "beneficiary",
  "payee",
  "account name",
  "nombre",
  "razon social",
  "entity",
  "entity name",
  "person",
  "whole name",
  "party",
  "party name",
  "text",
];
const FIRST = ["first name", "given name", "given names", "forename", "nombre"];
const MIDDLE = ["middle name", "second name"];
const LAST = ["last name", "surname", "family name", "apellido", "apellidos"];
const BIRTH = ["dob", "date of birth", "birth date", "birthdate", "born", "year of birth", "birth"];
const COUNTRY = ["country", "nationality", "citizenship", "residence", "countries", "country code"];
const KIND = ["kind", "type", "schema", "entity type", "entity kind"];
const NUMBER = [
  "identifier",
  "identifiers",
  "id number",
  "passport",
  "passport number",
  "tax id",
  "registration number",
];

/** What is no text with names in it, by its beginning. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^PK\p{Cc}\p{Cc}/u, "a workbook or an archive"],
  [/^\uFFFD\uFFFD\p{Cc}\uFFFD/u, "a workbook of an old Excel"],
  [/^%PDF-/, "a PDF document"],
  [/^\s*<(?:\?xml|!doctype|html)/i, "XML or a web page"],
  [/[^\P{Cc}\t\n\r\f\v]{2}/u, "binary data"],
];

/** The names of any CSV file with a column of names, or with one name a line. @throws ListProblem naming the columns where none is found */
export async function* namesOf(path: string, options: NamesFileOptions): AsyncGenerator<AskedRow> {
  const beginning = await beginningOf(path);
  const other = KINDS.find(([mark]) => mark.test(beginning))?.[1];
  if (other !== undefined) throw new ListProblem(`The file ${path} is ${other}: save its names as CSV.`);
  const header =
    beginning
      .replace(/^\uFEFF/, "")
      .split(/\r?\n/)
      .find((line) => line.trim() !== "") ?? "";
  if (header === "") throw new ListProblem(`The file ${path} is empty.`);
  const delimiter = delimiterOf(header);
  let read: ((row: CsvRow) => string) | undefined;
  try {
    for await (const row of csvRows(textOf(path), {
      delimiter,
      headless: header.split(delimiter).length === 1 && !isTitle(header),
    })) {
      read ??= readerOf(row, header, delimiter, options, path);
      const name = read(row);
      if (name !== "") yield { line: row.line, asked: askedOf(row, name) };
    }
  } catch (error) {
    if (error instanceof ListProblem) throw error;
    throw new ListProblem(`The file ${path} cannot be read to its end (${(error as Error).message.split("\n")[0]}).`);
  }
}

const isTitle = (cell: string) => [...NAME, ...LAST].some((name) => plainColumn(name) === plainColumn(cell));

function readerOf(
  _row: CsvRow,
  header: string,
  delimiter: string,
  options: NamesFileOptions,
  path: string,
): (row: CsvRow) => string {
  const titles = header.split(delimiter).map((title) => title.replace(/^"|"$/g, "").trim());
  const plain = new Set(titles.map(plainColumn));
  if (options.column !== undefined) return columnReader(options.column, titles, plain, path);
  if (titles.length === 1) return ({ cells }) => (cells[0] ?? "").trim();
  const has = (columns: readonly string[]) => columns.find((column) => plain.has(plainColumn(column)));
  const parts = [has(FIRST), has(MIDDLE), has(LAST)].filter((column) => column !== undefined);
  const whole = has(NAME);
  if (has(LAST) !== undefined && has(FIRST) !== undefined)
    return (one) =>
      parts
        .map((column) => one.get(column))
        .join(" ")
        .trim() || one.get(...NAME);
  if (whole !== undefined) return (one) => one.get(whole);
  if (has(LAST) !== undefined)
    return (one) =>
      parts
        .map((column) => one.get(column))
        .join(" ")
        .trim();
  throw new ListProblem(
    `The file ${path} has no column that is known to hold names: name it with --column; there are ${titles.slice(0, 12).join(", ")}.`,
  );
}

function columnReader(
  column: string,
  titles: readonly string[],
  plain: ReadonlySet<string>,
  path: string,
): (row: CsvRow) => string {
  if (plain.has(plainColumn(column))) return (row) => row.get(column);
  const number = /^\d+$/.test(column) ? Number(column) : 0;
  if (number >= 1 && number <= titles.length) return ({ cells }) => (cells[number - 1] ?? "").trim();
  throw new ListProblem(`The file ${path} has no column ${column}: there are ${titles.slice(0, 12).join(", ")}.`);
}

function askedOf(row: CsvRow, name: string): Asked {
  const [birth, country, kind, number] = [BIRTH, COUNTRY, KIND, NUMBER].map((columns) => row.get(...columns));
  const births = many(birth)
    .map((one) => birthOf(one))
    .filter((one) => one !== undefined);
  const countries = many(country)
    .map(countryCode)
    .filter((one) => one !== undefined);
  const identifiers = many(number)
    .map(plainIdentifier)
    .filter((one) => one.length > 4);
  const known = kindOf(kind ?? "");
  return {
    name,
    ...(known && { kind: known }),
    ...(births.length > 0 && { births }),
    ...(countries.length > 0 && { countries }),
    ...(identifiers.length > 0 && { identifiers }),
  };
}

const many = (text: string | undefined) =>
  (text ?? "")
    .split(/[;|]/)
    .map((one) => one.trim())
    .filter((one) => one !== "");

function kindOf(text: string): EntityKind | undefined {
  if (/^(?:persons?|individuals?|natural|p$|people|human)(?!\p{L})/iu.test(text)) return "person";
  if (/^(?:vessel|ship)/i.test(text)) return "vessel";
  if (
    /^(?:organi|entity|enterprise|business|legal|corporat|firm|e$)|compan|partnership|limited|\bltd\b|\bllc\b/i.test(
      text,
    )
  )
    return /^entity$/i.test(text) ? undefined : "organization";
  return /^aircraft/i.test(text) ? "aircraft" : undefined;
}
