import type { Filter, View } from "./list-declaration.ts";

/** What the address says: the view, the filters, the order, the searched words. All strings, so that links stay readable. */
export type Search = Readonly<Record<string, string>>;

const RESERVED = new Set(["view", "sort", "q", "tab"]);

/** The parameters that a filter uses. */
export function fieldsOf(filter: Filter): readonly string[] {
  return filter.kind === "days" ? [`${filter.field}From`, `${filter.field}To`] : [filter.field];
}

export interface ListState {
  readonly view: View | undefined;
  readonly filters: Readonly<Record<string, string>>;
  readonly sort: string | undefined;
  readonly q: string;
}

/**
 * Filters in the address replace the view's own as a whole once there is one ("changed view"); an address without any shows the
 * view as it was saved. `filters=none` stands for "all filters of the view were removed". What a view asks beyond the list's filters (only the
 * newest versions) belongs to the view and stays.
 */
export function stateOf(
  search: Search,
  views: readonly View[],
  filters: readonly Filter[],
  sort: string | undefined,
): ListState {
  const view = views.find((one) => one.id === search.view) ?? views[0];
  const known = new Set(filters.flatMap(fieldsOf));
  const own = Object.fromEntries(Object.entries(search).filter(([name]) => known.has(name) && !RESERVED.has(name)));
  const ofView = Object.entries(view?.filters ?? {}).filter(([name]) => !known.has(name));
  const changed = Object.keys(own).length > 0 || search.filters === "none";
  return {
    view,
    filters: changed ? { ...Object.fromEntries(ofView), ...own } : (view?.filters ?? {}),
    sort: search.sort ?? view?.sort ?? sort,
    q: search.q ?? "",
  };
}

function without(search: Search, names: Iterable<string>): Record<string, string> {
  const left = { ...search };
  for (const name of names) delete left[name];
  return left;
}

/** The address after the filters became these. */
export function withFilters(
  search: Search,
  filters: readonly Filter[],
  next: Readonly<Record<string, string>>,
): Search {
  const fields = filters.flatMap(fieldsOf);
  const left = without(search, [...fields, "filters"]);
  const kept = Object.fromEntries(
    Object.entries(next).filter(([name, value]) => value !== "" && fields.includes(name)),
  );
  return Object.keys(kept).length === 0 ? { ...left, filters: "none" } : { ...left, ...kept };
}

/** The address of a view: its own filters and order, nothing left over from the view before. */
export function withView(search: Search, filters: readonly Filter[], view: string): Search {
  return { ...without(search, [...filters.flatMap(fieldsOf), "filters", "sort", "q"]), view };
}

export function withValue(search: Search, name: "sort" | "q", value: string | undefined): Search {
  const left = without(search, [name]);
  return value === undefined || value === "" ? left : { ...left, [name]: value };
}

/** Clicking a column's head: ascending, descending, the list's own order again. */
export function nextSort(current: string | undefined, column: string): string | undefined {
  if (current === column) return `-${column}`;
  if (current === `-${column}`) return undefined;
  return column;
}

/** Whether what is shown differs from the saved view, so that it can be saved. */
export function isChanged(search: Search, filters: readonly Filter[]): boolean {
  const names = [...filters.flatMap(fieldsOf), "filters", "sort", "q"];
  return names.some((name) => search[name] !== undefined);
}
