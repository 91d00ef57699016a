import type { FieldSource, ImportMapping, ImportProblemCode, RecordMapping, TableMapping } from "@tributary/contract";
import { exponent, parseCurrency } from "../../../kernel/money.ts";
import { readDate } from "../../../kernel/written-days.ts";
import { fromMinor, readAmount } from "../../../kernel/written-numbers.ts";
import { FIELDS, type Field, idFieldOf, STATUS_WORDS } from "./fields.ts";

/** What is wrong with one field of one row; its words and the way out are the catalogue's. */
export interface RowProblem {
  readonly field: string;
  readonly value: string;
  readonly code: ImportProblemCode;
  /** what stands in the places of the text */
  readonly details?: Readonly<Record<string, string>>;
}

/** A record as one row gives it; `content` has only fields that say something. */
export interface Draft {
  readonly kind: RecordMapping["kind"];
  readonly externalId: string;
  /** the table is about it: other tables only fill what it leaves open */
  readonly primary: boolean;
  readonly content: Readonly<Record<string, string>>;
  readonly problem: RowProblem | null;
}

/** What applies to every row of a table. */
export interface RowRules {
  readonly table: TableMapping;
  readonly mapping: ImportMapping;
  readonly currency: string;
}

/** Reads one row by a table's mapping. A record whose id is empty is a mistake where the table is about it, and none elsewhere. */
export function mapRow(cells: Readonly<Record<string, string>>, rules: RowRules): readonly Draft[] {
  return rules.table.records.flatMap((record) => draftOf(record, cells, rules) ?? []);
}

function draftOf(record: RecordMapping, cells: Readonly<Record<string, string>>, rules: RowRules): Draft | undefined {
  const content: Record<string, string> = {};
  let problem: RowProblem | null = null;
  const read = inOrder(record).map((field) => ({ field, source: record.fields[field.name] }));
  for (const { field, source } of read) {
    const outcome = source === undefined ? { text: "" } : readField(field, source, cells, rules, content);
    if ("problem" in outcome) problem ??= outcome.problem;
    else if (outcome.text !== "") content[field.name] = outcome.text;
    else if (field.required === true) problem ??= missing(field.name, source);
  }
  const externalId = content[idFieldOf(record.kind)] ?? "";
  const left = content.type === "-";
  if (left || (record.derived === true && (externalId === "" || problem !== null))) return undefined;
  return { kind: record.kind, externalId, primary: record.derived !== true, content, problem };
}

/** Amounts in cents ask for the currency first. */
function inOrder(record: RecordMapping): readonly Field[] {
  return [...FIELDS[record.kind]].sort((a, b) => Number(a.type === "amount") - Number(b.type === "amount"));
}

type Read = { readonly text: string } | { readonly problem: RowProblem };

function readField(
  field: Field,
  source: FieldSource,
  cells: Readonly<Record<string, string>>,
  rules: RowRules,
  content: Readonly<Record<string, string>>,
): Read {
  const given = textOf(source, cells);
  if (given === "") return { text: "" };
  const word = source.values?.[given.toLowerCase()] ?? source.values?.[given];
  const text = word ?? given;
  const bad = (code: ImportProblemCode): Read => ({ problem: { field: field.name, value: given.slice(0, 200), code } });
  switch (field.type) {
    case "instant": {
      const date = readDate(text, rules.table.dayOrder ?? null);
      return date === undefined ? bad("no_date") : { text: date };
    }
    case "amount":
      return amount(text, source, rules, content, bad);
    case "email":
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? { text: text.toLowerCase() } : bad("no_email");
    case "currency":
      return parseCurrency(text.toUpperCase()) === undefined ? bad("no_currency") : { text: text.toUpperCase() };
    case "country":
      return country(text);
    case "partner_status":
    case "link_status":
    case "conversion_status": {
      const meaning = word ?? STATUS_WORDS[field.type][text.toLowerCase().replace(/[\s-]+/g, "_")];
      return meaning === undefined ? bad("no_status") : { text: meaning };
    }
    default:
      return { text: text.slice(0, field.length ?? 2000) };
  }
}

function amount(
  text: string,
  source: FieldSource,
  rules: RowRules,
  content: Readonly<Record<string, string>>,
  bad: (code: ImportProblemCode) => Read,
): Read {
  const read = readAmount(text, rules.table.decimal ?? null);
  if (read === undefined) return bad("no_amount");
  if (source.minor !== true) return { text: read };
  const currency = parseCurrency(content.currency ?? rules.mapping.currency ?? rules.currency);
  const whole = currency === undefined ? undefined : fromMinor(read, exponent(currency));
  return whole === undefined ? bad("no_whole_cents") : { text: whole };
}

/** Names of countries are many: what is no code of two letters is left out, it binds nothing. */
function country(text: string): Read {
  return { text: /^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : "" };
}

function missing(field: string, source: FieldSource | undefined): RowProblem {
  const columns = source?.columns.join(", ") ?? "";
  return columns === ""
    ? { field, value: "", code: "no_column" }
    : { field, value: "", code: "empty", details: { columns } };
}

/** The text of a field as the row gives it. Control characters are no part of any value. */
export function textOf(source: FieldSource, cells: Readonly<Record<string, string>>): string {
  const parts = source.columns.map((column) => clean(cells[column] ?? "")).filter((text) => text !== "");
  if (parts.length === 0) return source.value ?? "";
  return source.join === true ? parts.join(" ") : (parts[0] ?? "");
}

function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f]+/g, " ").trim();
}
