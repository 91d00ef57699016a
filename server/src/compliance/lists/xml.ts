import { SaxesParser } from "saxes";

/** One element with all that it holds. Names are without their prefix. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

interface Open {
  name: string;
  attributes: Record<string, string>;
  children: XmlNode[];
  text: string;
}

const DEEPEST = 40;

/**
 * The elements of these names, one after the other, each as a small tree: lists of a hundred megabytes are read without holding them.
 * Entities that a document declares are never resolved. @throws Error where it is not well formed
 */
export async function* xmlRecords(chunks: AsyncIterable<string>, wanted: ReadonlySet<string>): AsyncGenerator<XmlNode> {
  const ready: XmlNode[] = [];
  const open: Open[] = [];
  let depth = 0;
  const parser = new SaxesParser({ xmlns: false });
  parser.on("opentag", (tag) => {
    depth++;
    if (depth > DEEPEST) throw new Error(`elements are nested more than ${DEEPEST} deep`);
    const name = localName(tag.name);
    if (open.length > 0 || wanted.has(name))
      open.push({ name, attributes: plainAttributes(tag.attributes), children: [], text: "" });
  });
  const append = (text: string) => {
    const node = open.at(-1);
    if (node !== undefined) node.text += text;
  };
  parser.on("text", append);
  parser.on("cdata", append);
  parser.on("closetag", () => {
    depth--;
    const node = open.pop();
    if (node === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) ready.push(node);
    else parent.children.push(node);
  });
  for await (const chunk of chunks) {
    parser.write(chunk);
    yield* ready.splice(0);
  }
  parser.close();
  yield* ready.splice(0);
}

const localName = (name: string) => name.slice(name.indexOf(":") + 1);

function plainAttributes(attributes: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [localName(name), String(value)]));
}

/** The children of these names, at the end of a path. */
export function nodesAt(node: XmlNode, ...path: readonly string[]): readonly XmlNode[] {
  let found: readonly XmlNode[] = [node];
  for (const name of path) found = found.flatMap((one) => one.children.filter((child) => child.name === name));
  return found;
}

/** The text of the first child at the end of a path, without blanks around it; "" where there is none. */
export function textAt(node: XmlNode, ...path: readonly string[]): string {
  return nodesAt(node, ...path)[0]?.text.trim() ?? "";
}

/** Elements of a name at any depth; names are compared without case. */
export function descendants(node: XmlNode, name: string): readonly XmlNode[] {
  const plain = name.toLowerCase();
  return node.children.flatMap((child) => [
    ...(child.name.toLowerCase() === plain ? [child] : []),
    ...descendants(child, name),
  ]);
}
