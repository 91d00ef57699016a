import type { ListEntry } from "../core/names.ts";
import { birthOf } from "./births.ts";
import { finishEntry, type Gathered, gathered } from "./entry.ts";
import { descendants, nodesAt, textAt, type XmlNode, xmlRecords } from "./xml.ts";

interface Reference {
  /** id of a sub type → "Individual", "Entity", "Vessel", "Aircraft" */
  readonly kinds: Map<string, { readonly text: string; readonly type: string }>;
  readonly partyTypes: Map<string, string>;
  readonly countries: Map<string, string>;
  readonly features: Map<string, string>;
  /** place → country ids */
  readonly locations: Map<string, string[]>;
  /** identity → numbers */
  readonly documents: Map<string, string[]>;
}

const RECORDS = new Set([
  "PartyType",
  "PartySubType",
  "Country",
  "FeatureType",
  "Location",
  "IDRegDocument",
  "DistinctParty",
  "SanctionsEntry",
]);

/**
 * OFAC's SDN_ADVANCED.XML and CONS_ADVANCED.XML (the Advanced Sanctions Data Model). Names, dates and documents stand apart and name each
 * other by number; programs come last, so that entries are given when all has been read.
 */
export async function* readOfacAdvanced(chunks: AsyncIterable<string>, list: string): AsyncGenerator<ListEntry> {
  const reference: Reference = {
    kinds: new Map(),
    partyTypes: new Map(),
    countries: new Map(),
    features: new Map(),
    locations: new Map(),
    documents: new Map(),
  };
  const parties = new Map<string, Gathered>();
  for await (const node of xmlRecords(chunks, RECORDS)) {
    if (node.name === "DistinctParty")
      for (const profile of nodesAt(node, "Profile")) addParty(profile, node, reference, parties, list);
    else if (node.name === "SanctionsEntry") addPrograms(node, parties);
    else addReference(node, reference);
  }
  for (const party of parties.values()) {
    const entry = finishEntry(party);
    if (entry !== undefined) yield entry;
  }
}

function addReference(node: XmlNode, reference: Reference): void {
  const { ID: id = "", ...attributes } = node.attributes;
  const text = node.text.trim();
  if (node.name === "PartyType") reference.partyTypes.set(id, text);
  else if (node.name === "PartySubType") reference.kinds.set(id, { text, type: attributes.PartyTypeID ?? "" });
  else if (node.name === "Country") reference.countries.set(id, attributes.ISO2 ?? text);
  else if (node.name === "FeatureType") reference.features.set(id, text);
  else if (node.name === "Location")
    reference.locations.set(
      id,
      nodesAt(node, "LocationCountry").map((country) => country.attributes.CountryID ?? ""),
    );
  else if (node.name === "IDRegDocument") {
    const identity = attributes.IdentityID ?? "";
    const numbers = nodesAt(node, "IDRegistrationNo").map((number) => number.text);
    reference.documents.set(identity, [...(reference.documents.get(identity) ?? []), ...numbers]);
  }
}

function addParty(
  profile: XmlNode,
  party: XmlNode,
  reference: Reference,
  parties: Map<string, Gathered>,
  list: string,
): void {
  const id = party.attributes.FixedRef ?? profile.attributes.ID ?? "";
  const entry = gathered(list, id, kindOf(profile.attributes.PartySubTypeID ?? "", reference));
  for (const identity of nodesAt(profile, "Identity")) {
    const aliases = [...nodesAt(identity, "Alias")].sort(
      (one, other) => Number(isPrimary(other)) - Number(isPrimary(one)),
    );
    for (const alias of aliases)
      for (const name of nodesAt(alias, "DocumentedName")) {
        const parts = descendants(name, "NamePartValue").map(({ text }) => text.trim());
        entry.names.push({ text: parts.join(" "), weak: alias.attributes.LowQuality === "true" });
      }
    entry.identifiers.push(...(reference.documents.get(identity.attributes.ID ?? "") ?? []));
  }
  for (const feature of nodesAt(profile, "Feature")) addFeature(feature, reference, entry);
  entry.remarks = nodesAt(party, "Comment")[0]?.text.trim() ?? "";
  parties.set(profile.attributes.ID ?? id, entry);
}

/** Types stand behind the sub types in the file, so that they are put together here. */
function kindOf(subType: string, { kinds, partyTypes }: Reference): string {
  const kind = kinds.get(subType);
  if (kind === undefined) return "";
  return /vessel|aircraft/i.test(kind.text) ? kind.text : (partyTypes.get(kind.type) ?? kind.text);
}

const isPrimary = (alias: XmlNode) => alias.attributes.Primary === "true";

function addFeature(feature: XmlNode, reference: Reference, entry: Gathered): void {
  const what = reference.features.get(feature.attributes.FeatureTypeID ?? "") ?? "";
  if (/birthdate/i.test(what))
    for (const period of descendants(feature, "DatePeriod")) entry.births.push(periodOf(period));
  const detail = descendants(feature, "VersionDetail").map(({ text }) => text.trim());
  if (/registration|imo|mmsi|tail|number|swift|lei/i.test(what)) entry.identifiers.push(...detail);
  for (const place of descendants(feature, "VersionLocation"))
    for (const country of reference.locations.get(place.attributes.LocationID ?? "") ?? [])
      if (!/birth/i.test(what)) entry.countries.push(reference.countries.get(country) ?? "");
}

function periodOf(period: XmlNode): string | undefined {
  const date = (node: XmlNode | undefined) =>
    node === undefined ? "" : ["Year", "Month", "Day"].map((part) => textAt(node, part).padStart(2, "0")).join("-");
  const [from, to] = [date(nodesAt(period, "Start", "From")[0]), date(nodesAt(period, "End", "To")[0])];
  if (from === "") return undefined;
  if (to === "" || from === to) return birthOf(from);
  const years = [from.slice(0, 4), to.slice(0, 4)];
  return years[0] === years[1] ? years[0] : years.join("/");
}

function addPrograms(node: XmlNode, parties: Map<string, Gathered>): void {
  const party = parties.get(node.attributes.ProfileID ?? "");
  for (const measure of nodesAt(node, "SanctionsMeasure")) party?.programs.push(textAt(measure, "Comment"));
}
