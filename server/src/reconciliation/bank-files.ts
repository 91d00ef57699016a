import { createHash } from "node:crypto";
import type { BankFile, BankFileRead } from "@tributary/contract";
import { type Actor, personOf, requirePermission } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import {
  type BankStatement,
  guessMapping,
  type ReadStatementFile,
  readBankStatement,
  type SheetMapping,
} from "../banking/index.ts";
import { announce, type Context, type Page, type PageRequest, type TxContext, transact } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { notFound } from "../kernel/refusals.ts";
import type { NewEntry, StatementFacts, StatementProblem } from "./contracts.ts";
import { familyOf, readEntries } from "./core/read-entries.ts";
import { normalised } from "./core/references.ts";
import { sortOut } from "./core/same-entry.ts";
import { gapProblem, problemsOf } from "./core/statement-problems.ts";
import * as store from "./store/bank.ts";
import { insertEntries, knownEntries, moveEntries } from "./store/entries.ts";
import { fileWire } from "./wire.ts";

/** Matching runs in the background, for one account at a time. */
export const MATCH_TASK = "reconciliation.match";
const MOST_BYTES = 64 * 1024 * 1024;
const SHEETS: ReadonlySet<string> = new Set(["csv", "xlsx", "qif"]);

/** A file of a bank as it came, with the account that was chosen for it. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly bankAccountId?: string | undefined;
}

/**
 * Takes a file of a bank: the same bytes, the same statement and the same entry are taken once. A sheet whose columns nobody has mapped yet waits for
 * a person; what is no statement is refused with its sentence, and kept as evidence.
 */
export async function takeBankFile(ctx: Context, actor: Actor, given: GivenFile): Promise<BankFile> {
  requirePermission(actor, "reconciliation.write", {});
  if (given.bytes.length === 0) throw new Refusal("bad_request", "The file is empty.");
  if (given.bytes.length > MOST_BYTES)
    throw new Refusal("too_large", "A bank's file may have 64 MB: upload it in parts.");
  const contentHash = createHash("sha256").update(given.bytes).digest("hex");
  const known = await store.fileByHash(ctx.db, contentHash);
  if (known !== undefined) return { ...fileWire(known), again: true };
  const mapping = await rememberedMapping(ctx, given);
  const reading = await readBankStatement(given.bytes, {
    fileName: given.name,
    ...(mapping && { mapping: mapping.mapping }),
  });
  const fileId = ctx.ids.next("bfl");
  return await transact(ctx, async (tx) => {
    const row = {
      file_id: fileId,
      content_hash: contentHash,
      name: given.name.slice(0, 200),
      bytes: Buffer.from(given.bytes),
      size: given.bytes.length,
      state: "refused",
      bank_account_id: given.bankAccountId ?? null,
      uploaded_by: personOf(actor),
      uploaded_at: tx.clock.now(),
    };
    // Another person has sent the same bytes in the meantime.
    if (!(await store.insertFile(tx.db, row))) return { ...fileWire(await needFile(tx, contentHash)), again: true };
    const isSheet = reading.outcome === "read" ? SHEETS.has(reading.format) : SHEETS.has(reading.format ?? "");
    if (isSheet && mapping === undefined) await waitForMapping(tx, fileId, given, reading);
    else if (reading.outcome === "refused")
      await store.updateFile(tx.db, fileId, { sentence: reading.sentence, format: reading.format ?? null });
    else await takeStatements(tx, actor, fileId, reading, given.bankAccountId ?? null);
    await audit.record(tx, actor, {
      action: "bank_files.taken",
      subjectKind: "bank_file",
      subjectId: fileId,
      after: { name: given.name, bytes: given.bytes.length, hash: contentHash },
    });
    return fileWire(await needFile(tx, contentHash));
  });
}

async function needFile(tx: Context, contentHash: string): Promise<store.FileRow> {
  const file = await store.fileByHash(tx.db, contentHash);
  if (file === undefined) throw new Error("a file that was just written is missing");
  return file;
}

/** How a sheet with these columns was read for the account before. */
async function rememberedMapping(
  ctx: Context,
  given: GivenFile,
): Promise<{ readonly mapping: SheetMapping } | undefined> {
  if (given.bankAccountId === undefined) return undefined;
  const account = await store.accountById(ctx.db, given.bankAccountId);
  if (account === undefined) throw notFound("bank account", given.bankAccountId);
  const mappings = account.mappings as Record<string, SheetMapping>;
  if (Object.keys(mappings).length === 0) return undefined;
  const guess = await guessMapping(given.bytes, { fileName: given.name });
  const mapping = "titles" in guess ? mappings[columnsKey(guess.titles)] : undefined;
  return mapping && { mapping: onAccount(mapping, account) };
}

function onAccount(mapping: SheetMapping, account: store.AccountRow): SheetMapping {
  const named = account.iban === null ? { number: account.number ?? "" } : { iban: account.iban };
  return { ...mapping, currency: mapping.currency ?? account.currency, account: { ...named, owner: account.name } };
}

/** The same columns in the same order are read in the same way. */
function columnsKey(titles: readonly string[]): string {
  return createHash("sha256").update(titles.join("\n").toLowerCase()).digest("base64url").slice(0, 12);
}

async function waitForMapping(
  tx: Context,
  fileId: string,
  given: GivenFile,
  reading: Awaited<ReturnType<typeof readBankStatement>>,
): Promise<void> {
  const guess = await guessMapping(given.bytes, { fileName: given.name });
  const readable = "titles" in guess;
  await store.updateFile(tx.db, fileId, {
    format: reading.format ?? null,
    state: readable ? "mapping" : "refused",
    sentence: readable ? "Say which column is what: this file's columns are new." : guess.sentence,
    guess: readable ? JSON.stringify(guess) : null,
  });
}

/** Reads a sheet by the columns that a person chose, and remembers them for the account. */
export async function mapBankFile(ctx: Context, actor: Actor, id: string, given: BankFileRead): Promise<BankFile> {
  requirePermission(actor, "reconciliation.write", {});
  return await transact(ctx, async (tx) => {
    const file = await store.lockFile(tx.db, id);
    if (file === undefined) throw notFound("bank file", id);
    if (file.state !== "mapping") throw new Refusal("wrong_state", `This file is ${file.state} already.`);
    const account = await store.lockAccount(tx.db, given.bankAccountId);
    if (account === undefined) throw notFound("bank account", given.bankAccountId);
    const mapping = onAccount(given.mapping as SheetMapping, account);
    const reading = await readBankStatement(file.bytes, { fileName: file.name, mapping });
    if (reading.outcome === "refused") throw new Refusal("bad_request", reading.sentence);
    const titles = (file.guess as { titles?: string[] } | null)?.titles ?? [];
    await store.rememberMapping(tx.db, account.bank_account_id, columnsKey(titles), given.mapping);
    await store.updateFile(tx.db, id, { mapping: JSON.stringify(given.mapping), sentence: null, guess: null });
    await takeStatements(tx, actor, id, reading, account.bank_account_id, columnsKey(titles));
    await audit.record(tx, actor, {
      action: "bank_files.mapped",
      subjectKind: "bank_file",
      subjectId: id,
      after: { bankAccountId: account.bank_account_id, mapping: given.mapping },
    });
    return fileWire((await store.fileById(tx.db, id)) ?? file);
  });
}

async function takeStatements(
  tx: TxContext,
  actor: Actor,
  fileId: string,
  reading: ReadStatementFile,
  chosenAccountId: string | null,
  columns = "",
): Promise<void> {
  const sum = { statements: 0, entries: 0, fresh: 0, pending: 0 };
  let accountId = chosenAccountId;
  for (const statement of reading.statements) {
    const account = await accountOf(tx, actor, statement, chosenAccountId);
    accountId = account.bank_account_id;
    const read = readEntries(statement, familyOf(reading.format, columns));
    const taken = await takeStatement(tx, actor, { fileId, account, statement, read });
    sum.statements += 1;
    sum.entries += read.entries.length;
    sum.fresh += taken.fresh;
    sum.pending += read.pending;
  }
  const variant = reading.file.variant;
  await store.updateFile(tx.db, fileId, {
    ...sum,
    state: "read",
    format: reading.format,
    variant,
    bank_account_id: accountId,
  });
  if (sum.fresh > 0) await announce(tx, MATCH_TASK, { bankAccountId: accountId });
}

/** The account that a statement names, made when it is new; a sheet that names none belongs to the one that was chosen. */
async function accountOf(
  tx: Context,
  actor: Actor,
  { account }: BankStatement,
  chosenId: string | null,
): Promise<store.AccountRow> {
  const number = account.iban ?? account.number;
  if (chosenId !== null) {
    const chosen = await store.lockAccount(tx.db, chosenId);
    if (chosen === undefined) throw notFound("bank account", chosenId);
    if (number !== undefined && normalised(number) !== normalised(chosen.iban ?? chosen.number ?? number))
      throw new Refusal("bad_request", `The file is of account ${number}, and ${chosen.name} is another one.`);
    return chosen;
  }
  if (number === undefined || account.currency === null)
    throw new Refusal("bad_request", "The file does not say of which account it is: choose the account first.");
  return await store.takeAccount(tx.db, {
    bank_account_id: tx.ids.next("bac"),
    name: account.name ?? account.owner ?? number,
    identity: `${normalised(number)} ${account.currency}`,
    iban: account.iban ?? null,
    number: account.number ?? null,
    bic: account.bic ?? null,
    currency: account.currency,
    created_by: personOf(actor),
    created_at: tx.clock.now(),
  });
}

interface GivenStatement {
  readonly fileId: string;
  readonly account: store.AccountRow;
  readonly statement: BankStatement;
  readonly read: ReturnType<typeof readEntries>;
}

async function takeStatement(tx: TxContext, actor: Actor, given: GivenStatement): Promise<{ readonly fresh: number }> {
  const { account, statement, read, fileId } = given;
  const facts = factsOf(statement, read.entries, account.currency);
  const identity = identityOf(statement, facts, read.entries);
  const accountId = account.bank_account_id;
  const again = await store.sameStatement(tx.db, accountId, identity);
  const days = read.entries.map((one) => one.bookedOn).sort();
  const known = again ? [] : await knownEntries(tx.db, accountId, days[0] ?? "1900-01-01", days.at(-1) ?? "1900-01-01");
  const fresh = again ? [] : sortOut(known, read.entries).fresh;
  const problems = again ? [] : await problemsOfStatement(tx, accountId, statement, facts, read.problems);
  const state = again ? "duplicate" : problems.length > 0 ? "held" : "taken";
  const statementId = tx.ids.next("bst");
  await store.insertStatement(tx.db, {
    statement_id: statementId,
    bank_account_id: accountId,
    file_id: fileId,
    kind: statement.kind,
    number: statement.number ?? statement.sequence,
    identity,
    from_day: facts.from,
    to_day: facts.to,
    opening_minor: facts.openingMinor,
    closing_minor: facts.closingMinor,
    entries: read.entries.length,
    fresh: fresh.length,
    state,
    problems: JSON.stringify(problems),
    uploaded_by: personOf(actor),
    taken_at: tx.clock.now(),
  });
  await insertEntries(tx.db, { accountId, statementId, state: state === "held" ? "held" : "open" }, fresh);
  if (state === "taken") await releaseFollowers(tx, accountId);
  return { fresh: fresh.length };
}

function factsOf(statement: BankStatement, entries: readonly NewEntry[], currency: string): StatementFacts {
  const days = entries.map((one) => one.bookedOn).sort();
  return {
    from: statement.period.from ?? days[0] ?? statement.opening?.date ?? statement.closing?.date ?? null,
    to: statement.period.to ?? statement.closing?.date ?? days.at(-1) ?? null,
    openingMinor: statement.opening?.amount.minor ?? null,
    closingMinor: statement.closing?.amount.minor ?? null,
    currency,
  };
}

function identityOf(statement: BankStatement, facts: StatementFacts, entries: readonly NewEntry[]): string {
  const sum = entries.reduce((total, one) => total + one.amountMinor, 0n);
  const parts = [
    statement.kind,
    statement.number,
    statement.sequence,
    facts.from,
    facts.to,
    facts.openingMinor,
    facts.closingMinor,
  ];
  const contents = createHash("sha256")
    .update(entries.map((one) => one.contentKey).join("\n"))
    .digest("base64url");
  return [...parts.map((part) => String(part ?? "")), entries.length, sum, contents.slice(0, 16)].join("|");
}

async function problemsOfStatement(
  tx: Context,
  accountId: string,
  statement: BankStatement,
  facts: StatementFacts,
  unreadable: readonly StatementProblem[],
): Promise<StatementProblem[]> {
  const problems = [...problemsOf(statement), ...unreadable];
  if (statement.kind !== "statement" || facts.from === null) return problems;
  const before = await store.statementBefore(tx.db, accountId, facts.from);
  const gap = gapProblem(before && rowFacts(before, facts.currency), facts);
  return gap === null ? problems : [...problems, gap];
}

export function rowFacts(row: store.StatementRow, currency: string): StatementFacts {
  return {
    from: row.from_day,
    to: row.to_day,
    openingMinor: row.opening_minor,
    closingMinor: row.closing_minor,
    currency,
  };
}

/** A statement that was held for nothing but a gap is free once the missing one has come. */
export async function releaseFollowers(tx: TxContext, accountId: string): Promise<void> {
  const account = await store.accountById(tx.db, accountId);
  for (const held of await store.heldStatements(tx.db, accountId)) {
    const problems = held.problems as unknown as readonly StatementProblem[];
    if (held.from_day === null || problems.some((one) => one.code !== "gap")) continue;
    const before = await store.statementBefore(tx.db, accountId, held.from_day);
    const currency = account?.currency ?? "EUR";
    if (
      before === undefined ||
      before.state === "held" ||
      gapProblem(rowFacts(before, currency), rowFacts(held, currency)) !== null
    )
      continue;
    await store.updateStatement(tx.db, held.statement_id, { state: "taken", problems: "[]" });
    await moveEntries(tx.db, held.statement_id, "held", "open");
  }
}

export async function listBankFiles(ctx: Context, actor: Actor, page: PageRequest): Promise<Page<BankFile>> {
  requirePermission(actor, "reconciliation.read", {});
  const { rows, nextCursor } = await store.filePage(ctx.db, page);
  return { rows: rows.map(fileWire), nextCursor };
}

export async function getBankFile(ctx: Context, actor: Actor, id: string): Promise<BankFile> {
  requirePermission(actor, "reconciliation.read", {});
  const file = await store.fileById(ctx.db, id);
  if (file === undefined) throw notFound("bank file", id);
  return fileWire(file);
}
