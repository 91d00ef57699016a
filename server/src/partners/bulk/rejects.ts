import { bulkProblemText } from "@tributary/contract";
import type { Actor } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { csvLine } from "../../kernel/csv.ts";
import { readable } from "./service.ts";
import { refusedRows } from "./store/rows.ts";

const AT_ONCE = 2_000;

/** The refused rows as they stood in the file, each with its line, field and reason: to be mended and sent again. */
export async function rejectsFile(
  ctx: Context,
  actor: Actor,
  id: string,
  language: "en" | "es",
): Promise<{ readonly name: string; readonly lines: AsyncGenerator<string> }> {
  const row = await readable(ctx, actor, id);
  const sheet = row.source === "file" ? row.mapping.sheet : 0;
  const columns = row.sheets[sheet]?.columns.map((one) => one.name) ?? [];
  const name = `${row.name.replace(/\.[a-z]{2,5}$/i, "").replace(/[^\w.-]+/g, "-")}.rejects.csv`;
  return { name, lines: linesOf(ctx, id, sheet, columns, language) };
}

async function* linesOf(
  ctx: Context,
  id: string,
  sheet: number,
  columns: readonly string[],
  language: "en" | "es",
): AsyncGenerator<string> {
  yield `\ufeff${csvLine([...columns, ...(language === "es" ? ["línea", "campo", "motivo"] : ["line", "field", "problem"])])}`;
  let after = -1;
  for (;;) {
    const rows = await refusedRows(ctx.db, id, sheet, after, AT_ONCE);
    let text = "";
    for (const { line, cells, problem } of rows) {
      const own = columns.map((_, at) => cells[at] ?? "");
      const reason = problem === null ? "" : bulkProblemText(problem.code, problem.details, language);
      text += csvLine([...own, line, problem?.field ?? "", reason]);
      after = line;
    }
    if (text !== "") yield text;
    if (rows.length < AT_ONCE) return;
  }
}
