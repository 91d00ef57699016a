import { sql } from "kysely";
import { foldEvents, recalculate } from "../../server/src/commissions/index.ts";
import { type Context, transact } from "../../server/src/database/index.ts";
import { KINDS, kindOf } from "./plans.ts";

const TIMES = 15;

/** Milliseconds from the facts of one new event until the partner's month is calculated and booked: the median for each kind of deal. */
export async function oneNewEvent(
  ctx: Context,
  programId: string,
  partners: number,
): Promise<ReadonlyMap<string, number>> {
  const result = new Map<string, number>();
  let number = 9_000_000_000n;
  for (const { kind } of KINDS) {
    // From the middle of the row on: an ordinary one.
    const middle = Math.floor(partners / 40) * 20;
    const partner = [...Array(20).keys()].map((place) => middle + place).find((one) => kindOf(one) === kind) ?? 0;
    const partnerId = `prt_${String(partner).padStart(6, "0")}`;
    const { rows } = await sql<{ id: bigint }>`
      select customer_id as id from attribution.customer where partner_id = ${partnerId} order by 1 limit 1`.execute(
      ctx.db,
    );
    const customerId = rows[0]?.id;
    if (customerId === undefined) continue;
    const taken: number[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      number += 1n;
      const event = {
        eventId: number,
        programId,
        customerId,
        sourceId: "bench",
        type: "activity",
        externalId: String(number),
        at: Date.parse("2026-03-20T12:00:00Z"),
        currency: "EUR",
        measures: { ggr: "1000" },
        quantities: {},
        dimensions: { product: "casino" },
      };
      const around = { zoneOf: () => "UTC", ownerOn: () => partnerId, eventsOf: async () => [], now: ctx.clock.now() };
      await transact(ctx, (tx) => foldEvents(tx.db, { added: [event], removed: [] }, around));
      const began = performance.now();
      const done = await recalculate(ctx, { partnerIds: [partnerId] });
      taken.push(performance.now() - began);
      if (done.pairs === 0) throw new Error(`nothing was due for ${partnerId}`);
    }
    result.set(kind, taken.sort((a, b) => a - b)[Math.floor(TIMES / 2)] ?? Number.NaN);
  }
  return result;
}
