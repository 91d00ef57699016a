import type { ListEntry } from "../core/names.ts";
import { birthOf } from "./births.ts";
import { csvRows } from "./csv.ts";
import { finishEntry, type Gathered, gathered } from "./entry.ts";

/** OFAC's four delimited files belong together: the parties, their aliases, their addresses, and remarks that did not fit. */
export interface OfacFiles {
  readonly parties: AsyncIterable<string>;
  readonly aliases?: AsyncIterable<string>;
  readonly addresses?: AsyncIterable<string>;
  readonly comments?: AsyncIterable<string>;
  readonly delimiter: string;
}

const given = (text: string | undefined) => ((text ?? "").trim().startsWith("-0-") ? "" : (text ?? "").trim());

/** SDN.CSV/CONS_PRIM.CSV with ALT, ADD and COMMENTS, also as .DEL and .PIP (https://ofac.treasury.gov/sdn-list-data-formats-data-schemas). */
export async function* readOfacDelimited(files: OfacFiles, list: string): AsyncGenerator<ListEntry> {
  const parties = new Map<string, Gathered>();
  const rows = (chunks: AsyncIterable<string>) => csvRows(chunks, { delimiter: files.delimiter, headless: true });
  const remarks = new Map<string, string>();
  for await (const { cells } of rows(files.parties)) {
    const id = given(cells[0]);
    if (!/^\d+$/.test(id)) continue;
    const party = gathered(list, id, given(cells[2]) || "entity");
    party.names.push({ text: given(cells[1]), weak: false });
    party.programs.push(...given(cells[3]).split(/[\][;]+/));
    party.countries.push(given(cells[9]));
    remarks.set(id, given(cells[11]));
    parties.set(id, party);
  }
  if (files.comments !== undefined)
    for await (const { cells } of rows(files.comments)) {
      const id = given(cells[0]);
      remarks.set(id, `${remarks.get(id) ?? ""}${given(cells[1])}`);
    }
  if (files.aliases !== undefined)
    for await (const { cells } of rows(files.aliases))
      parties.get(given(cells[0]))?.names.push({ text: given(cells[3]), weak: false });
  if (files.addresses !== undefined)
    for await (const { cells } of rows(files.addresses)) parties.get(given(cells[0]))?.countries.push(given(cells[4]));
  for (const [id, party] of parties) {
    readRemarks(remarks.get(id) ?? "", party);
    const entry = finishEntry(party);
    if (entry !== undefined) yield entry;
  }
}

const DOCUMENT =
  /^(?:alt\. )?(?:passport|ssn|national id|tax id|identification number|cedula|nit|rfc|c\.u\.r\.p|registration (?:id|number)|company number|uk company number|business registration|vessel registration identification imo|d-u-n-s|legal entity number|swift|matricula|driver'?s license|d\.n\.i|r\.u\.c|kenyan id|bosnian personal id|stateless person id|residency number|travel document|personal id|v\.a\.t|tax id no)[^0-9a-z]*(?:no\.|number|imo|#)?\s*([\p{L}\p{N}][\p{L}\p{N}\s./-]{3,30})/iu;

/** "DOB 28 Jul 1963; nationality Iran; Passport A123 (Iran); a.k.a. 'HESA'." */
function readRemarks(text: string, party: Gathered): void {
  party.remarks = text;
  for (const part of text.split(";").map((one) => one.trim().replace(/\.$/, ""))) {
    const birth = /^(?:alt\. )?DOB (.+)$/i.exec(part)?.[1];
    const country = /^(?:alt\. )?(?:nationality|citizen) (.+)$/i.exec(part)?.[1];
    const weak = /^(?:alt\. )?a\.k\.a\. '(.+)'$/i.exec(part)?.[1];
    if (birth !== undefined) party.births.push(birthOf(birth));
    else if (country !== undefined) party.countries.push(country);
    else if (weak !== undefined) party.names.push({ text: weak, weak: true });
    else {
      const number = DOCUMENT.exec(part)?.[1];
      const issuer = /\(([^)]+)\)/.exec(part)?.[1];
      if (number !== undefined && /\d/.test(number)) party.identifiers.push(number);
      if (number !== undefined && issuer !== undefined) party.countries.push(issuer);
    }
  }
}
