import type { ListEntry } from "../core/names.ts";
import { birthOf } from "./births.ts";
import { type CsvRow, csvRows } from "./csv.ts";
import { finishEntry, type Gathered, gathered } from "./entry.ts";
import { nodesAt, type XmlNode, xmlRecords } from "./xml.ts";

/** The European Union's consolidated list of financial sanctions as XML (full file 1.1; root element `export`). */
export async function* readEuXml(chunks: AsyncIterable<string>, list: string): AsyncGenerator<ListEntry> {
  for await (const node of xmlRecords(chunks, new Set(["sanctionEntity"]))) {
    const entry = finishEntry(partyOf(node, list));
    if (entry !== undefined) yield entry;
  }
}

const attribute = (node: XmlNode | undefined, name: string) => node?.attributes[name]?.trim() ?? "";

function partyOf(node: XmlNode, list: string): Gathered {
  const type = nodesAt(node, "subjectType")[0];
  const party = gathered(
    list,
    attribute(node, "logicalId") || attribute(node, "euReferenceNumber"),
    attribute(type, "classificationCode"),
  );
  for (const name of nodesAt(node, "nameAlias")) {
    const parts = ["firstName", "middleName", "lastName"].map((part) => attribute(name, part)).join(" ");
    party.names.push({ text: attribute(name, "wholeName") || parts, weak: attribute(name, "strong") === "false" });
  }
  for (const birth of nodesAt(node, "birthdate")) {
    const range = [attribute(birth, "yearRangeFrom"), attribute(birth, "yearRangeTo")]
      .filter((year) => year !== "")
      .join("/");
    party.births.push(birthOf(attribute(birth, "birthdate") || range || attribute(birth, "year")));
  }
  for (const place of [...nodesAt(node, "citizenship"), ...nodesAt(node, "address")])
    party.countries.push(attribute(place, "countryIso2Code"));
  for (const document of nodesAt(node, "identification")) {
    const number = attribute(document, "number");
    // prose stands in the numbers of kind "other" and of registrations
    if (/\d/.test(number) && number.length < 40 && attribute(document, "identificationTypeCode") !== "other")
      party.identifiers.push(number);
  }
  for (const regulation of nodesAt(node, "regulation")) party.programs.push(attribute(regulation, "programme"));
  party.remarks = nodesAt(node, "remark")
    .map(({ text }) => text.trim())
    .join("; ");
  return party;
}

/** The same list as CSV (semicolons; one row for each name, address, birth and document), in its present and its former columns. */
export async function* readEuCsv(chunks: AsyncIterable<string>, list: string): AsyncGenerator<ListEntry> {
  const parties = new Map<string, Gathered>();
  for await (const row of csvRows(chunks, { delimiter: ";" })) {
    const id = row.get("Entity_LogicalId", "Entity_id", "Leba_entity_id");
    if (id === "") continue;
    const kind = row.get("Entity_SubjectType_ClassificationCode", "Entity_SubjectType", "Subject_type");
    const party = parties.get(id) ?? gathered(list, id, kind);
    parties.set(id, party);
    addRow(row, party);
  }
  for (const party of parties.values()) {
    const entry = finishEntry(party);
    if (entry !== undefined) yield entry;
  }
}

function addRow(row: CsvRow, party: Gathered): void {
  const parts = [
    row.get("NameAlias_FirstName", "Naal_firstname"),
    row.get("NameAlias_MiddleName", "Naal_middlename"),
    row.get("NameAlias_LastName", "Naal_lastname"),
  ];
  party.names.push({
    text: row.get("NameAlias_WholeName", "Naal_wholename") || parts.join(" "),
    weak: row.get("NameAlias_Strong").toLowerCase() === "false",
  });
  const birth = row.get("BirthDate_BirthDate", "BirthDate_Year", "Birt_date", "Birt_year");
  if (birth !== "") party.births.push(birthOf(birth));
  for (const column of ["Citizenship_CountryIso2Code", "Address_CountryIso2Code", "Citi_country", "Addr_country"])
    party.countries.push(row.get(column));
  const number = row.get("Identification_Number", "Iden_number");
  if (number.length < 40) party.identifiers.push(number);
  party.programs.push(row.get("Entity_Regulation_Programme", "Programme"));
  party.remarks ??= row.get("Entity_Remark", "Entity_remark");
}
