import { Group } from "@mantine/core";
import type { Statement } from "@tributary/contract";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useParam } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, type NextStep, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { InquiryPanel } from "./inquiry-list.tsx";
import { LinePanel } from "./line-panel.tsx";
import { amountOf } from "./minor.ts";
import { StatementActions } from "./statement-actions.tsx";
import { StatementFigures } from "./statement-figures.tsx";
import { StatementFiles } from "./statement-files.tsx";
import { StatementOverview } from "./statement-overview.tsx";
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
          actions={
            <Group gap="xs">
              <StatementFiles statement={one} />
              <StatementActions statement={one} />
            </Group>
          }
          next={nextOf(one, t)}
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
            { id: "overview", label: t("overview.title"), content: () => <StatementOverview statement={one} /> },
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
            { id: "inquiries", label: t("inquiry.many"), content: () => <InquiryPanel statementId={one.id} /> },
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

/** What has to happen to it next, and why. */
function nextOf(one: Statement, t: TFunction<"money">): NextStep | undefined {
  if (one.status === "paid") return undefined;
  if (one.returnedAt !== null)
    return { title: t("returned"), text: t("returnedText", { reason: one.returnReason }), tone: "warn" };
  const waits = one.status === "closed" && one.runId !== null && one.approvedAt === null;
  const name = waits ? "approval" : one.status;
  return { title: t(`next.${name}`), text: t(`next.${name}Text`), tone: "info" };
}
