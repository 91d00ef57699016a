/** A piece of XML before it is text. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly (Element | string)[],
): Element {
  return { name, attributes, children };
}

/** The document with its declaration, indented by two blanks. */
export function xmlText(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, "")}\n`;
}

function written(one: Element, indent: string): string {
  const attributes = Object.entries(one.attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const open = `${indent}<${one.name}${attributes.join("")}>`;
  const inner = one.children.map((child) =>
    typeof child === "string" ? escaped(child) : `\n${written(child, `${indent}  `)}`,
  );
  const holdsElements = one.children.some((child) => typeof child !== "string");
  return `${open}${inner.join("")}${holdsElements ? `\n${indent}` : ""}</${one.name}>`;
}

/** Characters that XML 1.0 cannot hold at all are left out: a name with one would make the file unreadable. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
