import type {
  DispatchProblem,
  Payout,
  PayoutBatch,
  PayoutChange,
  PayoutDispatch,
  PayoutItem,
  PayoutReport,
  PayoutSource,
  UnmatchedStatus,
} from "@tributary/contract";
import type { BatchRow, DispatchRow, fileFacts } from "./store/batches.ts";
import type { countsOf, ItemRow, OwnPayoutRow, PayoutRow } from "./store/payouts.ts";
import type { ReportRow, UnmatchedRow } from "./store/reports.ts";
import type { ChangeRow, SourceRow } from "./store/sources.ts";

type Counts = Awaited<ReturnType<typeof countsOf>>;
type FileFacts = Awaited<ReturnType<typeof fileFacts>>[number];

export interface BatchParts {
  readonly counts: Counts;
  readonly dispatches: readonly PayoutDispatch[];
  readonly mayRelease: boolean;
  readonly lateFor: PayoutBatch["lateFor"];
}

/** States whose amounts are in a batch's totals. */
const COUNTED = new Set(["prepared", "released", "sent", "accepted", "settled", "rejected", "returned"]);

export function batchWire(row: BatchRow, parts: BatchParts): PayoutBatch {
  const counted = parts.counts.filter((one) => COUNTED.has(one.state));
  const totals = [...Map.groupBy(counted, (one) => `${one.currency} ${one.method}`).values()].map((some) => ({
    currency: some[0]?.currency ?? "",
    method: (some[0]?.method ?? "bank") as "bank",
    payouts: some.reduce((sum, one) => sum + Number(one.payouts), 0),
    total: String(some.reduce((sum, one) => sum + BigInt(one.total), 0n)),
  }));
  const counts: Record<string, number> = {};
  for (const one of parts.counts) counts[one.state] = (counts[one.state] ?? 0) + Number(one.payouts);
  return {
    id: row.batch_id,
    name: row.name,
    state: row.state as PayoutBatch["state"],
    executionDate: row.execution_date,
    untilMonth: row.until_month?.slice(0, 7) ?? null,
    totals,
    counts,
    controlSum: row.control_sum ?? sumText(counted),
    preparedBy: row.prepared_by,
    preparedAt: row.prepared_at.toISOString(),
    releasedBy: row.released_by,
    releasedAt: row.released_at?.toISOString() ?? null,
    cancelledBy: row.cancelled_by,
    cancelReason: row.cancel_reason,
    finishedAt: row.finished_at?.toISOString() ?? null,
    mayRelease: parts.mayRelease,
    lateFor: parts.lateFor,
    dispatches: [...parts.dispatches],
    revision: row.revision,
  };
}

/** The same as core/drafts' control sum, of rows that are summed already. */
function sumText(counted: Counts): string {
  const groups = [...Map.groupBy(counted, (one) => one.currency)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups
    .map(([currency, some]) => {
      const payouts = some.reduce((sum, one) => sum + one.payouts, 0n);
      return `${payouts} ${currency} ${some.reduce((sum, one) => sum + BigInt(one.total), 0n)}`;
    })
    .join(" + ");
}

export function dispatchWire(row: DispatchRow, sourceName: string, file: FileFacts | undefined): PayoutDispatch {
  return {
    id: row.dispatch_id,
    sourceId: row.source_id,
    sourceName,
    method: row.method as "bank",
    via: row.via as "file",
    format: row.format,
    currency: row.currency,
    state: row.state as "sent",
    payouts: row.payouts,
    total: String(row.total_minor),
    executionDate: row.execution_date,
    problem:
      row.problem === null
        ? null
        : { code: (row.problem_code ?? "other") as DispatchProblem["code"], detail: row.problem },
    retryAt: row.retry_at?.toISOString() ?? null,
    providerReference: row.provider_ref,
    file:
      file === undefined
        ? null
        : {
            name: file.file_name,
            bytes: file.bytes,
            sha256: file.sha256,
            controlSum: file.control_sum,
            changes: file.changes as never,
            fetchedBy: file.fetched_by,
            fetchedAt: file.fetched_at?.toISOString() ?? null,
          },
  };
}

export function payoutWire(row: PayoutRow, replacedBy: string | null): Payout {
  return {
    ...ownWire(row, row.amount_minor, replacedBy),
    reasons: row.reasons as never,
    dispatchId: row.dispatch_id,
    providerReference: row.provider_ref,
  };
}

/** As its partner sees it: its own part, nothing about how it is sent. */
export function ownWire(row: OwnPayoutRow, minor: bigint, replacedBy: string | null): Payout {
  return {
    id: row.payout_id,
    batchId: row.batch_id,
    payeeId: row.payee_id,
    payeeName: row.payee_name,
    method: row.method as "bank",
    amount: { minor: String(minor), currency: row.currency },
    state: row.state as Payout["state"],
    reasons: [],
    account: row.account,
    dispatchId: null,
    replaces: row.replaces,
    replacedBy,
    reason: row.reason,
    providerReference: null,
    arrivalOn: row.arrival_on,
    sentAt: row.sent_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}

export function itemWire(row: ItemRow, currency: string): PayoutItem {
  return {
    statementId: row.statement_id,
    partnerId: row.partner_id,
    currency: row.currency,
    gross: String(row.gross_minor),
    withheld: String(row.withheld_minor),
    reserve: String(row.reserve_minor),
    fee: String(row.fee_minor),
    net: String(row.net_minor),
    paid: { minor: String(row.paid_minor), currency },
    rate: row.rate,
    rateOn: row.rate_on,
    rateSource: row.rate_source,
    invoiceId: row.invoice_id,
    invoiceNumber: row.invoice_number,
  };
}

export function sourceWire(row: SourceRow): PayoutSource {
  return {
    id: row.source_id,
    name: row.name,
    method: row.method as "bank",
    via: row.via as "file",
    format: row.format,
    currencies: row.currencies,
    countries: row.countries,
    cutOff: row.cut_off,
    timeZone: row.time_zone,
    leadDays: row.lead_days,
    arrivalDays: row.arrival_days,
    fees: row.fees as Record<string, string>,
    position: row.position,
    state: row.state as "active",
    shown: row.shown as Record<string, unknown>,
    webhookPath: row.via === "api" ? `/v1/payout-webhooks/${row.source_id}` : null,
    revision: row.revision,
  };
}

export function changeWire(row: ChangeRow): PayoutChange {
  return {
    id: row.change_id,
    kind: row.kind as "source",
    subjectId: row.subject_id,
    shown: row.shown as Record<string, unknown>,
    state: row.state as "proposed",
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at.toISOString(),
    decidedBy: row.decided_by,
    decidedAt: row.decided_at?.toISOString() ?? null,
  };
}

export function reportWire(row: ReportRow): PayoutReport {
  return {
    id: row.report_id,
    name: row.name,
    format: row.format,
    origin: row.origin,
    receivedBy: row.received_by,
    receivedAt: row.received_at.toISOString(),
    statuses: row.statuses,
    applied: row.applied,
    unknown: row.unknown,
  };
}

interface KeptStatus {
  readonly status: string;
  readonly sentence: string;
  readonly references: Readonly<Record<string, string>>;
  readonly amount: { readonly minor: string; readonly currency: string } | null;
}

export function unmatchedWire(row: UnmatchedRow): UnmatchedStatus {
  const told = row.told as unknown as KeptStatus;
  return {
    id: row.unmatched_id,
    reportId: row.report_id,
    state: row.state as "waiting",
    status: told.status,
    sentence: told.sentence,
    references: { ...told.references },
    amount: told.amount,
    payoutId: row.payout_id,
    note: row.note,
    receivedAt: row.received_at.toISOString(),
  };
}
