import { type Context, transact } from "../database/index.ts";
import { type Day, monthOf } from "../kernel/period.ts";
import { Refusal } from "../kernel/refusal.ts";
import { parseRates } from "./core/parse-rates.ts";
import { markFrom, pairsSince } from "./store/due.ts";
import { contradictions, insertRates } from "./store/rates.ts";

export interface ImportedRates {
  readonly rates: number;
  readonly days: number;
  readonly newDays: number;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  /** Pairs that are calculated again because a new rate may concern them. */
  readonly marked: number;
}

const ROWS_AT_ONCE = 20_000;

/**
 * Loads the European Central Bank's reference rates; loading them again changes nothing. Partners whose amounts may rest on new days are
 * marked for calculation.
 * @throws Refusal `invalid_input` when the file is not such a table, `conflict` when it contradicts what is stored; nothing is loaded then
 */
export async function importRates(ctx: Context, text: string): Promise<ImportedRates> {
  const { rates, problems } = parseRates(text);
  if (problems.length > 0) throw unreadable(problems);
  return await transact(ctx, async (tx) => {
    const newDays = new Set<Day>();
    for (let start = 0; start < rates.length; start += ROWS_AT_ONCE) {
      const some = rates.slice(start, start + ROWS_AT_ONCE);
      const [wrong] = await contradictions(tx.db, "ecb", some);
      if (wrong !== undefined)
        throw new Refusal(
          "conflict",
          `${wrong.currency} of ${wrong.day} is ${wrong.rate} in the file and ${wrong.stored} in the books.`,
          [
            {
              field: wrong.currency,
              value: wrong.rate,
              message: "differs from the stored rate",
              hint: "Published rates do not change: check the file.",
            },
          ],
        );
      for (const day of await insertRates(tx.db, "ecb", some, tx.clock.now())) newDays.add(day);
    }
    const days = [...new Set(rates.map((rate) => rate.day))].sort();
    const first = [...newDays].sort()[0];
    const pairs = first === undefined ? [] : await pairsSince(tx.db, monthOf(first));
    if (pairs.length > 0) await markFrom(tx.db, pairs, tx.clock.now());
    return {
      rates: rates.length,
      days: days.length,
      newDays: newDays.size,
      firstDay: days[0] ?? null,
      lastDay: days.at(-1) ?? null,
      marked: pairs.length,
    };
  });
}

function unreadable(problems: readonly string[]): Refusal {
  const more = problems.length > 5 ? ` (and ${problems.length - 5} more)` : "";
  return new Refusal(
    "invalid_input",
    `The rates cannot be read: ${problems.slice(0, 5).join("; ")}${more}. Nothing was loaded.`,
    problems.slice(0, 20).map((message) => ({ field: "file", message })),
  );
}
