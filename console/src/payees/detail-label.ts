import type { AccountDetail } from "@tributary/contract";

const PROVIDERS: Readonly<Record<string, string>> = { paypal: "PayPal", wise: "Wise", payoneer: "Payoneer" };

/** `DE ••••3000 EUR`, or `Payoneer MA ••••53 EUR`: enough to tell one's own accounts apart. */
export function detailLabel(detail: AccountDetail | null): string {
  if (detail === null) return "";
  const hidden = Object.entries(detail.fields).find(([name, value]) => name !== "bic" && value.includes("•"));
  const account = hidden === undefined ? "" : `••••${hidden[1].slice(-4).replaceAll("•", "")}`;
  return [PROVIDERS[detail.method], detail.country, account, detail.currency].filter(Boolean).join(" ");
}
