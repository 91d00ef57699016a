import type { Statement } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useParam } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { LinePanel } from "./line-panel.tsx";
import { amountOf } from "./minor.ts";
import { StatementActions } from "./statement-actions.tsx";
import { StatementFigures } from "./statement-figures.tsx";
import { TransferPanel } from "./transfer-panel.tsx";

export function StatementRecord() {
  const { t } = useTranslation("money");
  const format = useFormat();
  const id = useParam("id");
  const statement = useRecord<Statement>(`/statements/${id}`);
  const timeline = useHistory("statement", id);
  return (
    <Loaded query={statement}>
      {(one) => (
        <RecordPage
          title={t("statementOf", { month: format.day(one.month) })}
          subtitle={<NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />}
          parent={{ label: t("statements"), to: "/statements" }}
          badge={<StatusBadge state={one.status} label={t(`state.${one.status}`)} />}
          actions={<StatementActions statement={one} />}
          next={
            one.status === "paid"
              ? undefined
              : { title: t(`next.${one.status}`), text: t(`next.${one.status}Text`), tone: "info" }
          }
          facts={[
            {
              label: t("figure.closingPayable"),
              value: <MoneyText money={amountOf(one, one.figures.closingPayable)} signed />,
            },
            { label: t("figure.closingHeld"), value: <MoneyText money={amountOf(one, one.figures.closingHeld)} /> },
            { label: t("toPay"), value: one.toPay === null ? "–" : <MoneyText money={amountOf(one, one.toPay)} /> },
            { label: t("paymentReference"), value: one.paymentReference ?? "–" },
          ]}
          tabs={[
            { id: "figures", label: t("tabs.figures"), content: () => <StatementFigures statement={one} /> },
            {
              id: "lines",
              label: t("tabs.lines"),
              content: () => (
                <LinePanel fixed={{ partnerId: one.partnerId, bookedMonth: one.month, currency: one.currency }} />
              ),
            },
            {
              id: "ledger",
              label: t("tabs.ledger"),
              content: () => <TransferPanel fixed={{ partnerId: one.partnerId, period: one.month }} />,
            },
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}
