import { SaxesParser } from "saxes";
import { quoted, Unreadable } from "./trouble.ts";

/** An element with what is inside it; prefixes and namespaces are gone, only the local name is kept. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
  readonly line: number;
}

export interface XmlSink {
  /** Whether the element's children are handed out one by one (`took`) and not kept. */
  isStream(path: readonly string[]): boolean;
  /** a whole child of a streamed element, with the names above it */
  took(element: XmlElement, path: readonly string[]): void;
  opened?(path: readonly string[], element: XmlElement): void;
  closed?(path: readonly string[]): void;
}

const DEEPEST = 100;
const LONGEST_TEXT = 4 * 1024 * 1024;
const PIECE = 256 * 1024;

/**
 * Reads a document piece by piece and keeps no more of it than one child of a streamed element. Documents with a DOCTYPE are refused:
 * no bank's message has one, and entities are what attacks on XML readers are made of.
 */
export function readXml(bytes: Uint8Array, encoding: string, sink: XmlSink): void {
  const decoder = new TextDecoder(encoding);
  const parser = new SaxesParser();
  const reader = new TreeReader(parser, sink);
  parser.on("error", (error) => reader.broken(error));
  parser.on("doctype", () => reader.hostile());
  parser.on("opentag", (tag) => reader.open(tag.name, tag.attributes));
  parser.on("text", (text) => reader.text(text));
  parser.on("cdata", (text) => reader.text(text));
  parser.on("closetag", () => reader.close());
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
    // Some banks write blank lines before the declaration; XML does not allow it, and nothing is lost by forgiving it.
    parser.write(at === 0 ? piece.trimStart() : piece);
  }
  parser.write(decoder.decode());
  parser.close();
}

class TreeReader {
  readonly #parser: SaxesParser;
  readonly #sink: XmlSink;
  readonly #path: string[] = [];
  /** open elements that are kept; streamed ones stand here too, without their children */
  readonly #open: { element: XmlElement; streams: boolean }[] = [];

  constructor(parser: SaxesParser, sink: XmlSink) {
    this.#parser = parser;
    this.#sink = sink;
  }

  broken(error: Error): never {
    const cause = error.message.replace(/^\d+:\d+:\s*/, "").replace(/\.$/, "");
    const line = this.#parser.line;
    throw new Unreadable("broken", `Line ${line}: the XML cannot be read on: ${cause}.`, `line ${line}`);
  }

  hostile(): never {
    const line = this.#parser.line;
    const sentence = `Line ${line}: the document has a DOCTYPE, which no bank message has; entities are not resolved.`;
    throw new Unreadable("hostile", sentence, `line ${line}`);
  }

  open(name: string, attributes: Record<string, string>): void {
    if (this.#path.length >= DEEPEST) {
      const line = this.#parser.line;
      throw new Unreadable("hostile", `Line ${line}: elements are nested deeper than ${DEEPEST}.`, `line ${line}`);
    }
    const local = name.slice(name.indexOf(":") + 1);
    const element: XmlElement = { name: local, attributes, children: [], text: "", line: this.#parser.line };
    const above = this.#open.at(-1);
    if (above !== undefined && !above.streams) above.element.children.push(element);
    this.#path.push(local);
    const inside = above === undefined || above.streams;
    const streams = inside && this.#sink.isStream(this.#path);
    this.#open.push({ element, streams });
    if (streams) this.#sink.opened?.(this.#path, element);
  }

  text(text: string): void {
    const top = this.#open.at(-1);
    if (top === undefined || top.streams) return;
    if (top.element.text.length + text.length > LONGEST_TEXT) {
      const line = this.#parser.line;
      throw new Unreadable(
        "too_large",
        `Line ${line}: ${quoted(top.element.name)} holds more than 4 MB of text.`,
        `line ${line}`,
      );
    }
    top.element.text += text;
  }

  close(): void {
    const done = this.#open.pop();
    if (done === undefined) return;
    if (done.streams) this.#sink.closed?.(this.#path);
    else if (this.#open.at(-1)?.streams) this.#sink.took(done.element, this.#path);
    this.#path.pop();
  }
}

/** The first element at the end of a path of names. */
export function find(element: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined {
  let at = element;
  for (const name of names) at = at?.children.find((child) => child.name === name);
  return at;
}

/** Every child of a name. */
export function all(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The text at the end of a path, without blanks around it; nothing where it is empty. */
export function textAt(element: XmlElement | undefined, ...names: readonly string[]): string | undefined {
  const text = find(element, ...names)?.text.trim();
  return text === "" ? undefined : text;
}
