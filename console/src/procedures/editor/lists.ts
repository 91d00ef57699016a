/** A list with another item at a place. */
export function replaced<T>(list: readonly T[], place: number, item: T): T[] {
  return list.map((one, index) => (index === place ? item : one));
}

/** A list with an item moved from one place to another. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from);
  const item = list[from];
  return item === undefined ? [...list] : [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** A key out of a title, unlike those that there are: "Ready to launch" → `ready-to-launch`. */
export function keyFrom(title: string, taken: readonly string[]): string {
  const plain = title
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[-0-9]+|-+$/g, "")
    .slice(0, 50);
  const base = plain === "" ? "step" : plain;
  let key = base;
  for (let number = 2; taken.includes(key); number++) key = `${base}-${number}`;
  return key;
}

/** The same object without a property when there is nothing in it: what the contract calls left out. */
export function given<T extends object, K extends string, V>(value: T, key: K, wanted: V | undefined): T {
  const { [key]: _, ...rest } = value as Record<string, unknown>;
  return (wanted === undefined || wanted === "" ? rest : { ...rest, [key]: wanted }) as T;
}
