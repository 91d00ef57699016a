import { z } from "zod";

/** Minor units of a currency as a string of digits: JSON numbers lose whole cents above 2^53. */
export const MinorAmount = z
  .string()
  .regex(/^-?\d{1,19}$/)
  .describe("minor units, e.g. 12345 for 123.45 EUR");
export const CurrencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe("ISO 4217");
/** What a partner may hand on with a click to tell its placements apart, by their canonical names. */
export const SUB_IDS = ["sub1", "sub2", "sub3", "sub4", "sub5", "sub6", "sub7", "sub8", "sub9", "sub10"] as const;
export const MoneyValue = z.object({ minor: MinorAmount, currency: CurrencyCode });
export type MoneyValue = z.infer<typeof MoneyValue>;
export const Day = z.iso.date().describe("calendar day in the program's time zone");
export const Month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .describe("calendar month, e.g. 2026-03");
export const Instant = z.iso.datetime({ offset: true }).describe("ISO 8601 with its offset");
export const CountryCode = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .describe("ISO 3166-1 alpha-2");
/** What an operator calls a line of its rule books. */
export const RuleCode = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,59}$/, "lower-case letters, digits, hyphens and underscores");
