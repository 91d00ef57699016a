import type { ListEntry } from "../core/names.ts";
import { birthOf } from "./births.ts";
import { finishEntry, type Gathered, gathered } from "./entry.ts";
import { descendants, nodesAt, textAt, type XmlNode, xmlRecords } from "./xml.ts";

/** The United Nations Security Council's consolidated list (https://scsanctions.un.org/resources/xml/en/consolidated.xml). */
export async function* readUn(chunks: AsyncIterable<string>, list: string): AsyncGenerator<ListEntry> {
  for await (const node of xmlRecords(chunks, new Set(["INDIVIDUAL", "ENTITY"]))) {
    const entry = finishEntry(partyOf(node, list));
    if (entry !== undefined) yield entry;
  }
}

const NAMES = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];

function partyOf(node: XmlNode, list: string): Gathered {
  const party = gathered(list, textAt(node, "REFERENCE_NUMBER") || textAt(node, "DATAID"), node.name);
  party.names.push({ text: NAMES.map((name) => textAt(node, name)).join(" "), weak: false });
  for (const alias of nodesAt(node, `${node.name}_ALIAS`)) {
    const weak = /^low/i.test(textAt(alias, "QUALITY"));
    // several aliases often stand in one element, parted by semicolons
    for (const text of textAt(alias, "ALIAS_NAME").split(";")) party.names.push({ text, weak });
  }
  for (const original of nodesAt(node, "NAME_ORIGINAL_SCRIPT")) party.names.push({ text: original.text, weak: false });
  for (const birth of nodesAt(node, "INDIVIDUAL_DATE_OF_BIRTH")) party.births.push(birthFrom(birth));
  const places = nodesAt(node, `${node.name}_ADDRESS`).flatMap((address) => nodesAt(address, "COUNTRY"));
  party.countries.push(...[...nodesAt(node, "NATIONALITY", "VALUE"), ...places].map(({ text }) => text));
  party.identifiers.push(...descendants(node, "NUMBER").map(({ text }) => text));
  party.programs.push(textAt(node, "UN_LIST_TYPE"));
  party.remarks = textAt(node, "COMMENTS1");
  return party;
}

function birthFrom(node: XmlNode): string | undefined {
  const [from, to] = [textAt(node, "FROM_YEAR"), textAt(node, "TO_YEAR")];
  if (from !== "" && to !== "") return `${from}/${to}`;
  const text = textAt(node, "DATE") || textAt(node, "YEAR");
  return text === "" ? undefined : birthOf(text);
}
