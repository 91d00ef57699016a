import type { Branding, StatementDetail } from "@tributary/contract";
import { percent } from "../../kernel/decimal.ts";
import { currency, formatMoney } from "../../kernel/money.ts";
import { monthText } from "../../kernel/period.ts";
import { type Content, fineLines, type Paper, pdfOf } from "../../paper/paper.ts";
import { PAPER_WORDS } from "./words.ts";

/** Everything that stands on the paper of a statement. */
export interface StatementPaperFacts {
  readonly language: "en" | "es";
  readonly branding: Branding;
  readonly detail: StatementDetail;
  readonly writtenAt: Date;
}

type Words = (typeof PAPER_WORDS)["en" | "es"];

interface Sheet {
  readonly words: Words;
  readonly detail: StatementDetail;
  readonly accent: string;
  /** minor units as the paper's language writes them */
  amount(minor: string): string;
}

const PAYABLE = ["openingPayable", "accrued", "released", "clawedBack", "adjusted", "settled", "returned"] as const;
const HELD = ["openingHeld", "held", "releasedFromHold", "reversed"] as const;
/** More rows than this are summed up on the last of them: the files have them all. */
const MOST_ROWS = 60;

/** The statement as a PDF; as long as its programs, components and adjustments, never as long as its lines. */
export async function statementPaper(facts: StatementPaperFacts): Promise<Buffer> {
  const { language, branding, detail, writtenAt } = facts;
  const words = PAPER_WORDS[language];
  const { statement } = detail;
  const format = new Intl.NumberFormat(language, {
    minimumFractionDigits: 0,
    maximumFractionDigits: 8,
    useGrouping: true,
  });
  const sheet: Sheet = {
    words,
    detail,
    accent: branding.accent,
    amount: (minor) => spoken(formatMoney({ minor: BigInt(minor), currency: currency(statement.currency) }), format),
  };
  const title = words.title(monthText(statement.month, language));
  // What is empty is left out: as an empty paragraph it would still take a line.
  const parts = [components, adjustments, holds, carries, payout, forecast].map((part) => part(sheet));
  const sections = parts.filter((one) => one !== "");
  return await pdfOf({
    title,
    subject: statement.id,
    language,
    writtenAt,
    margins: [54, 54, 54, 62],
    foot: [branding.legalName || branding.name, branding.registration, statement.id]
      .filter((text) => text !== "")
      .join(" · "),
    text: { fontSize: 9.5, lineHeight: 1.25 },
    styles: STYLES,
    content: [
      ...letterhead(branding),
      { text: title, style: "title", color: branding.accent },
      { text: words.state[statement.status], style: "state" },
      head(sheet),
      account(sheet, words.balance, PAYABLE, "closingPayable", statement.figures.otherMovements ?? {}),
      account(sheet, words.heldTitle, HELD, "closingHeld", {}),
      ...sections,
      proof(sheet),
    ],
  });
}

/** How it is proved, never torn apart by the end of a page. */
function proof({ words, detail: { statement } }: Sheet): Content {
  const hash =
    statement.contentHash === null ? [] : [{ text: `${words.hash}: ${statement.contentHash}`, style: "mono" }];
  return { unbreakable: true, stack: [{ text: words.proof, style: "note" }, ...hash] };
}

const STYLES: Paper["styles"] = {
  title: { fontSize: 19, bold: true, margin: [0, 14, 0, 2] },
  state: { color: "#5a6577", margin: [0, 0, 0, 8] },
  section: { fontSize: 11.5, bold: true, margin: [0, 14, 0, 4] },
  label: { color: "#5a6577", fontSize: 8.5 },
  total: { bold: true },
  note: { color: "#5a6577", fontSize: 8.5, margin: [0, 16, 0, 4] },
  mono: { fontSize: 8, color: "#5a6577" },
  foot: { fontSize: 8, color: "#5a6577" },
};

/** `-1234.5 EUR` as the language writes the number. */
function spoken(text: string, format: Intl.NumberFormat): string {
  const [number = "", code = ""] = text.split(" ");
  const places = number.split(".")[1]?.length ?? 0;
  const whole = format.resolvedOptions().locale;
  const exact = new Intl.NumberFormat(whole, { minimumFractionDigits: places, maximumFractionDigits: places });
  return `${exact.format(number as Intl.StringNumericLiteral)} ${code}`;
}

/** Nothing where nobody has written one yet. */
function letterhead(branding: Branding): Content[] {
  const lines = [branding.legalName || branding.name, ...branding.address, branding.email, branding.website].filter(
    (line) => line !== "",
  );
  if (lines.length === 0 && branding.logo === null) return [];
  const logo: Content =
    branding.logo === null
      ? { text: branding.name, fontSize: 15, bold: true, color: branding.accent }
      : { image: branding.logo, fit: [150, 48] };
  return [
    {
      columns: [
        { width: "*", stack: [logo] },
        { width: "auto", text: lines.join("\n"), style: "label", alignment: "right" },
      ],
    },
  ];
}

function head({ words, detail: { statement, partnerName } }: Sheet): Content {
  const closed = statement.closedAt?.slice(0, 16).replace("T", " ");
  const pairs = [
    [words.partner, partnerName],
    [words.month, statement.month],
    [words.currency, statement.currency],
    [words.number, statement.id],
    ...(closed === undefined ? [] : [[words.closedAt, closed]]),
  ];
  return {
    columns: pairs.map(([label = "", value = ""]) => ({
      width: "auto",
      stack: [{ text: label, style: "label" }, value],
    })),
    columnGap: 22,
  };
}

type Figure = Exclude<keyof StatementDetail["statement"]["figures"], "otherMovements">;

function account(
  { words, detail, amount }: Sheet,
  title: string,
  names: readonly Figure[],
  closing: Figure,
  others: Readonly<Record<string, string>>,
): Content {
  const { figures } = detail.statement;
  const shown = names.filter((name) => name.startsWith("opening") || figures[name] !== "0");
  const rows = [
    ...shown.map((name) => [words.figures[name], amount(figures[name])]),
    ...Object.entries(others).map(([recipe, minor]) => [words.recipes[recipe] ?? recipe, amount(minor)]),
  ];
  return section(title, ["", words.amount], rows, [words.figures[closing], amount(figures[closing])]);
}

function components({ words, detail, amount }: Sheet): Content {
  if (detail.components.length === 0) return "";
  const rows = detail.components.map((one) => [one.programName, one.component, String(one.lines), amount(one.amount)]);
  const total = detail.components.reduce((sum, one) => sum + BigInt(one.amount), 0n);
  const lines = detail.components.reduce((sum, one) => sum + one.lines, 0);
  return section(words.components, [words.program, words.component, words.lines, words.amount], rows, [
    "",
    "",
    String(lines),
    amount(String(total)),
  ]);
}

function adjustments({ words, detail, amount }: Sheet): Content {
  if (detail.adjustments.length === 0) return "";
  const rows = detail.adjustments.map((one) => [one.month, one.reason, amount(one.amount)]);
  return section(words.adjustments, [words.month, words.reason, words.amount], rows);
}

function holds({ words, detail, amount }: Sheet): Content {
  if (detail.holds.length === 0) return "";
  const rows = detail.holds.map((one) => [one.payableOn ?? words.byHand, String(one.lines), amount(one.amount)]);
  return section(words.holds, [words.payableOn, words.lines, words.amount], rows);
}

function carries({ words, detail }: Sheet): Content {
  if (detail.carries.length === 0) return "";
  const rows = detail.carries.map((one) => [one.component, one.in, one.out]);
  return section(words.carries, [words.component, words.carryIn, words.carryOut], rows);
}

function payout({ words, detail, amount }: Sheet): Content {
  const { statement, settlements } = detail;
  const rows = [
    ...detail.payout.flatMap((one) => [
      [one.payee, one.method ?? ""],
      ...(one.threshold === null ? [] : [[words.threshold, thresholdText(words, one.threshold)]]),
      ...(one.tax === null ? [] : [[words.tax, taxText(words, one.tax)]]),
      ...one.blocks.map((code) => ["", words.blocks[code]]),
    ]),
    ...settlements.map((one) => [
      `${one.kind === "settle" ? words.paidOn : words.returnedOn} ${one.at.slice(0, 10)}, ${one.reference}`,
      amount(one.kind === "settle" ? one.amount : `-${one.amount}`),
    ]),
    ...(statement.toPay === null ? [] : [[words.toPay, amount(statement.toPay)]]),
  ];
  return rows.length === 0 ? "" : section(words.payout, ["", ""], rows);
}

function taxText(
  words: Words,
  { vat, vatRate, withholdingRate }: NonNullable<StatementDetail["payout"][number]["tax"]>,
): string {
  const charged = vatRate === null ? words.vats[vat] : `${words.vats[vat]} ${percent(vatRate)}`;
  return withholdingRate === null ? charged : `${charged}, ${words.withholding} ${percent(withholdingRate)}`;
}

function thresholdText(
  words: Words,
  { minor, currency: code, kind }: NonNullable<StatementDetail["payout"][number]["threshold"]>,
): string {
  const amount = formatMoney({ minor: BigInt(minor), currency: currency(code) });
  return kind === "exceeds" ? words.exceeds(amount) : words.atLeast(amount);
}

function forecast({ words, detail, amount }: Sheet): Content {
  const rows = detail.forecast.map((one) => [one.on, amount(one.released), amount(one.payable)]);
  return section(words.forecast, [words.by, words.figures.released, words.payable], rows);
}

/** A titled table: text at the left, everything after it at the right; the first column takes what is left of the width. */
function section(
  title: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  total?: readonly string[],
): Content {
  const shown =
    rows.length > MOST_ROWS
      ? [...rows.slice(0, MOST_ROWS), header.map((_, index) => (index === 0 ? `… ${rows.length - MOST_ROWS}` : ""))]
      : rows;
  const isNumber = (column: number) =>
    column === header.length - 1 || (header.length > 2 && column === header.length - 2 && header.length !== 3);
  const cells = (row: readonly string[], style?: string) =>
    row.map((text, column) => ({
      text,
      alignment: isNumber(column) ? ("right" as const) : ("left" as const),
      ...(style === undefined ? {} : { style }),
    }));
  return {
    stack: [
      { text: title, style: "section", headlineLevel: 1 },
      {
        table: {
          headerRows: header.some((text) => text !== "") ? 1 : 0,
          dontBreakRows: true,
          widths: header.map((_, column) =>
            column === 0 || (header.length === 4 && column === 1) || (header.length === 3 && column === 1)
              ? "*"
              : "auto",
          ),
          body: [
            ...(header.some((text) => text !== "") ? [cells(header, "label")] : []),
            ...shown.map((row) => cells(row)),
            ...(total === undefined ? [] : [cells(total, "total")]),
          ],
        },
        layout: fineLines({ beside: 8, above: 2.5 }),
      },
    ],
  };
}
