import type { Statement } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useParam } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { InquiryPanel } from "../money/inquiry-list.tsx";
import { LinePanel } from "../money/line-panel.tsx";
import { amountOf, paidOut } from "../money/minor.ts";
import { StatementFigures } from "../money/statement-figures.tsx";
import { StatementFiles } from "../money/statement-files.tsx";
import { StatementOverview } from "../money/statement-overview.tsx";

/** A month with every line; each amount opens to its arithmetic, terms and events. */
export function OwnStatement() {
  const { t } = useTranslation("portal");
  const format = useFormat();
  const id = useParam("id");
  const statement = useRecord<Statement>(`/statements/${id}`);
  return (
    <Loaded query={statement}>
      {(one) => (
        <RecordPage
          title={t("statementOf", { month: format.day(one.month) })}
          parent={{ label: t("earnings"), to: "/earnings" }}
          badge={<StatusBadge state={one.status} label={t(`statementState.${one.status}`)} />}
          actions={<StatementFiles statement={one} />}
          facts={[
            {
              label: t("figure.closingPayable"),
              value: <MoneyText money={amountOf(one, one.figures.closingPayable)} signed />,
            },
            { label: t("figure.closingHeld"), value: <MoneyText money={amountOf(one, one.figures.closingHeld)} /> },
            { label: t("figure.settled"), value: <MoneyText money={paidOut(one)} /> },
            { label: t("paymentReference"), value: one.paymentReference ?? "–" },
          ]}
          tabs={[
            { id: "overview", label: t("overview"), content: () => <StatementOverview statement={one} /> },
            {
              id: "lines",
              label: t("lines"),
              content: () => <LinePanel fixed={{ bookedMonth: one.month, currency: one.currency }} />,
            },
            { id: "figures", label: t("figures"), content: () => <StatementFigures statement={one} /> },
            { id: "inquiries", label: t("inquiries"), content: () => <InquiryPanel statementId={one.id} /> },
          ]}
        />
      )}
    </Loaded>
  );
}
