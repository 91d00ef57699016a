import type { CapCounter, CappedConversion, TrafficCap } from "@tributary/contract";
import { publicNumber } from "../../kernel/ids.ts";
import { shareUsed } from "./core/counter.ts";
import { type CapSpan, SINCE_EVER } from "./core/period.ts";
import type { CapRow, CountRow, cappedPage } from "./store/caps.ts";

/** @param currency the program's @param fullest counter of the running period that is used up most */
export function capWire(
  row: CapRow,
  currency: string | null,
  fullest: (CountRow & { readonly counters: number }) | undefined,
  span: CapSpan,
): TrafficCap {
  return {
    id: row.cap_id,
    programId: row.program_id,
    name: row.name,
    offerId: row.offer_id,
    partnerId: row.partner_id,
    each: row.each as TrafficCap["each"],
    metric: row.metric as TrafficCap["metric"],
    eventType: row.event_type,
    limit: row.most.toString(),
    currency: row.metric === "amount" ? currency : null,
    period: row.period as TrafficCap["period"],
    overflow:
      row.overflow === "fallback"
        ? { kind: "fallback", url: row.overflow_url, offerId: row.overflow_offer_id }
        : { kind: row.overflow as "pend" | "stop" },
    warnAt: row.warn_at,
    status: row.status as TrafficCap["status"],
    fullest: fullest === undefined ? null : counterWire(fullest, row, span),
    counters: fullest?.counters ?? 0,
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  };
}

export function counterWire(count: CountRow, cap: CapRow, span: CapSpan): CapCounter {
  const share = shareUsed(count.used, cap.most);
  return {
    partnerId: count.partner_id || null,
    value: count.value || null,
    used: count.used.toString(),
    share,
    state: share >= 100 ? "reached" : share >= cap.warn_at ? "near" : "open",
    periodFrom: span.from === SINCE_EVER ? null : span.from,
    resetsAt: Number.isFinite(span.endsAt) ? new Date(span.endsAt).toISOString() : null,
    reachedAt: share >= 100 ? (count.reached_at?.toISOString() ?? null) : null,
  };
}

type CappedRow = Awaited<ReturnType<typeof cappedPage>>["rows"][number];

export function cappedWire(row: CappedRow): CappedConversion {
  const measures = row.measures as Readonly<Record<string, string>>;
  const minor = measures[row.type] ?? Object.values(measures)[0];
  return {
    eventId: publicNumber("evt", row.event_id),
    capId: row.cap_id,
    programId: row.program_id,
    partnerId: row.partner_id ?? "",
    offerId: null,
    type: row.type,
    customerId: publicNumber("cus", row.customer_id),
    occurredAt: row.occurred_at.toISOString(),
    amount: minor === undefined || row.currency === null ? null : { minor, currency: row.currency },
    outcome: row.outcome as CappedConversion["outcome"],
    decidedAt: row.decided_at.toISOString(),
  };
}
