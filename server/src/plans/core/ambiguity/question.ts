import type { Say } from "../findings.ts";
import type { Place } from "../walk.ts";

/** A field that the terms of the field leave out and that can then be read in two ways. */
export interface Question {
  readonly asks: (place: Place) => boolean;
  readonly missing: string;
  /** What is not said and what to write, then the two readings. */
  readonly words: (say: Say, place: Place) => readonly [question: string, first: string, second: string];
}
