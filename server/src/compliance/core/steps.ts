import type { Likeness } from "./agreement.ts";

/** One step of an explanation. `cost` is what it took from a score of 1. */
export interface Step {
  readonly what:
    | Likeness
    | "missing"
    | "extra"
    | "contradicts"
    | "legal-form"
    | "single-name"
    | "characters"
    | "only-initials"
    | "swapped"
    | "letters"
    | "office";
  /** words of the name that was asked for */
  readonly asked: string;
  /** words of the listed name */
  readonly listed: string;
  /** how much the words agree, 0 … 1 */
  readonly agreement: number;
  /** how much they tell, 0 … 1 */
  readonly weight: number;
  readonly cost: number;
}

export interface NameScore {
  /** 0 … 1 */
  readonly score: number;
  readonly steps: readonly Step[];
}

/** Weights and penalties, fitted on one half of the pairs with verdicts and judged on the other (docs/benchmarks.md). */
export const NAME_RULES = {
  person: { extra: 0.2, contradiction: 1.5, cap: 0.27 },
  organization: { extra: 0.6, contradiction: 1.3, cap: 0.26 },
  legalForm: 0.04,
  /** a foundation or an office of the state beside a company */
  otherNature: 0.2,
  /** "Abdul" that is missing on one side, where the other has something else instead */
  servant: 0.5,
  /** all letters of the name in their order but one, or but two */
  oneLetter: 0.88,
  twoLetters: 0.84,
  /** "A bin B" beside "B bin A" */
  swapped: 0.74,
  singleName: 0.74,
  /** a family name alone after "President" */
  office: 0.83,
  initialsOnly: 0.6,
  /** names of five letters or fewer that are not the same */
  short: 0.78,
};

export const round = (value: number) => Math.round(value * 1000) / 1000;
