import type { ListEntry } from "../core/names.ts";
import { birthOf } from "./births.ts";
import { type CsvRow, csvRows } from "./csv.ts";
import { finishEntry, type Gathered, gathered } from "./entry.ts";
import { descendants, type XmlNode, xmlRecords } from "./xml.ts";

type Get = (...columns: readonly string[]) => string;

/** The family name is `Name 6`, given names are 1 to 5; both British lists write it so. */
const PARTS = ["Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6"];

/** OFSI's consolidated list (ConList.csv, a line "Last Updated" above the header) and the UK Sanctions List (a line "Report Date"). One row per name. */
export async function* readUkCsv(chunks: AsyncIterable<string>, list: string): AsyncGenerator<ListEntry> {
  const parties = new Map<string, Gathered>();
  for await (const row of csvRows(chunks, { delimiter: ",", skip: 1 }))
    addRow((...columns) => row.get(...columns), parties, list, row);
  yield* finished(parties);
}

/** OFSI's ConList.xml: the same rows as elements. */
export async function* readOfsiXml(chunks: AsyncIterable<string>, list: string): AsyncGenerator<ListEntry> {
  const parties = new Map<string, Gathered>();
  for await (const node of xmlRecords(chunks, new Set(["FinancialSanctionsTarget"]))) {
    const cells = new Map(
      node.children.map((child) => [
        child.name.toLowerCase().replace(/^(?:individual|entity|ship)_/, ""),
        child.text.trim(),
      ]),
    );
    const get: Get = (...columns) =>
      columns
        .map((column) => cells.get(column.toLowerCase().replace(/[^a-z0-9]/g, "")) ?? "")
        .find((text) => text !== "") ?? "";
    addRow(get, parties, list);
  }
  yield* finished(parties);
}

function addRow(get: Get, parties: Map<string, Gathered>, list: string, row?: CsvRow): void {
  const id = get("Unique ID", "Group ID", "GroupID");
  if (id === "") return;
  const kind = get("Designation Type", "Group Type", "GroupTypeDescription");
  const party = parties.get(id) ?? gathered(list, id, kind);
  parties.set(id, party);
  const weak = /low/i.test(get("Alias strength", "Alias Quality"));
  const name = { text: PARTS.map((part) => get(part)).join(" "), weak };
  if (/^primary name$/i.test(get("Name type", "Alias Type"))) party.names.unshift(name);
  else party.names.push(name);
  party.names.push({ text: get("Name non-latin script", "NameNonLatinScript"), weak: false });
  for (const birth of get("D.O.B", "DOB", "DateOfBirth").split("|"))
    if (birth !== "") party.births.push(birthOf(birth));
  for (const column of [
    "Nationality(/ies)",
    "Nationality",
    "Address Country",
    "Country",
    "Current believed flag of ship",
  ])
    party.countries.push(...get(column).split(/\||\(\d+\)/));
  for (const column of [
    "Passport number",
    "PassportNumber",
    "National Identifier number",
    "National Identification Number",
    "NationalIdentificationNumber",
    "Business registration number (s)",
    "BusinessRegNumber",
    "IMO number",
    "IMONumber",
  ])
    party.identifiers.push(...get(column).split(/\||\(\d+\)/));
  party.programs.push(get("Regime Name", "Regime", "RegimeName"));
  party.remarks ??= row?.get("Other Information") ?? get("OtherInformation");
}

/** The UK Sanctions List as XML (root `Designations`). */
export async function* readUkXml(chunks: AsyncIterable<string>, list: string): AsyncGenerator<ListEntry> {
  for await (const node of xmlRecords(chunks, new Set(["Designation"]))) {
    const entry = finishEntry(designation(node, list));
    if (entry !== undefined) yield entry;
  }
}

function designation(node: XmlNode, list: string): Gathered {
  const texts = (name: string) => descendants(node, name).map(({ text }) => text.trim());
  const party = gathered(list, texts("UniqueID")[0] ?? "", texts("IndividualEntityShip")[0] ?? "");
  for (const name of descendants(node, "Name")) {
    const part = (of: string) => descendants(name, of)[0]?.text.trim() ?? "";
    const text = PARTS.map((column) => part(column.replace(" ", ""))).join(" ");
    const listed = { text, weak: /low/i.test(part("AliasStrength")) };
    if (/^primary/i.test(part("NameType"))) party.names.unshift(listed);
    else party.names.push(listed);
  }
  for (const text of texts("NameNonLatinScript")) party.names.push({ text, weak: false });
  party.births.push(...texts("DOB").map((birth) => birthOf(birth)));
  party.countries.push(...texts("Nationality"), ...texts("AddressCountry"));
  for (const column of ["PassportNumber", "NationalIdentifierNumber", "BusinessRegistrationNumber", "IMONumber"])
    party.identifiers.push(...texts(column));
  party.programs.push(...texts("RegimeName"));
  party.remarks = texts("OtherInformation")[0] ?? "";
  return party;
}

function* finished(parties: ReadonlyMap<string, Gathered>): Generator<ListEntry> {
  for (const party of parties.values()) {
    const entry = finishEntry(party);
    if (entry !== undefined) yield entry;
  }
}
