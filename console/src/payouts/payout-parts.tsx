import type { PayoutDetail, PayoutItem } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";

interface Props {
  readonly payout: PayoutDetail;
  /** A partner looks at its own. */
  readonly own: boolean;
}

/** The statements that a payout pays, what was kept back of each, and at which rate. */
export function ItemTable({ payout, own }: Props) {
  const { t } = useTranslation("payouts");
  const format = useFormat();
  const money = (one: PayoutItem, minor: string) => <MoneyText money={{ minor, currency: one.currency }} />;
  const less = (one: PayoutItem) => String(BigInt(one.gross) - BigInt(one.net));
  return (
    <PlainTable<PayoutItem>
      label={t("tabs.items")}
      rows={payout.items}
      rowId={(one) => one.statementId}
      columns={[
        {
          id: "statement",
          label: t("statement"),
          cell: (one) => (
            <NameText id={one.statementId} to={`${own ? "/earnings" : "/statements"}/${one.statementId}`} />
          ),
        },
        {
          id: "invoice",
          label: t("invoice"),
          cell: (one) =>
            one.invoiceId === null ? "–" : <NameText id={one.invoiceId} to={`/invoices/${one.invoiceId}`} />,
        },
        { id: "gross", label: t("payable"), cell: (one) => money(one, one.gross), align: "end" },
        { id: "less", label: t("keptBack"), cell: (one) => money(one, less(one)), align: "end" },
        {
          id: "rate",
          label: t("rate"),
          cell: (one) => (one.rate === null ? "–" : `${one.rate} · ${format.day(one.rateOn ?? "")}`),
          align: "end",
        },
        {
          id: "paid",
          label: t("paid"),
          cell: (one) => <MoneyText money={one.paid} />,
          align: "end",
          foot: <MoneyText money={payout.amount} />,
        },
      ]}
    />
  );
}

/** What happened to a payout, in its order, and who said so. */
export function CourseTable({ payout, own }: Props) {
  const { t } = useTranslation("payouts");
  return (
    <PlainTable
      label={t("tabs.course")}
      rows={payout.progress.map((one, index) => ({ ...one, index }))}
      rowId={(one) => String(one.index)}
      empty={<p>{t("noCourse")}</p>}
      columns={[
        { id: "at", label: t("at"), cell: (one) => <DateText at={one.at} /> },
        { id: "state", label: t("state"), cell: (one) => t(`payoutState.${one.state}`) },
        ...(own
          ? []
          : [
              {
                id: "told",
                label: t("told"),
                cell: (one: PayoutDetail["progress"][number]) => <Word one={one} />,
              },
              {
                id: "origin",
                label: t("origin"),
                cell: (one: PayoutDetail["progress"][number]) => <Origin origin={one.origin} />,
              },
            ]),
      ]}
    />
  );
}

/** What was told: banks' statuses and reasons and our own words in the reader's language; what is not known as it came. */
function Word({ one }: { readonly one: PayoutDetail["progress"][number] }) {
  const { t, i18n } = useTranslation("payouts");
  const worded = (group: string, code: string | null) => {
    const key = `${group}.${code}`;
    return code !== null && i18n.exists(key, { ns: "payouts" }) ? t(key) : null;
  };
  const status = worded("bankStatus", one.told);
  const reason = worded("toldCode", one.code);
  if (one.code === "by_hand") return <>{`${reason}: ${one.sentence}`}</>;
  if (status === null && reason === null) return <>{`${one.told} ${one.sentence}`.trim() || "–"}</>;
  const because = reason === null ? one.sentence : one.origin === "bank" ? reason : `${reason} (${one.code})`;
  return <>{[status === null ? "" : `${status} (${one.told})`, because].filter(Boolean).join(": ")}</>;
}

function Origin({ origin }: { readonly origin: string }) {
  const { t } = useTranslation("payouts");
  return origin.startsWith("usr_") ? <NameText id={origin} /> : t(`origins.${origin}`, { defaultValue: origin });
}
