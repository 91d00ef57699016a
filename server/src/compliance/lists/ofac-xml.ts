import type { ListEntry } from "../core/names.ts";
import { birthOf } from "./births.ts";
import { finishEntry, gathered } from "./entry.ts";
import { nodesAt, textAt, type XmlNode, xmlRecords } from "./xml.ts";

/** Numbers of the basic format that are no numbers of a document. */
const NO_DOCUMENT =
  /^(?:gender|secondary sanctions|additional sanctions|linked to|nationality of|website|email|organization (?:type|established)|executive order|transactions prohibited|target type|effective date|ifca|digital currency|phone|fax|vessel year|vessel type|title|listing date|caatsa|effective|for more)/i;

/** OFAC's SDN.XML and CONSOLIDATED.XML (schema sdnList: https://ofac.treasury.gov/sdn-list-data-formats-data-schemas). */
export async function* readOfacXml(chunks: AsyncIterable<string>, list: string): AsyncGenerator<ListEntry> {
  for await (const node of xmlRecords(chunks, new Set(["sdnEntry"]))) {
    const entry = finishEntry(partyOf(node, list));
    if (entry !== undefined) yield entry;
  }
}

function partyOf(node: XmlNode, list: string) {
  const type = textAt(node, "sdnType");
  const party = gathered(list, textAt(node, "uid"), type);
  const nameOf = (of: XmlNode) => `${textAt(of, "firstName")} ${textAt(of, "lastName")}`;
  party.names.push({ text: nameOf(node), weak: false });
  for (const alias of nodesAt(node, "akaList", "aka"))
    party.names.push({ text: nameOf(alias), weak: textAt(alias, "category").toLowerCase() === "weak" });
  for (const birth of nodesAt(node, "dateOfBirthList", "dateOfBirthItem"))
    party.births.push(birthOf(textAt(birth, "dateOfBirth")));
  const countries = [
    ...nodesAt(node, "nationalityList", "nationality", "country"),
    ...nodesAt(node, "citizenshipList", "citizenship", "country"),
    ...nodesAt(node, "addressList", "address", "country"),
  ];
  party.countries.push(...countries.map(({ text }) => text));
  for (const id of nodesAt(node, "idList", "id"))
    if (!NO_DOCUMENT.test(textAt(id, "idType"))) party.identifiers.push(textAt(id, "idNumber"));
  party.programs.push(...nodesAt(node, "programList", "program").map(({ text }) => text));
  party.remarks = textAt(node, "remarks");
  return party;
}
