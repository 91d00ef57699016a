import type { BankMatch, MatchReason } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DayText } from "../kit/date-text.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";

/** What speaks for a match and against it, point by point. */
export function Reasons({ reasons, score }: { readonly reasons: readonly MatchReason[]; readonly score: number }) {
  const { t } = useTranslation("reconciliation");
  return (
    <PlainTable
      label={t("reasons")}
      rows={reasons}
      rowId={(one) => one.code}
      columns={[
        { id: "code", label: t("whatSpeaks"), cell: (one) => t(`reason.${one.code}`), foot: t("score") },
        { id: "seen", label: t("bankSays"), cell: (one) => one.seen ?? "–" },
        { id: "expected", label: t("payoutSays"), cell: (one) => one.expected ?? "–" },
        {
          id: "points",
          label: t("points"),
          align: "end",
          cell: (one) => (one.points > 0 ? `+${one.points}` : one.points),
          foot: score,
        },
      ]}
    />
  );
}

/** The payouts of a match. */
export function MatchedPayouts({ match }: { readonly match: BankMatch }) {
  const { t } = useTranslation("reconciliation");
  return (
    <PlainTable
      label={t("payouts")}
      rows={match.expected}
      rowId={(one) => one.id}
      empty={<p style={{ padding: 14, margin: 0 }}>{t("isFee")}</p>}
      columns={[
        {
          id: "payee",
          label: t("payee"),
          cell: (one) =>
            one.partnerId === null ? one.payeeName : <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
        },
        { id: "kind", label: t("direction"), cell: (one) => t(`kind.${one.kind}`) },
        { id: "on", label: t("sentOn"), cell: (one) => <DayText day={one.on} /> },
        {
          id: "amount",
          label: t("amount"),
          align: "end",
          cell: (one) => <MoneyText money={one.amount} display="code" />,
        },
      ]}
    />
  );
}
