import { type Document, isNode, parseDocument } from "yaml";
import { type Path, readPath } from "./paths.ts";

/** A plan as text: the one source of all views. `value` is the document in it, of the last text that could be read. */
export interface PlanText {
  readonly text: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** What keeps the text from being YAML at all. */
  readonly broken: { readonly message: string; readonly from: number; readonly to: number } | null;
}

export function readPlanText(text: string, before: PlanText["value"] = {}): PlanText {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined)
    return { text, value: before, broken: { message: error.message, from: error.pos[0], to: error.pos[1] } };
  const value: unknown = document.toJS();
  const object = typeof value === "object" && value !== null && !Array.isArray(value);
  return { text, value: object ? (value as PlanText["value"]) : {}, broken: null };
}

/** A plan that came as JSON, as people write it. */
export function writePlan(document: unknown): string {
  const text = parseDocument("{}");
  text.contents = text.createNode(document) as typeof text.contents;
  return text.toString({ lineWidth: 110 });
}

/** The text with one value changed, or taken out (undefined); comments stay where they are. */
export function changeAt(text: string, path: Path, value: unknown): string {
  const document = parseDocument(text);
  if (path.length === 0) return writePlan(value);
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  return document.toString({ lineWidth: 110 });
}

/** Where a place of the document stands in the text; its nearest parent when it is not there. */
export function rangeOf(text: string, path: string): { readonly from: number; readonly to: number } {
  const document: Document = parseDocument(text);
  const steps = [...readPath(path)];
  for (; steps.length > 0; steps.pop()) {
    const node = document.getIn(steps, true);
    if (isNode(node) && node.range) return { from: node.range[0], to: node.range[1] };
  }
  return { from: 0, to: 0 };
}
