import type { CustomerSeat } from "../attribution/index.ts";
import type { Tx } from "../database/index.ts";
import { queueWebhooks, typesListenedTo, type WebhookMessage } from "../integrations/index.ts";
import { publicNumber } from "../kernel/ids.ts";
import { type EventDraft, type ReceiptDraft, receiptId, type SettledEvent } from "../tracking/index.ts";

type Seats = ReadonlyMap<bigint, CustomerSeat>;

/** What a batch of events is known by when it is done. */
export interface DoneBatch {
  readonly now: Date;
  readonly receipts: readonly ReceiptDraft[];
  readonly told: readonly SettledEvent[];
}

/** Takes note of a batch for the operator's webhooks, in its transaction. */
export interface BatchNews {
  tell(batch: DoneBatch): Promise<void>;
}

/**
 * Looks who listens and, only if somebody does, how the customers stand before the batch. Importing a million events costs one small query per
 * batch when nobody listens.
 */
export async function openBatchNews(tx: Tx, seats: Seats): Promise<BatchNews> {
  const types = await typesListenedTo(tx);
  const wants = (type: string) => types.has("*") || types.has(type);
  if (types.size === 0) return { tell: async () => undefined };
  const before = new Map(
    wants("customer.attributed") ? [...seats].map(([id, seat]) => [id, lastOwner(seat)?.partnerId ?? null]) : [],
  );
  return {
    async tell({ now, receipts, told }) {
      const first = new Map(told.map((event) => [event.eventId, event]));
      const messages = [
        ...customerNews(seats, before, now),
        ...receipts.flatMap((receipt) => receiptNews(receipt, first, now)),
      ];
      await queueWebhooks(
        tx,
        now,
        messages.filter((message) => wants(message.type)),
      );
    },
  };
}

function lastOwner(seat: CustomerSeat) {
  return seat.state.owners.at(-1);
}

function* customerNews(seats: Seats, before: ReadonlyMap<bigint, string | null>, now: Date): Generator<WebhookMessage> {
  for (const [customerId, previousPartnerId] of before) {
    const seat = seats.get(customerId);
    const owner = seat === undefined ? undefined : lastOwner(seat);
    const partnerId = owner?.partnerId ?? null;
    if (seat === undefined || partnerId === previousPartnerId) continue;
    const { state } = seat;
    yield {
      type: "customer.attributed",
      at: now,
      about: `${customerId}:${partnerId ?? "nobody"}:${now.getTime()}`,
      programId: state.programId,
      data: {
        customerId: publicNumber("cus", customerId),
        customerRef: state.customerRef,
        programId: state.programId,
        partnerId,
        previousPartnerId,
        linkId: owner?.linkId ?? null,
        offerId: owner?.offerId ?? null,
        clickId: owner?.clickId ?? null,
        reason: state.reason,
      },
    };
  }
}

/** A duplicate is no news; a test is none either. */
function receiptNews(
  receipt: ReceiptDraft,
  told: ReadonlyMap<bigint, SettledEvent>,
  now: Date,
): readonly WebhookMessage[] {
  const id = receiptId(receipt.lane, receipt.seq, receipt.line);
  if (receipt.fate === "rejected") {
    const { reason, detail } = receipt;
    const data = { receiptId: id, programId: null, reason: reason ?? "internal", detail };
    return [{ type: "event.rejected", at: now, about: id, programId: null, data }];
  }
  const event = receipt.event as EventDraft | null;
  if (event === null || event.customerId === 0n) return [];
  const of = {
    receiptId: id,
    eventId: publicNumber("evt", event.eventId),
    programId: event.programId,
    type: event.type,
    externalId: event.externalId,
    customerId: publicNumber("cus", event.customerId),
    customerRef: event.customerRef,
    partnerId: receipt.partnerId,
    occurredAt: new Date(event.at).toISOString(),
  };
  const place = { at: now, about: id, programId: event.programId };
  const { reason } = receipt;
  if (receipt.fate === "unattributed") return [{ ...place, type: "event.unattributed", data: { ...of, reason } }];
  if (receipt.fate === "reversed") return [{ ...place, type: "event.reversed", data: { ...of, reason } }];
  const settled = told.get(event.eventId);
  if (receipt.fate !== "accepted" || settled === undefined) return [];
  const { firstDeposit, offerId } = settled;
  const amount =
    settled.amount === null ? null : { minor: settled.amount.minor.toString(), currency: settled.amount.currency };
  return [{ ...place, type: "event.accepted", data: { ...of, firstDeposit, offerId, amount } }];
}
