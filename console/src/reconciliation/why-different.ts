import type { ComparisonReason, ComparisonResultDetail, ComparisonRow } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useName } from "../api/names.ts";
import { useFormat } from "../i18n/use-format.ts";

/** Why the sides of a conversion differ, in the reader's language, the gravest first. */
export function useSentences(detail: ComparisonResultDetail): readonly string[] {
  const { t, i18n } = useTranslation("reconciliation");
  const format = useFormat();
  const rowOf = (side: ComparisonRow["side"] | null) => detail.rows.find((row) => row.side === side);
  const names = {
    tracked: useName(rowOf("tracked")?.partnerId),
    office: useName(rowOf("office")?.partnerId),
    claim: useName(rowOf("claim")?.partnerId),
  };
  const amount = (row: ComparisonRow | undefined) =>
    row?.amount == null ? t("noAmount") : format.money(row.amount, "code");
  const partner = (row: ComparisonRow | undefined) =>
    row?.partnerId == null ? row?.partnerRef || t("nobody") : (names[row.side] ?? row.partnerId);
  const said: Partial<Record<ComparisonReason["code"], (row: ComparisonRow) => string>> = {
    currency: (row) => row.amount?.currency ?? t("noAmount"),
    amount,
    status: (row) => t(`rowStatus.${row.status}`),
    late: (row) => format.instant(row.at, "full"),
  };
  const list = new Intl.ListFormat(i18n.language, { type: "unit" });
  return detail.reasons.map(({ code, side, matchedBy, minutes }) => {
    const say = said[code];
    return t(`reason.${code}`, {
      amount: amount(rowOf(side ?? "tracked")),
      side: side === null ? "" : t(`side.${side}`),
      here: partner(rowOf("tracked")),
      there: partner(rowOf(side)),
      hours: (Math.abs(minutes ?? 0) / 60).toLocaleString(i18n.language),
      by: matchedBy === null ? "" : t(`matchedBy.${matchedBy}`),
      said: say === undefined ? "" : list.format(detail.rows.map((row) => `${t(`side.${row.side}`)} ${say(row)}`)),
    });
  });
}
