import { parseSync } from "oxc-parser";
import { read } from "./sources.ts";

/** A node of the syntax tree, as plain as it is needed here. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly program: Node;
  /** Line of an offset, from 1. */
  line(offset: number): number;
}

/** Parses a file. @throws when it is not TypeScript */
export function parse(path: string, text = read(path)): Source {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return {
    path,
    text,
    program: program as unknown as Node,
    line: (offset) => {
      let low = 0;
      let high = starts.length;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle;
      }
      return low + 1;
    },
  };
}

/** Every node below, parents first. */
export function* nodes(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) yield* nodes(item);
    } else if (isNode(value)) yield* nodes(value);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

export interface FunctionSpan {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

/** `describe("…", () => { … })` is a chapter of tests, not a function that anybody has to hold in the head. */
function chapters(source: Source): ReadonlySet<unknown> {
  const calls = [...nodes(source.program)].filter(
    (node) => node.type === "CallExpression" && (node.callee as Node).name === "describe",
  );
  return new Set(calls.flatMap((node) => node.arguments as readonly unknown[]));
}

/** Functions of a file with their length in lines, signature and closing brace included; comments inside count. */
export function functionSpans(source: Source): readonly FunctionSpan[] {
  const spans: FunctionSpan[] = [];
  const exempt = chapters(source);
  for (const node of nodes(source.program)) {
    if (!FUNCTIONS.has(node.type) || node.body === null || exempt.has(node)) continue;
    const line = source.line(node.start);
    const name = (node.id as { name?: string } | null)?.name ?? "a function without a name";
    spans.push({ name, line, lines: source.line(node.end - 1) - line + 1 });
  }
  return spans;
}

/** `a.b` of a member expression of two plain names, else undefined. */
export function dotted(node: Node): string | undefined {
  if (node.type !== "MemberExpression") return undefined;
  const object = node.object as Node;
  const property = node.property as Node;
  if (object.type !== "Identifier" || property.type !== "Identifier") return undefined;
  return `${String(object.name)}.${String(property.name)}`;
}

/** The texts of a file: string literals and the fixed parts of templates (joined by `?` where a value stands), with their lines. */
export function texts(source: Source): readonly { readonly text: string; readonly line: number }[] {
  const found: { text: string; line: number }[] = [];
  for (const node of nodes(source.program)) {
    if (node.type === "Literal" && typeof node.value === "string") {
      found.push({ text: node.value, line: source.line(node.start) });
    } else if (node.type === "TemplateLiteral") {
      const quasis = node.quasis as readonly { value: { cooked: string | null } }[];
      found.push({ text: quasis.map((quasi) => quasi.value.cooked ?? "").join("?"), line: source.line(node.start) });
    }
  }
  return found;
}
