import { type InvoiceWaiting, type IssueOutcome, WaitingReason } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { plainAmount } from "../i18n/format.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { say } from "../kit/notices.ts";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { INVOICE_TONES } from "./states.ts";

interface Asked {
  readonly partnerIds: readonly string[];
  readonly done: () => void;
}

/** What is approved and on no invoice yet, and why; what is ready can be issued now. */
export function WaitingList() {
  const { t } = useTranslation("invoices");
  const { can } = useSession();
  const [asked, setAsked] = useState<Asked | null>(null);
  const issue = (rows: readonly InvoiceWaiting[], done: () => void) =>
    setAsked({ partnerIds: [...new Set(rows.map((one) => one.partnerId))], done });
  return (
    <>
      <ListPage<InvoiceWaiting>
        name="invoices-waiting"
        title={t("waiting")}
        resource="/invoices-waiting"
        rowId={(one) => `${one.partnerId} ${one.currency} ${one.payeeId ?? ""}`}
        open={(one) => (one.payeeId === null ? `/partners/${one.partnerId}` : `/payees/${one.payeeId}`)}
        filters={[
          {
            kind: "choice",
            field: "reason",
            label: t("why"),
            several: true,
            options: WaitingReason.options.map((value) => ({ value, label: t(`reasons.${value}`) })),
          },
        ]}
        columns={useWaitingColumns()}
        {...(can("invoices.write") ? { bulk: [{ id: "issue", label: t("issueNow"), run: issue }] } : {})}
        empty={{ title: t("nothingWaits"), text: t("nothingWaitsText") }}
      />
      <ConfirmDialog<IssueOutcome>
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t("issueNow")}
        text={t("issueText", { count: asked?.partnerIds.length ?? 0 })}
        action={t("issueNow")}
        send={() => api.post<IssueOutcome>("/invoices", { partnerIds: asked?.partnerIds, belowThreshold: true })}
        done={({ issued }) => {
          asked?.done();
          say(t("issuedSome", { count: issued.length }));
        }}
        refresh={["invoices", "invoices-waiting", "statements", "audit"]}
      />
    </>
  );
}

function useWaitingColumns(): readonly Column<InvoiceWaiting>[] {
  const { t } = useTranslation("invoices");
  const money = (one: InvoiceWaiting, minor: string | null) =>
    minor === null ? null : { minor, currency: one.currency };
  const months = (one: InvoiceWaiting) => (one.from === one.to ? one.from : `${one.from} – ${one.to}`);
  return [
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => <NameText id={one.partnerId} />,
      text: (one) => one.partnerId,
      phone: "title",
    },
    {
      id: "payee",
      label: t("payee"),
      cell: (one) => (one.payeeId === null ? "–" : <NameText id={one.payeeId} />),
      text: (one) => one.payeeId,
      width: 200,
      phone: "line",
    },
    {
      id: "reason",
      label: t("why"),
      cell: (one) => <StatusBadge state={one.reason} label={t(`reasons.${one.reason}`)} tones={INVOICE_TONES} />,
      text: (one) => one.reason,
      width: 220,
      phone: "line",
    },
    { id: "months", label: t("months"), cell: months, text: months, width: 150 },
    {
      id: "net",
      label: t("net"),
      cell: (one) => <MoneyText money={money(one, one.net)} signed />,
      text: (one) => plainAmount({ minor: one.net, currency: one.currency }),
      align: "end",
      width: 130,
      phone: "value",
    },
    {
      id: "vat",
      label: t("vat"),
      cell: (one) => <MoneyText money={money(one, one.vat)} />,
      align: "end",
      width: 110,
    },
    {
      id: "withheld",
      label: t("withheld"),
      cell: (one) => <MoneyText money={money(one, one.withheld)} />,
      align: "end",
      width: 110,
    },
  ];
}
