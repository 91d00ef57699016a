import { z } from "zod";

/** Query of every list: a keyset page. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50).describe("rows at most, 1 to 500"),
  cursor: z.string().max(500).optional().describe("nextCursor of the page before"),
  format: z
    .enum(["json", "csv"])
    .optional()
    .describe(
      "csv: all rows from the cursor on as a file, in the list's order and made safe for spreadsheets; limit has no meaning then",
    ),
});
export type PageQuery = z.infer<typeof PageQuery>;

/** Answer of every list: rows, and the cursor of the next page or null at the end. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), nextCursor: z.string().nullable() });
}

/** One value or several, divided by commas: how lists are filtered everywhere. */
export function manyOf<T extends z.ZodType<string>>(item: T) {
  return z.preprocess((value) => (typeof value === "string" ? value.split(",") : value), z.array(item).max(50));
}

/** The language of sentences in an answer. */
export const InLanguage = z.object({ language: z.enum(["en", "es"]).default("en") });
