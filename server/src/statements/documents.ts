import type { Readable } from "node:stream";
import { Readable as Stream } from "node:stream";
import type { StatementDetail } from "@tributary/contract";
import writeWorkbook from "write-excel-file/node";
import type { Actor } from "../access/index.ts";
import { adjustmentsOfMonth, type BookedRecord, recordsBookedIn } from "../commissions/index.ts";
import type { Context } from "../database/index.ts";
import { csvLine } from "../kernel/csv.ts";
import { publicNumber } from "../kernel/ids.ts";
import { currency, formatMoney } from "../kernel/money.ts";
import { Refusal } from "../kernel/refusal.ts";
import { partnerById } from "../partners/index.ts";
import { branding } from "./branding.ts";
import type { StatementContent } from "./core/content.ts";
import { SIGNED_FORMAT, type SignedBody, type SignedLine, SignedLinesHash, signedText } from "./core/signed.ts";
import { type StatementNeeds, statementDetail } from "./detail.ts";
import { statementPaper } from "./paper/statement-paper.ts";
import { readable } from "./service.ts";
import { type SigningNeeds, signer } from "./signing.ts";
import type { StatementRow } from "./store/statements.ts";

/** A spreadsheet is made in memory; what has more lines is a CSV. */
const MOST_SHEET_LINES = 100_000;

interface File {
  readonly name: string;
  readonly body: Buffer | Readable;
}

/** The statement on paper: sums by program and component, everything that moved, and where its lines and proof are. */
export async function statementPdf(
  ctx: Context,
  actor: Actor,
  id: string,
  language: "en" | "es" | undefined,
  needs: StatementNeeds,
): Promise<File> {
  const detail = await statementDetail(ctx, actor, id, needs);
  const partner = await partnerById(ctx.db, detail.statement.partnerId);
  const spoken = language ?? (partner?.language === "es" ? "es" : "en");
  const body = await statementPaper({
    language: spoken,
    branding: await branding(ctx.db),
    detail,
    writtenAt: writtenAt(ctx, detail),
  });
  return { name: `${fileName(detail.statement)}.pdf`, body };
}

/** A closed statement is always the same paper. */
function writtenAt(ctx: Context, { statement }: StatementDetail): Date {
  return statement.closedAt === null ? ctx.clock.now() : new Date(statement.closedAt);
}

function fileName(one: { readonly month: string; readonly currency: string; readonly id: string }): string {
  return `statement-${one.month.slice(0, 7)}-${one.currency}-${one.id.slice(-6)}`;
}

const COLUMNS = [
  "line",
  "program",
  "component",
  "month",
  "earned_on",
  "held_until",
  "subject",
  "subject_id",
  "version",
  "amount",
  "change",
] as const;

function cellsOf(record: BookedRecord, code: string): readonly (string | number)[] {
  const amount = (minor: bigint) => formatMoney({ minor, currency: currency(code) });
  return [
    publicNumber("cln", record.lineId),
    record.programId,
    record.component,
    record.month.slice(0, 7),
    record.earnedOn,
    record.heldUntil ?? "",
    record.subjectKind,
    subjectOf(record),
    record.version,
    amount(record.amountMinor),
    amount(record.differenceMinor),
  ];
}

/** Customers and events by their public names. */
function subjectOf({ subjectKind, subjectId }: BookedRecord): string {
  if (subjectKind === "customer") return publicNumber("cus", BigInt(subjectId));
  if (subjectKind === "event") return publicNumber("evt", BigInt(subjectId));
  return subjectId;
}

function monthOf(row: StatementRow) {
  return { partnerId: row.partner_id, currency: row.currency, month: row.month };
}

function nameOf(row: StatementRow): string {
  return fileName({ month: row.month, currency: row.currency, id: row.statement_id });
}

/** Every line booked in the month, streamed. */
export async function linesCsv(ctx: Context, actor: Actor, id: string): Promise<File> {
  const row = await readable(ctx, actor, id);
  async function* text() {
    yield `\ufeff${csvLine(COLUMNS)}`;
    for await (const page of recordsBookedIn(ctx, monthOf(row)))
      yield page.map((record) => csvLine(cellsOf(record, row.currency))).join("");
  }
  return { name: `${nameOf(row)}-lines.csv`, body: Stream.from(text(), { objectMode: false }) };
}

/** The same as a workbook. @throws Refusal `too_large` */
export async function linesXlsx(ctx: Context, actor: Actor, id: string): Promise<File> {
  const row = await readable(ctx, actor, id);
  const rows: { value: string | number }[][] = [COLUMNS.map((value) => ({ value, fontWeight: "bold" as const }))];
  for await (const page of recordsBookedIn(ctx, monthOf(row))) {
    if (rows.length + page.length > MOST_SHEET_LINES)
      throw new Refusal("too_large", `This statement has more than ${MOST_SHEET_LINES} lines: take the CSV file.`);
    for (const record of page) rows.push(cellsOf(record, row.currency).map(sheetCell));
  }
  const body = await writeWorkbook(rows, { sheet: row.month.slice(0, 7), stickyRowsCount: 1 }).toBuffer();
  return { name: `${nameOf(row)}-lines.xlsx`, body };
}

/** Amounts are numbers in a spreadsheet: a double holds every amount that a statement has, to the cent. */
function sheetCell(value: string | number, column: number): { value: string | number } {
  return { value: column >= COLUMNS.length - 2 ? Number(String(value).split(" ")[0]) : value };
}

/**
 * A closed statement that proves itself, with every line: it is verified without asking anybody (`tributary verify-statement`).
 * @throws Refusal `wrong_state` while it is open
 */
export async function signedStatement(
  ctx: Context,
  actor: Actor,
  id: string,
  needs: SigningNeeds & { readonly whole: Context["db"]; readonly issuer: string },
): Promise<File> {
  const row = await readable(ctx, actor, id);
  if (row.status === "open" || row.closed_at === null || row.content_hash === null)
    throw new Refusal("wrong_state", "This statement is open: it is signed once it is closed.");
  const partner = await partnerById(ctx.db, row.partner_id);
  const adjustments = await adjustmentsOfMonth(ctx, monthOf(row));
  // A partner's own connection reaches no keys.
  const key = await signer({ ...ctx, db: needs.whole }, needs);
  const { issuer } = needs;
  const issuedAt = ctx.clock.now().toISOString();
  const header = {
    format: SIGNED_FORMAT,
    algorithm: "Ed25519",
    keyId: key.keyId,
    publicKey: key.publicKey,
    issuer,
    issuedAt,
  } as const;
  const body: SignedBody = {
    header,
    partnerName: partner?.legalName || partner?.name || "",
    closedAt: row.closed_at.toISOString(),
    contentHash: row.content_hash,
    statement: row.content as unknown as StatementContent,
    adjustments: adjustments.map(({ id: adjustment, kind, amount, month, reason }) => ({
      id: adjustment,
      kind,
      amount,
      month,
      reason,
    })),
  };
  async function* text() {
    const hash = new SignedLinesHash();
    yield `${JSON.stringify(body).slice(0, -1)},"lines":[`;
    let first = true;
    for await (const page of recordsBookedIn(ctx, monthOf(row))) {
      const lines = page.map(signedLine);
      for (const line of lines) hash.take(line);
      yield `${first ? "" : ","}\n${lines.map((line) => JSON.stringify(line)).join(",\n")}`;
      first = false;
    }
    const linesHash = hash.hex();
    yield `\n],"proof":${JSON.stringify({ linesHash, signature: key.sign(signedText(body, linesHash)) })}}\n`;
  }
  return { name: `${nameOf(row)}.signed.json`, body: Stream.from(text(), { objectMode: false }) };
}

function signedLine(record: BookedRecord): SignedLine {
  return {
    key: record.lineKey,
    version: record.version,
    programId: record.programId,
    component: record.component,
    month: record.month.slice(0, 7),
    earnedOn: record.earnedOn,
    amount: String(record.amountMinor),
    difference: String(record.differenceMinor),
    workingHash: record.workingHash,
  };
}
