export type Node = Readonly<Record<string, unknown>>;

/** An object somewhere in a document: where it is, under which field (without the index), and in a component of which model. */
export interface Place {
  readonly node: Node;
  readonly path: string;
  readonly field: string;
  readonly model: string | undefined;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Every object of a document, parents before their children. */
export function places(document: unknown): Place[] {
  const found: Place[] = [];
  visit(document, { path: "", field: "", model: undefined }, found);
  return found;
}

function visit(value: unknown, at: Omit<Place, "node">, found: Place[]): void {
  if (Array.isArray(value)) {
    for (const [index, one] of value.entries()) visit(one, { ...at, path: `${at.path}[${index}]` }, found);
    return;
  }
  if (!isNode(value)) return;
  const model = isText(value.model) ? value.model : at.model;
  found.push({ node: value, ...at, model });
  for (const [field, child] of Object.entries(value)) visit(child, { path: join(at.path, field), field, model }, found);
}

/** `components[0]` and `window` → `components[0].window`. */
export function join(path: string, field: string | number): string {
  if (typeof field === "number") return `${path}[${field}]`;
  return path === "" ? field : `${path}.${field}`;
}

export function pathOf(parts: readonly PropertyKey[]): string {
  return parts.reduce<string>((path, part) => join(path, typeof part === "number" ? part : String(part)), "");
}

/** Whether a path is another one or leads into it. */
export function isWithin(path: string, around: string): boolean {
  return path === around || path.startsWith(`${around}.`) || path.startsWith(`${around}[`);
}
