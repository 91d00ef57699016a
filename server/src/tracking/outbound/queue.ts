import type { Db } from "../../database/index.ts";
import type { AccruedCommission, SettledEvent } from "./contracts.ts";
import { draftsForCommissions, draftsForEvents } from "./core/occasions.ts";
import { insertDeliveries } from "./store/deliveries.ts";
import { targetsOf } from "./store/postbacks.ts";

/**
 * Queues what partners want to hear of a batch of events, in the transaction that settles them: the event and its deliveries become
 * durable together. Two statements whatever the size of the batch; a repetition queues nothing twice.
 * @returns how many deliveries are new
 */
export async function queueDeliveries(tx: Db, now: Date, events: readonly SettledEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  const targets = await targetsOf(tx, [...new Set(events.map((event) => event.partnerId))]);
  return targets.length === 0 ? 0 : await insertDeliveries(tx, now, draftsForEvents(events, targets));
}

/** The same for booked commission lines, occasion `commission`. */
export async function queueCommissionDeliveries(
  tx: Db,
  now: Date,
  lines: readonly AccruedCommission[],
): Promise<number> {
  if (lines.length === 0) return 0;
  const targets = await targetsOf(tx, [...new Set(lines.map((line) => line.partnerId))]);
  return targets.length === 0 ? 0 : await insertDeliveries(tx, now, draftsForCommissions(lines, targets));
}
