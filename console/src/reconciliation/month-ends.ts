/** The last day of the month before a day, `YYYY-MM-DD`: what accounting asks for first. */
export function lastMonthEnd(today: string): string {
  const first = new Date(`${today.slice(0, 7)}-01T00:00:00Z`);
  return new Date(first.getTime() - 86_400_000).toISOString().slice(0, 10);
}

/** Today by UTC, the zone of the ledger's days. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
