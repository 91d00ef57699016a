import type { AccountDetail } from "@tributary/contract";

/** `bank DE ••••3000 EUR`: enough to tell one's own accounts apart. */
export function detailLabel(detail: AccountDetail | null): string {
  if (detail === null) return "";
  const hidden = Object.entries(detail.fields).find(([name, value]) => name !== "bic" && value.includes("•"));
  const account = hidden === undefined ? "" : `••••${hidden[1].slice(-4).replaceAll("•", "")}`;
  return [detail.method, detail.country, account, detail.currency].filter(Boolean).join(" ");
}
