/** A line of a plan's file: partner (code or id), month, first deposits, revenue, commission; empty: not planned. */
export interface FileLine {
  readonly line: number;
  readonly partner: string;
  readonly month: string;
  readonly ftds: number | null;
  readonly revenue: string | null;
  readonly commission: string | null;
}
export interface FileProblem {
  readonly line: number;
  readonly text: string;
}

const COLUMNS = ["partner", "month", "ftds", "revenue", "commission"] as const;
const AMOUNT = /^-?\d{1,15}(\.\d{1,3})?$/;

/** Reads records whose first one names the columns. Every line is either understood or refused with its number. */
export function readPlanFile(records: readonly (readonly string[])[]): {
  readonly lines: readonly FileLine[];
  readonly problems: readonly FileProblem[];
} {
  const [head = [], ...rest] = records;
  const names = head.map((name) => name.trim().toLowerCase());
  const missing = (["partner", "month"] as const).filter((name) => !names.includes(name));
  if (missing.length > 0)
    return {
      lines: [],
      problems: [{ line: 1, text: `columns are missing: ${missing.join(", ")}; known: ${COLUMNS.join(", ")}` }],
    };
  const lines: FileLine[] = [];
  const problems: FileProblem[] = [];
  rest.forEach((record, index) => {
    const cell = (name: string) => record[names.indexOf(name)]?.trim() ?? "";
    const line = index + 2;
    const problem = problemOf(cell);
    if (problem !== undefined) problems.push({ line, text: problem });
    else
      lines.push({
        line,
        partner: cell("partner"),
        month: cell("month"),
        ftds: cell("ftds") === "" ? null : Number(cell("ftds")),
        revenue: cell("revenue") || null,
        commission: cell("commission") || null,
      });
  });
  return { lines, problems };
}

function problemOf(cell: (name: string) => string): string | undefined {
  if (cell("partner") === "") return "partner is empty";
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(cell("month"))) return `month ${cell("month")} is not like 2026-03`;
  if (!/^\d{0,7}$/.test(cell("ftds"))) return `ftds ${cell("ftds")} is not a whole number`;
  const wrong = ["revenue", "commission"].find((name) => cell(name) !== "" && !AMOUNT.test(cell(name)));
  return wrong === undefined ? undefined : `${wrong} ${cell(wrong)} is not an amount like 1200.50`;
}
