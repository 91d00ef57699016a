export type Cells = Record<string, string>;

/** A list inside of records, as a table of its own. */
export interface ChildRows {
  readonly name: string;
  readonly rows: readonly Cells[];
}

const MOST_COLUMNS = 300;

/**
 * A JSON record as a row: `a.b` for fields of objects. Lists of objects become rows of their own table, with what the record around
 * them says as `^field`; other lists are joined by commas.
 */
export function flattenRecord(record: Readonly<Record<string, unknown>>): {
  readonly cells: Cells;
  readonly children: readonly ChildRows[];
} {
  const cells: Cells = {};
  const lists: [string, readonly Readonly<Record<string, unknown>>[]][] = [];
  flattenInto(cells, lists, "", record, 0);
  const outer = Object.fromEntries(Object.entries(cells).map(([name, value]) => [`^${name}`, value]));
  const children = lists.map(([name, items]) => ({
    name,
    rows: items.map((item) => {
      const row: Cells = {};
      flattenInto(row, [], "", item, 0);
      return { ...row, ...outer };
    }),
  }));
  return { cells, children };
}

function flattenInto(
  cells: Cells,
  lists: [string, readonly Readonly<Record<string, unknown>>[]][],
  prefix: string,
  value: Readonly<Record<string, unknown>>,
  depth: number,
): void {
  for (const [key, item] of Object.entries(value)) {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    if (Object.keys(cells).length >= MOST_COLUMNS) return;
    if (item === null || item === undefined) cells[name] = "";
    else if (Array.isArray(item)) {
      const objects = item.filter(isObject);
      if (objects.length > 0 && depth === 0) lists.push([name, objects]);
      else cells[name] = item.filter((one) => typeof one !== "object").join(",");
    } else if (isObject(item)) {
      if (depth < 6) flattenInto(cells, lists, name, item, depth + 1);
    } else cells[name] = String(item);
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** How platforms wrap their lists: `{data: […]}`, `{Partners: […]}`, `{response: {data: {"1": {…}}}}`, or the list itself. */
export function recordsIn(
  document: unknown,
  name: string,
): readonly { readonly name: string; readonly records: readonly Readonly<Record<string, unknown>>[] }[] {
  if (Array.isArray(document)) return [{ name, records: document.filter(isObject) }];
  if (!isObject(document)) return [];
  const lists = Object.entries(document).filter(([, value]) => Array.isArray(value) && value.some(isObject));
  if (lists.length > 0 && !looksLikeRecord(document))
    return lists.map(([key, value]) => ({
      name: key === "data" || lists.length === 1 ? name : key,
      records: (value as unknown[]).filter(isObject),
    }));
  for (const key of ["response", "data", "result", "results"]) {
    const inner = document[key];
    if (!isObject(inner)) continue;
    const byId = Object.entries(inner).filter(([id, value]) => /^\d+$/.test(id) && isObject(value));
    if (byId.length > 0)
      return [{ name, records: byId.map(([, value]) => value as Readonly<Record<string, unknown>>) }];
    const found = recordsIn(inner, name);
    if (found.length > 0) return found;
  }
  return [{ name, records: [document] }];
}

/** One record alone has an id of its own beside its lists. */
function looksLikeRecord(document: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(document).some((key) => /^(?:id|key|code|email|name)$/i.test(key));
}
