import { z } from "zod";

/**
 * Calendar days of the program's time zone after the day of the start event; the last day counts. `{ from: "registration", days: 30 }` for
 * a customer registered on 1 March ends with 31 March; `days: 0` is the day itself.
 */
export const Window = z.strictObject({
  from: z.enum(["registration", "first_deposit"]),
  days: z.int().min(0).max(3650),
});
export type Window = z.infer<typeof Window>;

/** How long an amount is held before it is payable: it is payable from the day `days` days after the day named by `from`. */
export const Hold = z.strictObject({
  days: z.int().min(0).max(730),
  from: z.enum(["earned", "month_end"]).default("earned"),
});
export type Hold = z.infer<typeof Hold>;

/** Which published rate converts an amount of another currency: of the day of the fact, or of the last day of its month. */
export const Conversion = z.strictObject({
  source: z.enum(["ecb"]).default("ecb"),
  at: z.enum(["day", "month_end"]).default("day"),
});
export type Conversion = z.infer<typeof Conversion>;
