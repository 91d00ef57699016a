import { SaxesParser } from "saxes";

/** An element as it was read: its name without prefix, its text, what is inside. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface Open {
  name: string;
  namespace: string;
  attributes: Record<string, string>;
  text: string;
  children: Open[];
}

const MOST_BYTES = 200_000_000;
const MOST_DEPTH = 60;

/**
 * The document as a tree, or one sentence why it is none. A document type is refused before anything is expanded (no entities from
 * outside, no billion laughs); nesting is limited. Letters that are no letters of XML, half documents and wrong tags are refused.
 */
export function readXml(bytes: Uint8Array): XmlElement | { readonly refused: string } {
  if (bytes.length > MOST_BYTES) return { refused: `it is larger than ${MOST_BYTES} bytes` };
  const text = xmlText(bytes);
  if (text === undefined) return { refused: "its letters are not in the encoding that it names" };
  const parser = new SaxesParser({ xmlns: false, position: true });
  const stack: Open[] = [];
  let root: Open | undefined;
  let refused: string | undefined;
  const refuse = (why: string) => {
    refused ??= why;
  };
  parser.on("error", (error) => refuse(`it is not well-formed (${error.message})`));
  parser.on("doctype", () => refuse("it declares a document type, which payment messages do not have"));
  parser.on("opentag", (tag) => {
    if (stack.length >= MOST_DEPTH) refuse(`it is nested deeper than ${MOST_DEPTH} levels`);
    const attributes = tag.attributes as Record<string, string>;
    const [prefix, local] = tag.name.includes(":") ? tag.name.split(":") : ["", tag.name];
    const namespace = attributes[prefix === "" ? "xmlns" : `xmlns:${prefix}`] ?? "";
    const element: Open = { name: local ?? "", namespace, attributes, text: "", children: [] };
    if (refused === undefined) stack.at(-1)?.children.push(element);
    root ??= element;
    stack.push(element);
  });
  const take = (piece: string) => {
    const open = stack.at(-1);
    if (open !== undefined) open.text += piece;
  };
  parser.on("text", take);
  parser.on("cdata", take);
  parser.on("closetag", () => {
    const closed = stack.pop();
    if (closed !== undefined) closed.text = closed.children.length > 0 ? "" : closed.text.trim();
  });
  try {
    parser.write(text).close();
  } catch (error) {
    refuse(`it is not well-formed (${(error as Error).message})`);
  }
  if (refused !== undefined) return { refused };
  return root ?? { refused: "it is empty" };
}

/** UTF-8 unless the declaration names Latin-1 (or Windows-1252), or a mark says UTF-16. */
function xmlText(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder("latin1").decode(bytes.slice(0, 200));
  const named = /encoding=["']([A-Za-z0-9._-]+)["']/.exec(start)?.[1]?.toLowerCase() ?? "utf-8";
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = utf16 ? (bytes[0] === 0xff ? "utf-16le" : "utf-16be") : named;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((one) => one.name === name);
}

/** Down a path of names, the first of each. */
export function at(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((here, name) => child(here, name), element);
}

export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  const text = at(element, ...path)?.text;
  return text === undefined || text === "" ? undefined : text;
}

export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((one) => one.name === name) ?? [];
}
