/** A row of a tree in the order in which it is shown. */
export interface TreeRow<T> {
  readonly id: string;
  readonly parentId: string;
  readonly level: number;
  readonly hasBelow: boolean;
  readonly item: T;
}

interface Node {
  readonly id: string;
  readonly parentId: string;
}

/**
 * The rows that are shown: depth first, without what is below closed ones. Where something is searched for, those that fit and everybody above them
 * are shown, closed or not.
 */
export function treeRows<T extends Node>(
  items: readonly T[],
  top: string,
  closed: ReadonlySet<string>,
  fits: ((item: T) => boolean) | null,
): TreeRow<T>[] {
  const below = Map.groupBy(items, (item) => item.parentId);
  const shown = fits === null ? null : withAbove(items, fits);
  const rows: TreeRow<T>[] = [];
  const visit = (parentId: string, level: number) => {
    for (const item of below.get(parentId) ?? []) {
      if (shown !== null && !shown.has(item.id)) continue;
      rows.push({ id: item.id, parentId, level, hasBelow: below.has(item.id), item });
      if (shown !== null || !closed.has(item.id)) visit(item.id, level + 1);
    }
  };
  visit(top, 1);
  return rows;
}

function withAbove<T extends Node>(items: readonly T[], fits: (item: T) => boolean): Set<string> {
  const byId = new Map(items.map((item) => [item.id, item]));
  const shown = new Set<string>();
  for (const item of items.filter(fits)) {
    for (let at: T | undefined = item; at !== undefined && !shown.has(at.id); at = byId.get(at.parentId))
      shown.add(at.id);
  }
  return shown;
}
