/** The wall clock of a time zone, for every click: worked out once a quarter of an hour, because no zone changes its offset in between. */

export interface WallTime {
  /** 1 Monday … 7 Sunday */
  readonly weekday: number;
  /** minutes since midnight */
  readonly minute: number;
}

const QUARTER_MS = 900_000;
const DAY_MINUTES = 1440;
/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 4;

interface Quarter {
  readonly number: number;
  readonly offsetMinutes: number;
}

/** Remembers one quarter per zone. */
export class ZoneClock {
  readonly #quarters = new Map<string, Quarter>();

  /** @param at milliseconds since 1970 @param timeZone IANA */
  wallTime(at: number, timeZone: string): WallTime {
    const minutes = Math.floor(at / 60_000) + this.#offset(at, timeZone);
    const days = Math.floor(minutes / DAY_MINUTES);
    return { weekday: ((((days + EPOCH_WEEKDAY - 1) % 7) + 7) % 7) + 1, minute: minutes - days * DAY_MINUTES };
  }

  #offset(at: number, timeZone: string): number {
    const number = Math.floor(at / QUARTER_MS);
    const known = this.#quarters.get(timeZone);
    if (known?.number === number) return known.offsetMinutes;
    const instant = Temporal.Instant.fromEpochMilliseconds(number * QUARTER_MS);
    const offsetMinutes = Math.floor(instant.toZonedDateTimeISO(timeZone).offsetNanoseconds / 60_000_000_000);
    this.#quarters.set(timeZone, { number, offsetMinutes });
    return offsetMinutes;
  }
}
