import type { BankEntry, BankFile, BankMatch, BankStatementRecord, MatchReason } from "@tributary/contract";
import { publicNumber } from "../kernel/ids.ts";
import { daysBetween } from "./core/score.ts";
import type { FileRow, StatementRow } from "./store/bank.ts";
import type { ListedEntry } from "./store/entries.ts";
import type { ExpectedRow, MatchRow } from "./store/matching.ts";

export function fileWire(row: FileRow): BankFile {
  return {
    id: row.file_id,
    name: row.name,
    size: row.size,
    format: row.format,
    variant: row.variant,
    state: row.state as BankFile["state"],
    sentence: row.sentence,
    again: false,
    bankAccountId: row.bank_account_id,
    statements: row.statements,
    entries: row.entries,
    fresh: row.fresh,
    pending: row.pending,
    guess: row.guess as BankFile["guess"],
    uploadedBy: row.uploaded_by,
    uploadedAt: row.uploaded_at.toISOString(),
  };
}

export function statementWire(row: StatementRow & { readonly currency: string }): BankStatementRecord {
  return {
    id: row.statement_id,
    bankAccountId: row.bank_account_id,
    fileId: row.file_id,
    kind: row.kind as BankStatementRecord["kind"],
    number: row.number,
    from: row.from_day,
    to: row.to_day,
    currency: row.currency,
    opening: row.opening_minor === null ? null : String(row.opening_minor),
    closing: row.closing_minor === null ? null : String(row.closing_minor),
    entries: row.entries,
    fresh: row.fresh,
    state: row.state as BankStatementRecord["state"],
    problems: row.problems as unknown as BankStatementRecord["problems"],
    uploadedBy: row.uploaded_by,
    takenAt: row.taken_at.toISOString(),
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
    reason: row.reason,
  };
}

/** @param today YYYY-MM-DD */
export function entryWire(row: ListedEntry, today: string): BankEntry {
  return {
    id: publicNumber("ben", row.entry_id),
    bankAccountId: row.bank_account_id,
    statementId: row.statement_id,
    bookedOn: row.booked_on,
    valueOn: row.value_on,
    amount: { minor: String(row.amount_minor), currency: row.currency },
    original:
      row.original_minor === null || row.original_currency === null
        ? null
        : { minor: String(row.original_minor), currency: row.original_currency },
    state: row.state as BankEntry["state"],
    name: row.name,
    account: row.account,
    text: row.text,
    endToEndId: row.end_to_end_id,
    bankReference: row.bank_reference,
    returned: row.returned,
    batchSize: row.batch_size,
    ageDays: daysBetween(row.booked_on, today),
    score: row.score,
    matchId: row.match_id,
    note: row.note,
    owner: row.owner,
    dueOn: row.due_on,
    ignoredWhy: row.ignored_why,
    revision: row.revision,
  };
}

export function matchWire(
  row: MatchRow,
  parts: { readonly entryIds: readonly bigint[]; readonly expected: readonly ExpectedRow[]; readonly currency: string },
): BankMatch {
  return {
    id: row.match_id,
    state: row.state as BankMatch["state"],
    kind: row.kind as BankMatch["kind"],
    score: row.score,
    reasons: row.reasons as unknown as MatchReason[],
    fee: row.fee_minor === 0n ? null : { minor: String(row.fee_minor), currency: parts.currency },
    rate: row.rate,
    entryIds: parts.entryIds.map((id) => publicNumber("ben", id)),
    expected: parts.expected.map((one) => ({
      id: String(one.expected_id),
      kind: one.kind as "out" | "back",
      payoutId: one.payout_id,
      batchId: one.batch_id,
      partnerId: one.partner_id,
      payeeName: one.payee_name,
      amount: { minor: String(one.amount_minor), currency: one.currency },
      on: one.expected_on,
    })),
    note: row.note,
    madeBy: row.made_by,
    madeAt: row.made_at.toISOString(),
    bookedBy: row.booked_by,
    bookedAt: row.booked_at?.toISOString() ?? null,
    endReason: row.end_reason,
  };
}
