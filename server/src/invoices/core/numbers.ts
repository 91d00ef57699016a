/** `SB-2026-000042`, or with a series of the payee's own `SB7-2026-000042`. */
export function fullNumber(series: string, year: number, number: bigint): string {
  return `${series}-${year}-${String(number).padStart(6, "0")}`;
}

/** The series that a payee's invoices are numbered in. @param own the payee's place; null: all payees share one */
export function seriesOf(series: string, own: number | null): string {
  return own === null ? series : `${series}${own}`;
}
