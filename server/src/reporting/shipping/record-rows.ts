import type { StoredCall, StoredLine } from "../../tracking/index.ts";
import { callParameters } from "../core/call-parameters.ts";
import { dayNumber } from "../core/days.ts";
import type { RowBinary } from "../core/row-binary.ts";
import type { CustomerRow, EventRow, ReceiptRow } from "../store/waiting.ts";
import { networkOf } from "./network.ts";
import { NO_VISITOR, type WinningClick, writeVisitor } from "./winning-clicks.ts";

const AUDIENCE_COLUMNS = [
  "country",
  "device",
  "os",
  "browser",
  "language",
  "source",
  "creative",
  "referrer_host",
  "landing_id",
  ...Array.from({ length: 10 }, (_, index) => `sub${index + 1}`),
  "partner_click_id",
] as const;

export const EVENT_COLUMNS = [
  ...["program_id", "type", "day", "event_id", "version", "at", "received_at", "lane", "seq", "line", "source_id"],
  ...["external_id", "customer_id", "customer_ref", "effective", "void", "replaces", "superseded_by", "currency"],
  ...["measures", "quantities", "dimensions", "partner_id", "offer_id", "link_id", "click_id", "click_at"],
  ...AUDIENCE_COLUMNS,
];

export function writeEvent(rows: RowBinary, event: EventRow, version: bigint, click: WinningClick | undefined): void {
  rows.text(event.program_id);
  rows.text(event.type);
  rows.uint16(storableDay(dayNumber(event.day)));
  rows.uint64(event.event_id);
  rows.uint64(version);
  rows.milliseconds(event.occurred_ms);
  rows.milliseconds(event.received_ms);
  rows.uint32(event.lane);
  rows.uint64(event.seq);
  rows.uint32(event.line);
  rows.text(event.source_id);
  rows.text(event.external_id);
  rows.uint64(event.customer_id);
  rows.text(event.customer_ref);
  rows.bool(event.superseded_by === null && !event.void);
  rows.bool(event.void);
  rows.uint64(event.replaces ?? 0n);
  rows.uint64(event.superseded_by ?? 0n);
  rows.text(event.currency);
  rows.map(Object.entries(event.measures), (value) => rows.int64(BigInt(value)));
  rows.map(Object.entries(event.quantities), (value) => rows.int128(unscaled(value)));
  rows.map(Object.entries(event.dimensions), (value) => rows.text(String(value)));
  rows.text(event.partner_id);
  rows.text(event.offer_id);
  rows.text(event.link_id);
  rows.text(event.click_id);
  rows.nullableMilliseconds(click ? click.at : null);
  if (click === undefined) writeVisitor(rows, NO_VISITOR);
  else rows.written(click.visitor);
}

const QUANTITY_SCALE = 10;

/** The number of 10⁻¹⁰ in a decimal: `0.5` → 5000000000n. Digits beyond the tenth place are cut. */
export function unscaled(decimal: string): bigint {
  const [whole = "0", fraction = ""] = decimal.replace("-", "").split(".");
  const digits = BigInt(whole + fraction.slice(0, QUANTITY_SCALE).padEnd(QUANTITY_SCALE, "0"));
  return decimal.startsWith("-") ? -digits : digits;
}

/** ClickHouse's Date holds 1970 to 2149. */
function storableDay(day: number): number {
  return Math.min(65_535, Math.max(0, day));
}

export const CUSTOMER_COLUMNS = [
  ...["program_id", "customer_id", "version", "customer_ref", "partner_id", "offer_id", "link_id", "reason"],
  ...["first_seen", "bound_at", "cohort_day", "registered_at", "registered_day", "kyc_at", "kyc_day"],
  ...[
    "ftd_at",
    "ftd_day",
    "ftd_minor",
    "ftd_currency",
    "second_deposit_at",
    "second_deposit_day",
    "click_at",
    "click_id",
  ],
  ...AUDIENCE_COLUMNS,
];

/** @param cut day of an instant in the program's time zone */
export function writeCustomer(
  rows: RowBinary,
  customer: CustomerRow,
  version: bigint,
  click: WinningClick | undefined,
  cut: (milliseconds: number) => number,
): void {
  const dayOrNone = (at: number | null): number => (at === null ? 0 : storableDay(cut(at)));
  rows.text(customer.program_id);
  rows.uint64(customer.customer_id);
  rows.uint64(version);
  rows.text(customer.customer_ref);
  rows.text(customer.partner_id);
  rows.text(customer.offer_id);
  rows.text(customer.link_id);
  rows.text(customer.reason);
  rows.milliseconds(customer.first_seen_ms ?? 0);
  rows.nullableMilliseconds(customer.bound_ms);
  rows.uint16(dayOrNone(click?.at ?? customer.registered_ms ?? customer.first_seen_ms ?? customer.bound_ms));
  for (const at of [customer.registered_ms, customer.kyc_ms, customer.ftd_ms]) {
    rows.nullableMilliseconds(at);
    rows.uint16(dayOrNone(at));
  }
  rows.int64(customer.ftd_minor ?? 0n);
  rows.text(customer.ftd_currency);
  rows.nullableMilliseconds(customer.second_deposit_ms);
  rows.uint16(dayOrNone(customer.second_deposit_ms));
  rows.nullableMilliseconds(click ? click.at : null);
  rows.text(customer.click_id);
  if (click === undefined) writeVisitor(rows, { ...NO_VISITOR, country: customer.country ?? "" });
  else rows.written(click.visitor);
}

export const INTAKE_COLUMNS = [
  ...[
    "at",
    "lane",
    "seq",
    "line",
    "version",
    "door",
    "fate",
    "reason",
    "detail",
    "program_id",
    "partner_id",
    "source_id",
  ],
  ...["type", "external_id", "customer_ref", "event_id", "click_id", "params", "raw"],
];

export function writeIntake(
  rows: RowBinary,
  receipt: ReceiptRow,
  version: bigint,
  receivedMs: number,
  call: StoredCall,
  line: StoredLine | undefined,
): void {
  const event = line && !("refused" in line) ? line : undefined;
  rows.milliseconds(receivedMs);
  rows.uint32(receipt.lane);
  rows.uint64(receipt.seq);
  rows.uint32(receipt.line);
  rows.uint64(version);
  rows.text(call.door);
  rows.text(receipt.fate);
  rows.text(receipt.reason);
  rows.text(receipt.detail);
  rows.text(call.programId);
  rows.text(receipt.partner_id);
  rows.text(call.sourceId);
  rows.text(event?.type);
  rows.text(event?.externalId);
  rows.text(event?.customerRef);
  rows.uint64(receipt.event_id ?? 0n);
  rows.text(event?.clickId ?? event?.badClickId);
  const address = call.door === "pixel" ? networkOf(call.ip) : call.ip;
  rows.map(callParameters(call, line, address), (value) => rows.text(value));
  // What was sent, where it was kept. A row of a file or a list is whole in its parameters: keeping it twice would double the log.
  rows.text(call.raw ?? (line && "raw" in line ? line.raw : undefined));
}
