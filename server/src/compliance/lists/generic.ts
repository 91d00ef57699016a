import type { ListEntry, Topic } from "../core/names.ts";
import { birthOf } from "./births.ts";
import { type CsvRow, csvRows } from "./csv.ts";
import { finishEntry, type Gathered, gathered } from "./entry.ts";

const NAME = [
  "name",
  "full_name",
  "whole_name",
  "primary_name",
  "listed_name",
  "entity_name",
  "company_name",
  "name2",
  "nombre",
  "caption",
  "title_name",
];
const FIRST = ["first_name", "firstname", "given_name", "given_names", "forename"];
const MIDDLE = ["middle_name", "middlename", "second_name"];
const LAST = ["last_name", "lastname", "surname", "family_name"];
const ALIASES = [
  "aliases",
  "alias",
  "alt_names",
  "aka",
  "also_known_as",
  "other_names",
  "names",
  "alternative_names",
  "weak_aliases",
];
const BIRTHS = ["dob", "date_of_birth", "birth_date", "birthdate", "dates_of_birth", "born", "year_of_birth", "date"];
const COUNTRIES = [
  "country",
  "countries",
  "nationality",
  "nationalities",
  "citizenship",
  "citizenships",
  "residence",
  "jurisdiction",
];
const NUMBERS = [
  "identifiers",
  "ids",
  "passport",
  "passport_number",
  "id_number",
  "national_id",
  "tax_id",
  "registration_number",
  "number",
  "imo",
];
const IDS = [
  "id",
  "uid",
  "entry_id",
  "entity_number",
  "reference",
  "reference_number",
  "tracking_number",
  "record_id",
  "ent_num",
  "group_id",
];
const KINDS = ["kind", "type", "schema", "entity_type", "subject_type", "sdn_type"];

/**
 * Any CSV that has a column of names: bank's own lists, the US Consolidated Screening List, the BIS denied persons, FinCEN's 314(a).
 * Rows of one id are one party. Several aliases, dates and countries of a cell are parted by `;` or `|`.
 */
export async function* readGeneric(
  chunks: AsyncIterable<string>,
  list: string,
  delimiter: string,
  topic: Topic | undefined,
): AsyncGenerator<ListEntry> {
  const parties = new Map<string, Gathered>();
  for await (const row of csvRows(chunks, { delimiter })) {
    const id = row.get(...IDS) || `line-${row.line}`;
    const party = parties.get(id) ?? gathered(list, id, row.get(...KINDS));
    parties.set(id, party);
    addRow(row, party, topic);
  }
  for (const party of parties.values()) {
    const entry = finishEntry(party);
    if (entry !== undefined) yield entry;
  }
}

const many = (text: string) => text.split(/[;|]/).map((part) => part.trim());

function addRow(row: CsvRow, party: Gathered, topic: Topic | undefined): void {
  const parts = (prefix: string) =>
    [FIRST, MIDDLE, LAST]
      .map((columns) => row.get(...columns.map((column) => prefix + column)))
      .join(" ")
      .trim();
  const primary = row.get(...NAME) || parts("");
  party.names.push({ text: primary, weak: false });
  for (const alias of [
    ...ALIASES.flatMap((column) => (column === "weak_aliases" ? [] : many(row.get(column)))),
    parts("alias_"),
  ])
    party.names.push({ text: alias, weak: false });
  for (const alias of many(row.get("weak_aliases"))) party.names.push({ text: alias, weak: true });
  for (const birth of many(row.get(...BIRTHS))) if (birth !== "") party.births.push(birthOf(birth));
  for (const column of COUNTRIES) party.countries.push(...many(row.get(column)));
  for (const column of NUMBERS)
    party.identifiers.push(...many(row.get(column)).filter((number) => /\d/.test(number) && number.length < 30));
  party.programs.push(...many(row.get("programs", "program", "regime", "source", "standard_order")));
  const says = row.get("topic", "topics", "category");
  const own = /pep|politic/i.test(says)
    ? "pep"
    : /sanction/i.test(says)
      ? "sanction"
      : /watch/i.test(says)
        ? "watch"
        : undefined;
  party.topic = own ?? topic ?? "sanction";
  party.remarks ??= row.get("remarks", "notes", "comments", "reason");
}

/** Whether a header has a column that holds names. */
export function hasNames(columns: ReadonlySet<string>): boolean {
  const plain = (name: string) => name.replace(/_/g, "");
  return [...NAME, ...LAST].some((name) => columns.has(plain(name)));
}
