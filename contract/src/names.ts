import { z } from "zod";
import { InLanguage } from "./page.ts";

export const NamesQuery = z.object({
  ids: z
    .string()
    .max(20_000)
    .transform((text) => [...new Set(text.split(",").filter((id) => id !== ""))])
    .pipe(z.array(z.string().max(60)).min(1).max(200))
    .describe("ids of records of any kind, divided by commas, 200 at most"),
  language: InLanguage.shape.language.describe("of names that the program itself gives"),
});
/** Ids that do not exist or that the asker may not see are left out. */
export const Names = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) });
