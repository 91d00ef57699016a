import { createHash } from "node:crypto";
import type { Db } from "../../database/index.ts";
import { ENTRY_KIND } from "../contracts.ts";
import type { ClickIds } from "../core/click-id.ts";
import { readCall, readClick } from "../core/stored.ts";
import { findEntries } from "../intake/reader.ts";
import type { AccruedCommission, MacroValues, SettledEvent } from "./contracts.ts";
import { emailHashes } from "./core/ad-payloads.ts";
import { draftsForCommissions, draftsForEvents } from "./core/occasions.ts";
import { insertDeliveries } from "./store/deliveries.ts";
import { targetsOf } from "./store/postbacks.ts";

/**
 * Queues what partners want to hear of a batch of events, in the transaction that settles them: the event and its deliveries become
 * durable together. Two statements whatever the size of the batch; a repetition queues nothing twice.
 * @param clickIds for receivers that want what only the click itself holds (gclid …); without it those values are empty
 * @returns how many deliveries are new
 */
export async function queueDeliveries(
  tx: Db,
  now: Date,
  events: readonly SettledEvent[],
  clickIds?: ClickIds,
): Promise<number> {
  if (events.length === 0) return 0;
  const targets = await targetsOf(tx, [...new Set(events.map((event) => event.partnerId))]);
  if (targets.length === 0) return 0;
  const wanting = new Set(targets.filter((target) => target.needsClick).map((target) => target.partnerId));
  const asked = events.filter((event) => wanting.has(event.partnerId));
  const more = clickIds === undefined || asked.length === 0 ? undefined : await moreOf(tx, clickIds, asked);
  return await insertDeliveries(tx, now, draftsForEvents(events, targets, more));
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

const PLATFORM_IDS = ["gclid", "wbraid", "gbraid", "fbclid", "ttclid", "msclkid"];

/** What the clicks and the sources' calls hold beyond what is kept of an event, read from the intake log. */
async function moreOf(
  db: Db,
  clickIds: ClickIds,
  events: readonly SettledEvent[],
): Promise<ReadonlyMap<bigint, MacroValues>> {
  const clicks = new Map(
    events.flatMap((event) => {
      const place = event.clickId === null ? undefined : clickIds.read(event.clickId);
      return place === undefined ? [] : [[event.eventId, { lane: place.lane, seq: BigInt(place.seq) }] as const];
    }),
  );
  const calls = events.flatMap((event) => event.place ?? []);
  const entries = await findEntries(db, [...clicks.values(), ...calls]);
  const byPlace = new Map(entries.map((entry) => [`${entry.lane}:${entry.seq}`, entry]));
  return new Map(
    events.map((event) => {
      const at = clicks.get(event.eventId);
      const click = at === undefined ? undefined : byPlace.get(`${at.lane}:${at.seq}`);
      const call = event.place === undefined ? undefined : byPlace.get(`${event.place.lane}:${event.place.seq}`);
      const values = {
        ...(click?.kind === ENTRY_KIND.click ? clickValues(click.body) : {}),
        ...(call?.kind === ENTRY_KIND.events ? emailValues(call.body, event.place?.line ?? 0) : {}),
        customer_sha256: createHash("sha256").update(event.customerRef).digest("hex"),
      };
      return [event.eventId, values];
    }),
  );
}

function clickValues(body: string): MacroValues {
  const click = readClick(body);
  const ids = Object.entries(click.other ?? {}).filter(([name]) => PLATFORM_IDS.includes(name.toLowerCase()));
  return {
    ...Object.fromEntries(ids.map(([name, value]) => [name.toLowerCase(), value])),
    click_ms: String(click.at),
    client_ip: click.ip ?? "",
    client_ua: click.ua ?? "",
  };
}

/** Only hashes are kept of an address that a source sent as `email`. */
function emailValues(body: string, line: number): MacroValues {
  const event = readCall(body).events.find((one) => one.line === line);
  if (event === undefined || "refused" in event) return {};
  const given = Object.entries({ ...event.other, ...event.dimensions }).find(([name]) => /^e-?mail$/i.test(name))?.[1];
  return given === undefined || !given.includes("@") ? {} : emailHashes(given);
}
