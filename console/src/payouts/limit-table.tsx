import type { PayoutLimit } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";

/** In the place of a person: whoever has no limits of their own. */
export const EVERYBODY = "*";

/** Limits as they are, or as they are proposed. */
export function LimitTable({ rows, empty }: { readonly rows: readonly PayoutLimit[]; readonly empty: string }) {
  const { t } = useTranslation("payouts");
  return (
    <PlainTable
      label={t("limits")}
      rows={rows}
      rowId={(one) => `${one.person} ${one.currency}`}
      empty={<p style={{ padding: "0 16px" }}>{empty}</p>}
      columns={[
        {
          id: "person",
          label: t("releaser"),
          cell: (one) => (one.person === EVERYBODY ? t("everybodyElse") : <NameText id={one.person} />),
        },
        {
          id: "limit",
          label: t("limit"),
          align: "end",
          cell: (one) => <MoneyText money={{ minor: one.limit, currency: one.currency }} display="code" />,
        },
      ]}
    />
  );
}
