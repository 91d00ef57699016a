import { isGzip, isZip, type Member, unpackGzip, unzipped, zipNames } from "./archive.ts";
import { readBai2 } from "./bai2/read-bai2.ts";
import { looksLikeBai } from "./bai2/records.ts";
import { readCamt } from "./camt/read-camt.ts";
import { fileBalanced } from "./checks.ts";
import type {
  BankStatement,
  GuessedMapping,
  Problem,
  ReadOptions,
  ReadStatementFile,
  RefusedStatementFile,
  SheetMapping,
  StatementReading,
} from "./contracts.ts";
import { utf16Of } from "./encoding.ts";
import { looksLikeSwift } from "./mt940/fields.ts";
import { readSwift } from "./mt940/read-mt940.ts";
import { looksLikeOfx, readOfx } from "./ofx/read-ofx.ts";
import { looksLikeQif, readQif } from "./qif/read-qif.ts";
import { readCsv, readWorkbook } from "./sheet/read-sheet.ts";
import { readMapping } from "./sheet/remember.ts";
import { failure, quoted, refused, Unreadable } from "./trouble.ts";

const LARGEST = 512 * 1024 * 1024;

/**
 * Reads a bank's file of whatever format; the format is found in the bytes, the file's name is only for sentences. Nothing that a file
 * can hold makes it throw: what cannot be read is refused with one sentence that names place and cause.
 */
export async function readBankStatement(bytes: Uint8Array, options: ReadOptions = {}): Promise<StatementReading> {
  try {
    const mapping = options.mapping === undefined ? {} : readMapping(options.mapping);
    return await readAny(bytes, options.fileName, mapping);
  } catch (error) {
    if (error instanceof Unreadable) return refused(error);
    throw error;
  }
}

/** How a sheet would be read, with the reasons and what is open to doubt, to be looked at before it is remembered. */
export async function guessMapping(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Promise<GuessedMapping | RefusedStatementFile> {
  const reading = await readBankStatement(bytes, options);
  if (reading.outcome === "refused") return reading;
  if (reading.mapping !== undefined) return reading.mapping;
  return refused(
    new Unreadable("unmapped", `The file is ${reading.file.variant}, which needs no mapping.`),
    reading.format,
  );
}

async function readAny(bytes: Uint8Array, name: string | undefined, mapping: SheetMapping): Promise<ReadStatementFile> {
  if (bytes.length > LARGEST) throw new Unreadable("too_large", "The file is larger than 512 MB.");
  if (isGzip(bytes)) return await readAny(unpackGzip(bytes), name?.replace(/\.gz$/i, ""), mapping);
  if (isZip(bytes)) return await readArchive(bytes, name, mapping);
  const head = headOf(bytes);
  if (head === "")
    throw new Unreadable("empty", bytes.length === 0 ? "The file is empty." : "The file holds only blanks.");
  if (head.startsWith("ÐÏ\u0011à")) return await readWorkbook(bytes, name, mapping, "XLS");
  if (/^<(?:!doctype html|html|head|body|meta|table|style)\b/i.test(head) && /<table\b/i.test(head))
    return await readPage(bytes, name, mapping);
  refuseForeign(bytes, head);
  if (looksLikeOfx(head)) return readOfx(bytes, name);
  if (looksLikeBai(head)) return readBai2(bytes, name);
  if (looksLikeSwift(head)) return readSwift(bytes, name);
  if (looksLikeQif(head)) return readQif(bytes, name, mapping);
  if (/^</.test(head)) return readCamt(bytes, name);
  return readCsv(bytes, name, mapping);
}

/** Many banks call a web page with a table .xls; a page without days and amounts is what came in place of the file. */
async function readPage(
  bytes: Uint8Array,
  name: string | undefined,
  mapping: SheetMapping,
): Promise<ReadStatementFile> {
  try {
    return await readWorkbook(bytes, name, mapping, "HTML");
  } catch (error) {
    if (!(error instanceof Unreadable) || error.reason === "unmapped") throw error;
    throw new Unreadable("not_a_statement", "The file is a web page: the download may have asked for a sign-in.");
  }
}

/** The first letters of the file, without marks and blanks before them. */
function headOf(bytes: Uint8Array): string {
  const wide = utf16Of(bytes);
  const text = new TextDecoder(wide ?? "windows-1252").decode(bytes.subarray(0, 64 * 1024));
  return text
    .replace(/^(?:\ufeff|ï»¿)/, "")
    .trimStart()
    .slice(0, 16 * 1024);
}

/** How files of other kinds begin (bytes as Windows-1252), so that the refusal can name them. */
const FOREIGN: readonly (readonly [string, string])[] = [
  ["%PDF", "a PDF: ask the bank for camt, MT940 or CSV"],
  ["‰PNG", "a picture"],
  ["ÿØÿ", "a picture"],
  ["GIF8", "a picture"],
  ["<!doctype html", "a web page: the download may have asked for a sign-in"],
  ["<html", "a web page: the download may have asked for a sign-in"],
];

function refuseForeign(bytes: Uint8Array, head: string): void {
  const start = head.slice(0, 20).toLowerCase();
  const kind = FOREIGN.find(([begin]) => start.startsWith(begin.toLowerCase()))?.[1];
  const json = /^\{\s*"|^\[\s*[{"\]]/.test(head) ? "JSON, which no bank sends as a statement" : undefined;
  if (kind !== undefined || json !== undefined) throw new Unreadable("not_a_statement", `The file is ${kind ?? json}.`);
  const sample = bytes.subarray(0, 4096);
  const controls =
    utf16Of(bytes) === undefined
      ? sample.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 26)).length
      : 0;
  if (controls > sample.length / 20)
    throw new Unreadable("not_a_statement", "The file is no text: it holds binary data.");
}

/** A workbook is a zip too; any other zip holds statements, which are read one after the other. */
async function readArchive(
  bytes: Uint8Array,
  name: string | undefined,
  mapping: SheetMapping,
): Promise<ReadStatementFile> {
  const names = zipNames(bytes);
  if (names.includes("[Content_Types].xml") || names.some((one) => one.startsWith("xl/")))
    return await readWorkbook(bytes, name, mapping);
  if (names.includes("content.xml") && names.includes("META-INF/manifest.xml"))
    return await readWorkbook(bytes, name, mapping, "ODS");
  const members = unzipped(bytes);
  if (members.length === 0) throw new Unreadable("empty", "The zip holds no file.");
  const read: { member: string; file: ReadStatementFile }[] = [];
  const problems: Problem[] = [];
  for (const member of members) await readMember(member, mapping, read, problems);
  const [first] = read;
  if (first === undefined)
    throw new Unreadable("not_a_statement", problems[0]?.sentence ?? "The zip holds no statement.");
  const statements = read.flatMap(({ member, file }) =>
    file.statements.map((one): BankStatement => ({ ...one, place: `${member}, ${one.place}` })),
  );
  const all = [...read.flatMap(({ file }) => file.problems), ...problems];
  return {
    ...first.file,
    file: {
      ...first.file.file,
      bytes: bytes.length,
      ...(name === undefined ? {} : { name }),
      members: read.map(({ member }) => member),
    },
    statements,
    problems: all,
    balanced: fileBalanced(statements, all),
  };
}

async function readMember(
  member: Member,
  mapping: SheetMapping,
  read: { member: string; file: ReadStatementFile }[],
  problems: Problem[],
): Promise<void> {
  try {
    if (isZip(member.bytes)) throw new Unreadable("not_a_statement", "it is a zip within the zip.");
    read.push({ member: member.name, file: await readAny(member.bytes, member.name, mapping) });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    problems.push(failure(error.reason, `${quoted(member.name)} in the zip: ${error.message}`, member.name));
  }
}
