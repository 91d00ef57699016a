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
import { maskCustomer } from "./macros.ts";

/** Deliveries that a batch of events causes: each event by its type, a first deposit as `ftd` too, to each postback that listens. */
export function draftsForEvents(
  events: readonly SettledEvent[],
  targets: readonly PostbackTarget[],
): readonly DeliveryDraft[] {
  const byPartner = Map.groupBy(targets, (target) => target.partnerId);
  return events.flatMap((event) => {
    const occasions = event.firstDeposit ? [event.type, "ftd"] : [event.type];
    return (byPartner.get(event.partnerId) ?? []).flatMap((target) =>
      occasions
        .filter((occasion) => listens(target, event, occasion))
        .map((occasion) => ({
          postbackId: target.postbackId,
          partnerId: event.partnerId,
          programId: event.programId,
          eventId: event.eventId,
          occasion,
          dedupeKey: `${target.postbackId}:${occasion}:${event.eventId}`,
          values: eventValues(event, occasion),
        })),
    );
  });
}

/** Deliveries that booked commission lines cause. A later version of a line is another line id, so its difference is told as well. */
export function draftsForCommissions(
  lines: readonly AccruedCommission[],
  targets: readonly PostbackTarget[],
): readonly DeliveryDraft[] {
  const byPartner = Map.groupBy(targets, (target) => target.partnerId);
  return lines.flatMap((line) =>
    (byPartner.get(line.partnerId) ?? [])
      .filter((target) => listens(target, line, "commission"))
      .map((target) => ({
        postbackId: target.postbackId,
        partnerId: line.partnerId,
        programId: line.programId,
        eventId: line.eventId,
        occasion: "commission",
        dedupeKey: `${target.postbackId}:commission:${line.lineId}`,
        values: commissionValues(line),
      })),
  );
}

function listens(
  target: PostbackTarget,
  subject: { readonly programId: string; readonly offerId: string | null },
  occasion: string,
): boolean {
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
    timestamp: unixSeconds(event.occurredAt),
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
    timestamp: unixSeconds(line.occurredAt),
  };
}

/** Values for a test call: shaped like real ones, and plainly not real. */
export function sampleValues(programId: string | null, offerId: string | null, at: Date): MacroValues {
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
    timestamp: unixSeconds(at),
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

function unixSeconds(at: Date): string {
  return String(Math.floor(at.getTime() / 1000));
}

/** `250.00`: whole units with the currency's decimal places, a point and no grouping, since machines read it. */
function wholeUnits(amount: PostedAmount): string {
  const places = exponent(currency(amount.currency));
  const sign = amount.minor < 0n ? "-" : "";
  const digits = (amount.minor < 0n ? -amount.minor : amount.minor).toString().padStart(places + 1, "0");
  return places === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
