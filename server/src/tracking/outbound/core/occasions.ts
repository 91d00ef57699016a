import { publicNumber } from "../../../kernel/ids.ts";
import { currency, exponent } from "../../../kernel/money.ts";
import type {
  AccruedCommission,
  DeliveryDraft,
  MacroValues,
  PostbackTarget,
  PostedAmount,
  SettledEvent,
} from "../contracts.ts";
import { adProblem } from "./ad-payloads.ts";
import { passes } from "./filters.ts";
import { maskCustomer } from "./macros.ts";

/** What the click and the source's call add, by event id: only for receivers that ask for it. */
export type MoreValues = ReadonlyMap<bigint, MacroValues>;

/** Deliveries that a batch of events causes: each event by its type, a first deposit as `ftd` too, to each postback that listens. */
export function draftsForEvents(
  events: readonly SettledEvent[],
  targets: readonly PostbackTarget[],
  more: MoreValues = new Map(),
): readonly DeliveryDraft[] {
  const byPartner = Map.groupBy(targets, (target) => target.partnerId);
  return events.flatMap((event) => {
    const occasions = event.firstDeposit ? [event.type, "ftd"] : [event.type];
    const own = byPartner.get(event.partnerId) ?? [];
    return occasions.flatMap((occasion) =>
      listening(own, event, occasion)
        .filter((target) => passes(target.filters, { ...event, country: event.country ?? null, commissionState: null }))
        .filter((target) => !(target.ads !== null && occasion !== "ftd" && alsoFtd(target, event)))
        .map((target) => ({
          ads: target.ads,
          postbackId: target.postbackId,
          partnerId: event.partnerId,
          programId: event.programId,
          eventId: event.eventId,
          occasion,
          dedupeKey: keyOf(target, occasion, String(event.eventId), event),
          delaySeconds: target.delaySeconds,
          values: {
            ...eventValues(event, occasion),
            status: target.statusWords[occasion] ?? "approved",
            ...(target.needsClick ? more.get(event.eventId) : undefined),
          },
        }))
        // Not every customer came from the platform; what it could not match is not sent.
        .filter(({ ads, values }) => ads === null || adProblem(ads, values) === undefined),
    );
  });
}

/** A first deposit is one purchase to an ad platform, not two. */
function alsoFtd(target: PostbackTarget, event: SettledEvent): boolean {
  return event.firstDeposit && target.occasions.includes("ftd");
}

/** Deliveries that booked commission lines cause. A later version of a line is another line id, so its difference is told as well. */
export function draftsForCommissions(
  lines: readonly AccruedCommission[],
  targets: readonly PostbackTarget[],
): readonly DeliveryDraft[] {
  const byPartner = Map.groupBy(targets, (target) => target.partnerId);
  return lines.flatMap((line) =>
    listening(byPartner.get(line.partnerId) ?? [], line, "commission")
      .filter((target) =>
        passes(target.filters, {
          ...line,
          amount: line.commission,
          country: line.country ?? null,
          commissionState: line.state,
        }),
      )
      .map((target) => ({
        postbackId: target.postbackId,
        partnerId: line.partnerId,
        programId: line.programId,
        eventId: line.eventId,
        occasion: "commission",
        dedupeKey: keyOf(
          target,
          "commission",
          line.state === "released" ? `${line.lineId}:released` : String(line.lineId),
          line,
        ),
        delaySeconds: target.delaySeconds,
        values: {
          ...commissionValues(line),
          status: target.statusWords[line.state] ?? STATUS_OF_STATE[line.state],
        },
      })),
  );
}

const STATUS_OF_STATE = { accrued: "approved", held: "pending", released: "approved", reversed: "rejected" } as const;

interface Subject {
  readonly programId: string;
  readonly offerId: string | null;
  readonly customerRef: string | null;
}

/** "Each occasion once per customer" is held by the delivery's own key: the first to be queued takes it. */
function keyOf(target: PostbackTarget, occasion: string, subject: string, of: Subject): string {
  return target.filters.firstPerCustomer === true && of.customerRef !== null
    ? `${target.postbackId}:${occasion}:first:${of.programId}:${of.customerRef}`
    : `${target.postbackId}:${occasion}:${subject}`;
}

/**
 * Who listens. A postback for the very offer that overrides silences those for every offer, for the occasions that it listens to itself, and
 * also where its own filters then say no: what was told to whom can be read off the list, without knowing the values.
 */
function listening(targets: readonly PostbackTarget[], subject: Subject, occasion: string): readonly PostbackTarget[] {
  const all = targets.filter((target) => listens(target, subject, occasion));
  const overridden = all.some((target) => target.offerId !== null && target.precedence === "overrides");
  return overridden ? all.filter((target) => target.offerId !== null) : all;
}

function listens(target: PostbackTarget, subject: Subject, occasion: string): boolean {
  return (
    target.occasions.includes(occasion) &&
    (target.programId === null || target.programId === subject.programId) &&
    (target.offerId === null || target.offerId === subject.offerId)
  );
}

function eventValues(event: SettledEvent, occasion: string): MacroValues {
  return {
    ...touchValues(event.touch),
    click_id: event.clickId ?? "",
    event: occasion,
    amount: event.amount === null ? "" : wholeUnits(event.amount),
    currency: event.amount?.currency ?? "",
    commission: "",
    event_id: publicNumber("evt", event.eventId),
    customer_id: maskCustomer(event.customerRef),
    offer: event.offerId ?? "",
    program: event.programId,
    country: event.country ?? "",
    commission_state: "",
    ...timesOf(event.occurredAt),
  };
}

function commissionValues(line: AccruedCommission): MacroValues {
  return {
    ...touchValues(line.touch),
    click_id: line.clickId ?? "",
    event: "commission",
    amount: "",
    currency: line.commission.currency,
    commission: wholeUnits(line.commission),
    event_id: line.eventId === null ? "" : publicNumber("evt", line.eventId),
    customer_id: line.customerRef === null ? "" : maskCustomer(line.customerRef),
    offer: line.offerId ?? "",
    program: line.programId,
    country: line.country ?? "",
    commission_state: line.state,
    ...timesOf(line.occurredAt),
  };
}

/** Values for a test call: shaped like real ones, and plainly not real. */
export function sampleValues(programId: string | null, offerId: string | null, at: Date): Record<string, string> {
  const subs = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`sub${index + 1}`, `test-sub${index + 1}`]),
  );
  return {
    ...subs,
    partner_click_id: "test-partner-click",
    click_id: "test-click",
    event: "test",
    amount: "100.00",
    currency: "EUR",
    commission: "25.00",
    event_id: "evt_test",
    customer_id: "***test",
    offer: offerId ?? "ofr_test",
    program: programId ?? "prg_test",
    country: "ES",
    commission_state: "accrued",
    status: "approved",
    gclid: "test-gclid",
    fbclid: "test-fbclid",
    ttclid: "test-ttclid",
    msclkid: "test-msclkid",
    test: "1",
    ...timesOf(at),
  };
}

function touchValues(touch: Readonly<Record<string, unknown>>): Record<string, string> {
  const values: Record<string, string> = {};
  for (let number = 1; number <= 10; number += 1) values[`sub${number}`] = text(touch[`sub${number}`]);
  values.partner_click_id = text(touch.partner_click_id ?? touch.partnerClickId);
  return values;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function timesOf(at: Date): { readonly timestamp: string; readonly occurred_at: string } {
  return { timestamp: String(Math.floor(at.getTime() / 1000)), occurred_at: `${at.toISOString().slice(0, 19)}Z` };
}

/** `250.00`: whole units with the currency's decimal places, a point and no grouping, since machines read it. */
function wholeUnits(amount: PostedAmount): string {
  const places = exponent(currency(amount.currency));
  const sign = amount.minor < 0n ? "-" : "";
  const digits = (amount.minor < 0n ? -amount.minor : amount.minor).toString().padStart(places + 1, "0");
  return places === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
