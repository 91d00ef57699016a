import { ProcedureDefinition } from "@tributary/contract";
import { type Document, isMap, isSeq, LineCounter, type Node, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";

/** Something in a YAML text that cannot be a procedure. */
export interface YamlComplaint {
  /** From 1; null where no line can be named. */
  readonly line: number | null;
  /** `stages[2].gate[0].fact` */
  readonly path: string;
  readonly message: string;
}

export type ReadProcedure =
  | { readonly definition: ProcedureDefinition; readonly lineOf: (path: readonly PropertyKey[]) => number | null }
  | { readonly complaints: readonly YamlComplaint[] };

/** Reads a procedure from YAML; every complaint names its line. */
export function readProcedure(text: string): ReadProcedure {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0)
    return {
      complaints: document.errors.map((error) => ({
        line: error.linePos?.[0].line ?? null,
        path: "",
        message: error.message.split("\n")[0] ?? error.message,
      })),
    };
  const lineOf = (path: readonly PropertyKey[]) => lineOfPath(document, lines, path);
  const read = ProcedureDefinition.safeParse(document.toJS({ maxAliasCount: 50 }));
  if (read.success) return { definition: read.data, lineOf };
  return {
    complaints: read.error.issues
      .flatMap((issue) => deepest(issue))
      .map(({ path, message }) => ({
        line: lineOf(path),
        path: pathText(path),
        message,
      })),
  };
}

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly errors?: readonly (readonly Issue[])[];
}

/** What is wrong with a value that may have several shapes is what is wrong with the shape it comes nearest to. */
function deepest(issue: Issue): readonly Issue[] {
  if (issue.code !== "invalid_union" || issue.errors === undefined || issue.errors.length === 0) return [issue];
  const depth = (issues: readonly Issue[]) => issues.length;
  const nearest = [...issue.errors].sort((one, other) => depth(one) - depth(other))[0] ?? [];
  return nearest.flatMap((inner) => deepest({ ...inner, path: [...issue.path, ...inner.path] }));
}

export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );
}

function lineOfPath(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = (node as Node | null | undefined)?.range;
    if (range) return lines.linePos(range[0]).line;
  }
  return null;
}

/**
 * A procedure as YAML. With the text that it was before, what did not change keeps its comments, its order and its style.
 * @param before YAML that can be read, or nothing
 */
export function writeProcedure(definition: ProcedureDefinition, before?: string): string {
  const document = parseDocument(before ?? "{}");
  if (before === undefined || document.errors.length > 0 || !isMap(document.contents)) {
    document.errors = [];
    document.contents = document.createNode(tidy(definition)) as never;
  } else mergeMap(document, document.contents as YAMLMap, tidy(definition) as Fields);
  return document.toString({ lineWidth: 120 });
}

type Fields = Readonly<Record<string, unknown>>;

/** Without what is left out anyway: empty lists and what a step is by default. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([key, one]) => one !== undefined && !isDefault(key, one));
  return Object.fromEntries(kept.map(([key, one]) => [key, tidy(one)]));
}

function isDefault(key: string, value: unknown): boolean {
  if (Array.isArray(value) && value.length === 0) return true;
  if (key === "subject" && value === "partner") return true;
  if (key === "starts") return JSON.stringify(value) === '["manual"]';
  if ((key === "waivable" || key === "required") && value === true) return true;
  return (key === "evidence" && value === "optional") || (key === "purpose" && value === "");
}

function mergeMap(document: Document, map: YAMLMap, wanted: Fields): void {
  const known = map.toJS(document) as Fields;
  for (const key of Object.keys(known)) if (!(key in wanted) && !isDefault(key, known[key])) map.delete(key);
  for (const [key, value] of Object.entries(wanted)) {
    const node = map.get(key, true) as unknown;
    if (isMap(node) && isFields(value)) mergeMap(document, node as YAMLMap, value);
    else if (isSeq(node) && Array.isArray(value)) mergeSeq(document, node as YAMLSeq, value);
    else if (JSON.stringify(known[key]) !== JSON.stringify(value)) map.set(key, document.createNode(value));
  }
}

/** Steps are known by their names, so that one that moved takes its comments along. */
function mergeSeq(document: Document, seq: YAMLSeq, wanted: readonly unknown[]): void {
  const known = seq.items.map((item) => ({ item, name: nameOf((item as Node).toJS(document)) }));
  const used = new Set<unknown>();
  seq.items = wanted.map((value) => {
    const found = known.find(({ item, name }) => !used.has(item) && name !== undefined && name === nameOf(value));
    if (found === undefined) return document.createNode(value);
    used.add(found.item);
    if (isMap(found.item) && isFields(value)) mergeMap(document, found.item as YAMLMap, value);
    return found.item;
  });
}

function nameOf(value: unknown): string | undefined {
  if (!isFields(value)) return typeof value === "string" ? value : JSON.stringify(value);
  const name = value.key ?? value.decision;
  if (typeof name === "string") return name;
  return "fact" in value ? `${String(value.fact)} ${JSON.stringify(value.with ?? {})}` : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
