/** An element: its name, what is in it (text, or elements of which some may be left out), and its attributes. */
export type Element = readonly [
  name: string,
  content: string | readonly (Element | undefined)[],
  attributes?: Readonly<Record<string, string>>,
];

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** The document as UTF-8, indented by two blanks, lines ended by a line feed. */
export function xmlDocument(root: Element): Uint8Array {
  const lines: string[] = ['<?xml version="1.0" encoding="UTF-8"?>'];
  write(root, "", lines);
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}

function write([name, content, attributes = {}]: Element, indent: string, lines: string[]): void {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const open = `${indent}<${name}${written.join("")}>`;
  if (typeof content === "string") {
    lines.push(`${open}${escaped(content)}</${name}>`);
    return;
  }
  lines.push(open);
  for (const child of content) if (child !== undefined) write(child, `${indent}  `, lines);
  lines.push(`${indent}</${name}>`);
}
