import { decoded } from "./macro-forms.ts";

/**
 * How a value stands in an address: as it was sent; encoded once too often; in other letters (capital and small); only its beginning; or
 * not at all.
 */
export type Carried = "whole" | "double" | "case" | "cut" | "lost";

/** A beginning of a value that is too long to be there by chance. */
const BEGINNING = 8;

export function carried(address: string, value: string): Carried {
  const url = URL.parse(address);
  if (url === null) return "lost";
  const places = [
    ...url.searchParams.values(),
    ...url.pathname.split("/").map(decoded),
    decoded(url.hash.slice(1)),
  ].filter((place) => place !== "");
  if (places.some((place) => place.includes(value))) return "whole";
  if (places.some((place) => decoded(place) !== place && decoded(place).includes(value))) return "double";
  const lower = value.toLowerCase();
  if (places.some((place) => decoded(place).toLowerCase().includes(lower))) return "case";
  const isBeginning = (place: string) => place.length >= Math.min(BEGINNING, value.length) && value.startsWith(place);
  return places.some(isBeginning) ? "cut" : "lost";
}
