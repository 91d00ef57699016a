/** `21` or `5.5` per cent as the exact share that the API takes, `0.21`; the point is moved, nothing is calculated. */
export function shareOfPercent(percent: string): string | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,4}))?$/.exec(percent.trim());
  if (match === null) return null;
  const digits = `${match[1]}`.padStart(3, "0");
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}${match[2] ?? ""}`
    .replace(/^0+(?=\d)/, "")
    .replace(/\.?0+$/, "");
  return text === "" ? "0" : text;
}

/** `0.055` as `5.5`. */
export function percentOfShare(share: string | null | undefined): string {
  if (!share) return "";
  const [whole = "0", fraction = ""] = share.split(".");
  const moved = `${whole}${fraction.padEnd(2, "0").slice(0, 2)}`.replace(/^0+(?=\d)/, "");
  const rest = fraction.slice(2).replace(/0+$/, "");
  return rest === "" ? moved : `${moved}.${rest}`;
}
