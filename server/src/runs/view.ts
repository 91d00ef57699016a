import type { Run, RunCauses, RunItem, RunMark, RunState, RunTotal } from "@tributary/contract";
import { type Approving, gotOf, needsOfItem, verdictOn } from "./approvals.ts";
import { RUN_LIFE } from "./core/life.ts";
import type { ItemRow, TotalRow } from "./store/items.ts";
import type { RunRow } from "./store/runs.ts";

/** @param totals of this run, per region and currency, within the reader's reach */
export function runWire(run: RunRow, totals: readonly TotalRow[], now: Date): Run {
  const next = nextDue(run);
  return {
    id: run.runId,
    kind: run.kind,
    mode: run.mode,
    schedule: run.schedule,
    from: run.from,
    to: run.to,
    months: run.months.map((month) => month.slice(0, 7)),
    scope: run.scope,
    reason: run.reason,
    state: run.state,
    attempt: run.attempt,
    working: run.working,
    progress:
      run.working === null || run.progress === null
        ? null
        : { step: run.working, done: run.progress.done, of: run.progress.of, what: run.progress.what },
    trouble: run.trouble,
    dues: run.dues,
    nextDue: next,
    isLate: next !== null && next < now.toISOString(),
    totals: totalsWire(totals),
    exceptions: totals.reduce((sum, one) => sum + one.exceptions, 0),
    reopened: run.reopened,
    openedBy: run.openedBy,
    openedAt: run.openedAt.toISOString(),
    revision: run.revision,
  };
}

/** When the next state has to be reached. */
export function nextDue(run: Pick<RunRow, "state" | "dues">): string | null {
  const to: RunState | null = RUN_LIFE[run.state].to;
  return to === null ? null : (run.dues[to] ?? null);
}

const CAUSES = ["volume", "mix", "tier", "rate", "adjustment", "earlier"] as const;

/** Regions folded together; the largest currency first. */
function totalsWire(rows: readonly TotalRow[]): RunTotal[] {
  const totals = [...Map.groupBy(rows, (row) => row.currency)].map(([currency, own]): RunTotal => {
    const sum = (pick: (row: TotalRow) => bigint) => String(own.reduce((total, row) => total + pick(row), 0n));
    return {
      currency,
      partners: own.reduce((total, row) => total + row.partners, 0),
      earned: sum((row) => row.earned),
      earnedBefore: sum((row) => row.earned_before),
      causes: Object.fromEntries(CAUSES.map((cause) => [cause, sum((row) => row[cause])])) as RunCauses,
      held: sum((row) => row.held),
      toPay: sum((row) => row.to_pay),
      toPayExcluded: sum((row) => row.excluded),
    };
  });
  return totals.sort((a, b) => (BigInt(a.toPay) > BigInt(b.toPay) ? -1 : 1));
}

export function itemWire(item: ItemRow, around: Approving): RunItem {
  const verdict = verdictOn(item, around);
  return {
    id: `${item.partner_id}:${item.currency}`,
    partnerId: item.partner_id,
    currency: item.currency,
    regionId: item.region_id,
    ownerUserId: item.owner_user_id,
    statementIds: item.statement_ids,
    earned: String(item.earned),
    earnedBefore: String(item.earned_before),
    change: String(item.change),
    changePercent: item.earned_before === 0n ? null : Number((item.change * 10_000n) / abs(item.earned_before)) / 100,
    causes: item.causes as unknown as RunCauses,
    openingPayable: String(item.opening_payable),
    adjusted: String(item.adjusted),
    closingPayable: String(item.closing_payable),
    closingHeld: String(item.closing_held),
    toPay: String(item.to_pay),
    marks: item.marks as unknown as RunMark[],
    needs: needsOfItem(item),
    given: gotOf(item),
    excluded: item.excluded_by === null ? null : { by: item.excluded_by, reason: item.excluded_why },
    sentBack: item.sent_back_by === null ? null : { by: item.sent_back_by, comment: item.sent_back_why },
    mayApprove: "level" in verdict,
    whyNot: "whyNot" in verdict ? verdict.whyNot : null,
  };
}

function abs(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}
