/** How many fields follow a funds type: V a date and a time, S three amounts, D a number and as many pairs. */
export function fundsFields(funds: string, next: string | undefined): number {
  if (funds === "V") return 2;
  if (funds === "S") return 3;
  return funds === "D" ? 1 + 2 * (/^\d{1,3}$/.test(next ?? "") ? Number(next) : 0) : 0;
}
