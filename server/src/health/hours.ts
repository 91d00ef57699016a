import type { Analytics, Db } from "../database/index.ts";
import { type HourOfTraffic, trafficByHour } from "../reporting/index.ts";
import { type PostbackHour, postbackHours } from "../tracking/index.ts";

export const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** Four weeks to look back over, four weeks of level before them, and a week for what comes late. */
const KEPT_DAYS = 63;
const KEPT_HOURS = (KEPT_DAYS + 2) * DAY_HOURS;
/** What may still change: events and clicks are shipped within seconds, calls are told late. */
const FRESH_HOURS = 30;

/** Hour by hour, all arrays beginning at the same hour. */
export interface PartnerHours {
  /** `offer type`, type empty for clicks; offer empty where none is known */
  readonly counts: Map<string, Float64Array>;
  readonly delays: Map<
    string,
    { readonly count: Float64Array; readonly logs: Float64Array; readonly squares: Float64Array }
  >;
  readonly tried: Float64Array;
  readonly failed: Float64Array;
}

export interface ProgramHours {
  readonly partners: Map<string, PartnerHours>;
  readonly sources: Map<string, { readonly all: Float64Array; readonly rejected: Float64Array }>;
}

/** The two months that are looked at, as far as they have come in. */
export interface Hours {
  /** hours since 1970 of the arrays' first hour */
  readonly first: number;
  /** hours that have begun */
  readonly hours: number;
  /** part of the last one that has passed */
  readonly whole: number;
  readonly programs: ReadonlyMap<string, ProgramHours>;
}

/**
 * What was read once is kept: the two months are asked for once a day, and every ten minutes only the last day and a quarter. One question for all partners,
 * each time.
 */
export class HourMemory {
  #first = -1;
  #programs = new Map<string, ProgramHours>();

  async read(deps: { readonly db: Db; readonly analytics: Analytics }, until: Date): Promise<Hours> {
    const now = until.getTime() / HOUR_MS;
    const first = (Math.floor(now / DAY_HOURS) - KEPT_DAYS) * DAY_HOURS;
    const again = first !== this.#first;
    if (again) {
      this.#programs = new Map();
      this.#first = -1;
    }
    const from = new Date((again ? first : Math.floor(now) - FRESH_HOURS) * HOUR_MS);
    const [traffic, calls] = await Promise.all([
      trafficByHour(deps, { from, to: until }),
      postbackHours(deps.db, from, until),
    ]);
    const begin = from.getTime() / HOUR_MS - first;
    if (!again) for (const program of this.#programs.values()) forget(program, begin);
    for (const row of traffic) this.#add(row, row.hour - first);
    for (const row of calls) this.#addCall(row, row.hour - first);
    this.#first = first;
    const hours = Math.min(KEPT_HOURS, Math.ceil(now) - first);
    return { first, hours, whole: now - Math.floor(now) || 1, programs: this.#programs };
  }

  #program(programId: string): ProgramHours {
    return of(this.#programs, programId, () => ({ partners: new Map(), sources: new Map() }));
  }

  #partner(programId: string, partnerId: string): PartnerHours {
    return of(this.#program(programId).partners, partnerId, () => ({
      counts: new Map(),
      delays: new Map(),
      tried: empty(),
      failed: empty(),
    }));
  }

  #add(row: HourOfTraffic, hour: number): void {
    if (hour < 0 || hour >= KEPT_HOURS) return;
    if (row.what === "calls") {
      const source = of(this.#program(row.programId).sources, row.sourceId, () => ({
        all: empty(),
        rejected: empty(),
      }));
      raise(source.all, hour, row.count);
      raise(source.rejected, hour, row.marked);
      return;
    }
    const partner = this.#partner(row.programId, row.partnerId);
    const key = `${row.offerId} ${row.type}`;
    raise(of(partner.counts, key, empty), hour, row.count);
    if (row.marked === 0) return;
    const delays = of(partner.delays, key, () => ({ count: empty(), logs: empty(), squares: empty() }));
    raise(delays.count, hour, row.marked);
    raise(delays.logs, hour, row.logs);
    raise(delays.squares, hour, row.squares);
  }

  #addCall(row: PostbackHour, hour: number): void {
    if (hour < 0 || hour >= KEPT_HOURS || row.programId === null) return;
    const partner = this.#partner(row.programId, row.partnerId);
    raise(partner.tried, hour, row.tried);
    raise(partner.failed, hour, row.failed);
  }
}

function empty(): Float64Array {
  return new Float64Array(KEPT_HOURS);
}

function raise(values: Float64Array, hour: number, by: number): void {
  values[hour] = (values[hour] as number) + by;
}

function of<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** What is read again from an hour on must not be added to what was read before. */
function forget(program: ProgramHours, from: number): void {
  for (const { all, rejected } of program.sources.values()) for (const values of [all, rejected]) values.fill(0, from);
  for (const partner of program.partners.values()) {
    const delays = [...partner.delays.values()].flatMap((one) => [one.count, one.logs, one.squares]);
    for (const values of [...partner.counts.values(), ...delays, partner.tried, partner.failed]) values.fill(0, from);
  }
}
