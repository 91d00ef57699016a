import { quoted, Unreadable } from "../trouble.ts";
import type { XmlElement } from "../xml.ts";

const DEEPEST = 60;
const TOKEN = /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<(!?\??\/?)([A-Za-z][\w.:-]*)([^<>]*)>/g;

/**
 * Values that OFX defines as texts. With them an opening tag without text and without an end is an empty value; every other one is an
 * aggregate. OFX 1.x is SGML: the ends of values may be missing, and the files of banks leave out ends of aggregates too.
 */
const VALUES = new Set(
  `CODE SEVERITY MESSAGE DTSERVER LANGUAGE ORG FID INTU.BID INTU.USERID TRNUID CLTCOOKIE CURDEF BANKID BRANCHID ACCTID ACCTTYPE ACCTKEY
  DTSTART DTEND TRNTYPE DTPOSTED DTUSER DTAVAIL TRNAMT FITID CORRECTFITID CORRECTACTION SRVRTID CHECKNUM REFNUM SIC PAYEEID NAME EXTDNAME
  MEMO MEMO2 CURRATE CURSYM BALAMT DTASOF MKTGINFO BROKERID VALUEDATE CATEGORY ACCTBAL TRANSACTIONSPLIT SUBACCTFUND SUBACCTSEC UNIQUEID
  UNIQUEIDTYPE UNITS UNITPRICE TOTAL DTTRADE DTSETTLE ADDR1 ADDR2 ADDR3 CITY STATE POSTALCODE COUNTRY PHONE SESSCOOKIE DTPROFUP DTACCTUP
  IMAGEREF DTEXPIRE INV401KSOURCE SPNAME SPCODE PURPOSE DESC VALUE BALTYPE AVAILCASH MARGINBALANCE SHORTBALANCE BUYPOWER`.split(
    /\s+/,
  ),
);

/** Elements that cannot stand in their own kind: a second one ends the first. */
const ALONE = new Set([
  "STMTTRN",
  "STMTTRNP",
  "STMTTRNRS",
  "CCSTMTTRNRS",
  "INVSTMTTRNRS",
  "LEDGERBAL",
  "AVAILBAL",
  "BANKTRANLIST",
]);

/** The tree below `<OFX>`, of SGML and XML alike. */
export function ofxTree(text: string): XmlElement {
  const start = /<OFX[\s>]/i.exec(text);
  if (start === null) throw new Unreadable("broken", "The file begins like OFX, but has no <OFX> element.");
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text))
    throw new Unreadable(
      "hostile",
      "The OFX file declares a document type, which no bank's file has; entities are not resolved.",
    );
  return new Builder(text, start.index).build();
}

class Builder {
  readonly #text: string;
  readonly #from: number;
  readonly #root: XmlElement;
  readonly #open: XmlElement[];
  #line = 0;
  /** where the line with the number `#line` ends */
  #lineEnd = -1;

  constructor(text: string, from: number) {
    this.#text = text;
    this.#from = from;
    this.#root = element("", 1);
    this.#open = [this.#root];
  }

  build(): XmlElement {
    TOKEN.lastIndex = this.#from;
    const tokens = new RegExp(TOKEN.source, "g");
    tokens.lastIndex = this.#from;
    let after = this.#from;
    for (let match = tokens.exec(this.#text); match !== null; match = tokens.exec(this.#text)) {
      this.#value(this.#text.slice(after, match.index));
      after = tokens.lastIndex;
      this.#token(match);
    }
    this.#value(this.#text.slice(after));
    while (this.#open.length > 1) this.#close();
    return this.#root.children.find((child) => child.name === "OFX") ?? this.#root;
  }

  #token(match: RegExpExecArray): void {
    const [all, data, mark = "", written = "", rest = ""] = match;
    if (all.startsWith("<!--") || mark.startsWith("!") || mark.startsWith("?")) return;
    if (data !== undefined) {
      this.#append(data);
      return;
    }
    const name = written.toUpperCase();
    if (mark === "/") this.#end(name);
    else this.#begin(name, match.index, rest.trimEnd().endsWith("/"));
  }

  #begin(name: string, index: number, empty: boolean): void {
    const top = this.#open.at(-1);
    // A value that is still open had no end of its own.
    if (top !== undefined && (VALUES.has(top.name) || top.text !== "")) this.#close();
    const same = this.#open.findLastIndex((one) => one.name === name);
    if (ALONE.has(name) && same > 0) while (this.#open.length > same) this.#close();
    if (this.#open.length > DEEPEST) {
      const line = this.#lineOf(index);
      throw new Unreadable("hostile", `Line ${line}: elements are nested deeper than ${DEEPEST}.`, `line ${line}`);
    }
    const child = element(name, this.#lineOf(index));
    this.#open.at(-1)?.children.push(child);
    if (!empty) this.#open.push(child);
  }

  #end(name: string): void {
    const at = this.#open.findLastIndex((one) => one.name === name);
    // An end without a beginning is let go.
    if (at > 0) while (this.#open.length > at) this.#close();
  }

  #close(): void {
    this.#open.pop();
  }

  #value(text: string): void {
    if (text.trim() !== "") this.#append(decoded(text.trim()));
  }

  #append(text: string): void {
    const top = this.#open.at(-1);
    if (top !== undefined && top !== this.#root) top.text += text;
  }

  /** Lines are counted on the way: the tokens come in order. Some files are one line, which is searched once only. */
  #lineOf(index: number): number {
    while (this.#lineEnd < index) {
      const end = this.#text.indexOf("\n", this.#lineEnd + 1);
      this.#lineEnd = end < 0 ? this.#text.length : end;
      this.#line += 1;
    }
    return this.#line;
  }
}

function element(name: string, line: number): XmlElement {
  return { name, attributes: {}, children: [], text: "", line };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** The five entities of XML, `&nbsp;` and numbers; whatever else begins with an ampersand is text. */
function decoded(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi,
    (all, decimal: string, hex: string, name: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all;
      const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : all;
    },
  );
}

/** Every element of a name below, however deep: where an aggregate has no end, its neighbors stand inside it. */
export function below(top: XmlElement, name: string): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const left = [...top.children].reverse();
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    if (one.name === name) found.push(one);
    for (let at = one.children.length - 1; at >= 0; at -= 1) left.push(one.children[at] as XmlElement);
  }
  return found;
}

export function valueBelow(top: XmlElement | undefined, name: string): string | undefined {
  if (top === undefined) return undefined;
  const text = below(top, name)[0]?.text.trim();
  return text === "" ? undefined : text;
}

/** For sentences: `TRNAMT "12..5"`. */
export function named(one: XmlElement | undefined, name: string): string {
  return one === undefined ? `${name} is missing` : `${name} is ${quoted(one.text)}`;
}
