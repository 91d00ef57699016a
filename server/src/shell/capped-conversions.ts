import type { CappedDecision } from "@tributary/contract";
import type { z } from "zod";
import { type Actor, requirePermission } from "../access/index.ts";
import { identifyCustomers, ownerOn } from "../attribution/index.ts";
import * as audit from "../audit/index.ts";
import { foldEvents } from "../commissions/index.ts";
import { type Context, type TxContext, transact } from "../database/index.ts";
import { parsePublicNumber, publicNumber } from "../kernel/ids.ts";
import { dayOf } from "../kernel/period.ts";
import { invalid } from "../kernel/refusals.ts";
import { partnerTouch } from "../partners/index.ts";
import { programsByIds } from "../programs/index.ts";
import {
  type CappedEvent,
  type ClickIds,
  cappedEvents,
  decideCapped,
  effectiveEventsOf,
  holdEvents,
  queueDeliveries,
  queueShipping,
} from "../tracking/index.ts";
import { settledEvent } from "./pipeline.ts";

type Decision = z.output<typeof CappedDecision>;

/**
 * A person decides what becomes of conversions beyond a cap. Those that are released make facts as if they had just come in: their commission is
 * calculated in the month in which they happened, and partners' postbacks are told. Events that are beyond no cap (any more) stay as they are.
 * @throws Refusal forbidden, invalid_input
 */
export async function decideCappedConversions(
  ctx: Context,
  actor: Actor,
  decision: Decision,
  clickIds: ClickIds,
): Promise<{ decided: number; unchanged: number }> {
  const ids = decision.eventIds.map((id) => {
    const eventId = parsePublicNumber("evt", id);
    if (eventId === undefined) throw invalid("eventIds", id, "is not the id of an event");
    return eventId;
  });
  return await transact(ctx, async (tx) => {
    // No batch of events may stand between what is read here and what is written.
    await holdEvents(tx.db);
    const found = await cappedEvents(tx.db, ids);
    const changing = decision.decision === "release" ? found : found.filter((event) => event.cap === "pend");
    for (const { partnerId, programId } of changing) {
      const touch = partnerId === null ? { programId } : await partnerTouch(tx, partnerId, programId);
      requirePermission(actor, "events.write", touch);
    }
    const eventIds = changing.map((event) => event.eventId);
    await decideCapped(tx.db, eventIds, decision.decision === "release" ? null : "stop", tx.clock.now());
    if (decision.decision === "release") await letIn(tx, changing, clickIds);
    await queueShipping(tx.db, [{ subject: "event", keys: eventIds }]);
    await audit.recordMany(
      tx,
      actor,
      changing.map((event) => ({
        action: `caps.conversion_${decision.decision === "release" ? "released" : "stopped"}`,
        subjectKind: "event",
        subjectId: publicNumber("evt", event.eventId),
        ...(event.partnerId === null ? {} : { partnerId: event.partnerId }),
        before: { cap: event.cap },
        after: { cap: decision.decision === "release" ? null : "stop" },
        reason: decision.reason,
      })),
    );
    return { decided: changing.length, unchanged: ids.length - changing.length };
  });
}

async function letIn(tx: TxContext, capped: readonly CappedEvent[], clickIds: ClickIds): Promise<void> {
  const now = tx.clock.now();
  const programs = await programsByIds(tx.db, [...new Set(capped.map((event) => event.programId))]);
  const zones = new Map(programs.map((program) => [program.programId, program.timeZone]));
  const zoneOf = (programId: string) => zones.get(programId) ?? "UTC";
  const seats = await identifyCustomers(tx.db, capped);
  const owners = new Map([...seats.values()].map(({ state }) => [state.customerId, state.owners]));
  const ownerAt = (customerId: bigint, day: string) => ownerOn(owners.get(customerId) ?? [], day);
  const wanted = new Map(capped.map((event) => [event.eventId, event]));
  const customerIds = [...new Set(capped.map((event) => event.customerId))];
  const released = (await effectiveEventsOf(tx.db, customerIds)).filter((event) => wanted.has(event.eventId));
  const facts = await foldEvents(
    tx.db,
    { added: released, removed: [] },
    {
      zoneOf,
      ownerOn: (customerId, day) => ownerAt(customerId, day)?.partnerId ?? null,
      eventsOf: (ids, types) => effectiveEventsOf(tx.db, ids, types === undefined ? {} : { types }),
      now,
    },
  );
  await queueShipping(tx.db, [{ subject: "customer", keys: [...facts.changed] }]);
  const told = released.flatMap((event) => {
    const owner = ownerAt(event.customerId, dayOf(new Date(event.at), zoneOf(event.programId)));
    const place = wanted.get(event.eventId);
    if (owner === undefined || owner.partnerId === null || place === undefined) return [];
    const firstDeposit = facts.milestones.get(event.customerId)?.ftdEventId === event.eventId;
    const { lane, seq, line } = place;
    return [settledEvent({ ...event, lane, seq, line }, owner, owner.partnerId, firstDeposit)];
  });
  await queueDeliveries(tx.db, now, told, clickIds);
}
