import type { Match } from "@tributary/contract";

/** Whether everything that `narrow` matches is matched by `wide` too. */
export function covers(wide: Match | undefined, narrow: Match | undefined): boolean {
  if (wide === undefined) return true;
  return Object.entries(wide).every(
    ([name, values]) => narrow?.[name]?.every((value) => values.includes(value)) === true,
  );
}

/** Whether nothing can match both. */
export function disjoint(one: Match | undefined, other: Match | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return Object.entries(one).some(([name, values]) => {
    const theirs = other[name];
    return theirs !== undefined && !values.some((value) => theirs.includes(value));
  });
}

/** Whether `except` leaves nothing of `only`. */
export function excluded(only: Match | undefined, except: Match | undefined): boolean {
  if (only === undefined || except === undefined) return false;
  return Object.entries(only).some(([name, values]) => values.every((value) => except[name]?.includes(value) === true));
}

/** `country DE, AT; product casino` */
export function matchText(match: Match | undefined): string {
  return Object.entries(match ?? {})
    .map(([name, values]) => `${name} ${values.slice(0, 4).join(", ")}${values.length > 4 ? ", …" : ""}`)
    .join("; ");
}
