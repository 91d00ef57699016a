/** The wall clock of a zone at an instant, as a `datetime-local` field writes it: `2026-03-29T03:30`. */
export function wallClockAt(instant: string, zone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date(instant));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}`;
}

/**
 * The instant at which a zone's clock shows this. A time that the clock leaps over in spring is read as if it had not leapt; of one that comes twice in
 * autumn the first is meant.
 */
export function instantAt(wallClock: string, zone: string): string {
  const asUtc = Date.parse(`${wallClock}:00Z`);
  const offsetAt = (ms: number) => Date.parse(`${wallClockAt(new Date(ms).toISOString(), zone)}:00Z`) - ms;
  // The offset of a day before decides where two are possible: in autumn it is still the summer's.
  const candidates = [offsetAt(asUtc - 86_400_000), offsetAt(asUtc + 86_400_000)].map((offset) => asUtc - offset);
  const fitting = candidates.find((ms) => wallClockAt(new Date(ms).toISOString(), zone) === wallClock);
  return new Date(fitting ?? candidates[0] ?? asUtc).toISOString();
}
