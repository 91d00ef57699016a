import type { ListEntry, Topic } from "../core/names.ts";
import { birthOf } from "./births.ts";
import { csvRows } from "./csv.ts";
import { finishEntry, type Gathered, gathered } from "./entry.ts";

/** OpenSanctions' targets.simple.csv (https://www.opensanctions.org/docs/bulk/csv/): several values of a cell are parted by semicolons. */
export async function* readSimpleCsv(chunks: AsyncIterable<string>, list: string): AsyncGenerator<ListEntry> {
  for await (const row of csvRows(chunks, { delimiter: "," })) {
    const many = (column: string) =>
      row
        .get(column)
        .split(";")
        .map((text) => text.trim())
        .filter((text) => text !== "");
    const party = gathered(list, row.get("id"), row.get("schema"));
    party.names.push(...[row.get("name"), ...many("aliases")].map((text) => ({ text, weak: false })));
    party.births.push(...many("birth_date").map((birth) => birthOf(birth)));
    party.countries.push(...many("countries"));
    party.identifiers.push(...many("identifiers"));
    party.programs.push(...many("program_ids"), ...(many("program_ids").length === 0 ? many("dataset") : []));
    party.topic = topicOf(`${row.get("topics")} ${row.get("dataset")}`, row.get("sanctions") !== "");
    party.remarks = row.get("sanctions");
    const entry = finishEntry(party);
    if (entry !== undefined) yield entry;
  }
}

/** names.txt: one name a line and nothing else. */
export async function* readNames(chunks: AsyncIterable<string>, list: string, topic: Topic): AsyncGenerator<ListEntry> {
  let line = 0;
  for await (const text of linesOf(chunks)) {
    line++;
    const party = gathered(list, `line-${line}`, "");
    party.names.push({ text, weak: false });
    party.topic = topic;
    const entry = finishEntry(party);
    if (entry !== undefined) yield entry;
  }
}

/** One JSON object a line: OpenSanctions' entities (targets.nested.json, entities.ftm.json) and its Senzing form; also one array of the former. */
export async function* readJsonEntities(chunks: AsyncIterable<string>, list: string): AsyncGenerator<ListEntry> {
  let whole = "";
  for await (const line of linesOf(chunks)) {
    const text = whole === "" ? line.trim() : line;
    if (whole !== "" || text === "[") {
      whole += `${text}\n`;
      continue;
    }
    if (text === "") continue;
    yield* entitiesOf(JSON.parse(text), list);
  }
  if (whole !== "") yield* entitiesOf(JSON.parse(whole), list);
}

type Properties = Readonly<Record<string, readonly unknown[] | undefined>>;

function* entitiesOf(value: unknown, list: string): Generator<ListEntry> {
  if (Array.isArray(value)) {
    for (const one of value) yield* entitiesOf(one, list);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const record = value as Readonly<Record<string, unknown>>;
  const party = "RECORD_ID" in record ? senzing(record, list) : entity(record, list);
  const entry = party && finishEntry(party);
  if (entry !== undefined) yield entry;
}

function entity(record: Readonly<Record<string, unknown>>, list: string): Gathered | undefined {
  const properties = (record.properties ?? {}) as Properties;
  const texts = (name: string) => (properties[name] ?? []).filter((one) => typeof one === "string");
  if (texts("name").length === 0) return undefined;
  const party = gathered(list, String(record.id ?? ""), String(record.schema ?? ""));
  for (const name of [...texts("name"), ...texts("alias"), ...texts("previousName")])
    party.names.push({ text: name, weak: false });
  for (const name of texts("weakAlias")) party.names.push({ text: name, weak: true });
  party.births.push(...texts("birthDate").map((birth) => birthOf(birth)));
  for (const name of ["nationality", "citizenship", "country", "jurisdiction"]) party.countries.push(...texts(name));
  for (const name of [
    "passportNumber",
    "idNumber",
    "taxNumber",
    "registrationNumber",
    "innCode",
    "imoNumber",
    "leiCode",
  ])
    party.identifiers.push(...texts(name));
  party.programs.push(...texts("program"));
  party.topic = topicOf(texts("topics").join(" "), false);
  return party;
}

function senzing(record: Readonly<Record<string, unknown>>, list: string): Gathered {
  const values = (group: string, ...names: readonly string[]) =>
    ((record[group] ?? []) as readonly Readonly<Record<string, unknown>>[]).flatMap((one) =>
      names.flatMap((name) => (typeof one[name] === "string" ? [one[name]] : [])),
    );
  const party = gathered(list, String(record.RECORD_ID), String(record.RECORD_TYPE ?? ""));
  for (const name of values("NAMES", "NAME_FULL", "NAME_ORG")) party.names.push({ text: name, weak: false });
  party.births.push(...values("DATES", "DATE_OF_BIRTH", "REGISTRATION_DATE").map((birth) => birthOf(birth)));
  party.countries.push(
    ...values("COUNTRIES", "NATIONALITY", "CITIZENSHIP", "COUNTRY_OF_ASSOCIATION", "REGISTRATION_COUNTRY"),
  );
  party.identifiers.push(
    ...values("IDENTIFIERS", "PASSPORT_NUMBER", "NATIONAL_ID_NUMBER", "TAX_ID_NUMBER", "LEI_NUMBER"),
  );
  party.topic = topicOf(values("RISKS", "TOPIC").join(" "), false);
  party.programs.push(String(record.DATA_SOURCE ?? ""));
  return party;
}

/** OpenSanctions' topics (https://www.opensanctions.org/docs/topics/) and names of data sets. */
export function topicOf(text: string, sanctioned: boolean): Topic {
  if (sanctioned || /sanction|debarment|terror/i.test(text)) return "sanction";
  return /pep|politic|congress|parliament|everypolitician|role\./i.test(text) ? "pep" : "watch";
}

async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split(/\r?\n/);
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
