import type { Invoice } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { DayText } from "../kit/date-text.tsx";
import { Go, useParam } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, type NextStep, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { InvoiceActions } from "./invoice-actions.tsx";
import { InvoiceContent } from "./invoice-content.tsx";
import { INVOICE_TONES } from "./states.ts";

export function InvoiceRecord() {
  const id = useParam("id");
  const timeline = useHistory("invoice", id);
  return <OneInvoice id={id} own={false} timeline={timeline} />;
}

interface OneInvoiceProps {
  readonly id: string;
  readonly own: boolean;
  readonly timeline?: ReturnType<typeof useHistory>;
}

/** One invoice or credit note: what stands on the paper, what it is for, what became of it. */
export function OneInvoice({ id, own, timeline }: OneInvoiceProps) {
  const { t } = useTranslation("invoices");
  const invoice = useRecord<Invoice>(`/invoices/${id}`);
  return (
    <Loaded query={invoice}>
      {(one) => (
        <RecordPage
          title={one.number}
          subtitle={t(`kinds.${one.kind}`)}
          parent={{ label: t(own ? "ownTitle" : "title"), to: "/invoices" }}
          badge={<StatusBadge state={one.state} label={t(`states.${one.state}`)} tones={INVOICE_TONES} />}
          actions={<InvoiceActions invoice={one} own={own} />}
          next={nextOf(one, own, t)}
          facts={[
            { label: t("payable"), value: <MoneyText money={{ minor: one.payable, currency: one.currency }} signed /> },
            { label: t("payee"), value: <PayeeText invoice={one} own={own} /> },
            ...(own
              ? []
              : [{ label: t("partner"), value: <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} /> }]),
            { label: t("issuedOn"), value: <DayText day={one.issuedOn} /> },
            { label: t("dueOn"), value: <DayText day={one.dueOn} /> },
            ...(one.corrects === null
              ? []
              : [{ label: t("corrects"), value: <NameText id={one.corrects} to={`/invoices/${one.corrects}`} /> }]),
          ]}
          tabs={[{ id: "content", label: t("content"), content: () => <InvoiceContent invoice={one} own={own} /> }]}
          {...(timeline === undefined ? {} : { timeline })}
        />
      )}
    </Loaded>
  );
}

function PayeeText({ invoice, own }: { readonly invoice: Invoice; readonly own: boolean }) {
  const to = own ? `/payment-details/${invoice.payeeId}` : `/payees/${invoice.payeeId}`;
  return <Go to={to}>{invoice.supplier.name}</Go>;
}

function nextOf(
  invoice: Invoice,
  own: boolean,
  t: (key: string, values?: Record<string, unknown>) => string,
): NextStep | undefined {
  if (invoice.state === "rejected") return { title: t("next.rejected"), text: invoice.reason, tone: "bad" };
  if (invoice.state === "received" && invoice.found.length > 0)
    return {
      title: t("next.differs", { count: invoice.found.length }),
      text: t(own ? "next.differsOwn" : "next.differsText"),
      tone: "warn",
    };
  if (invoice.state === "received") return { title: t("next.received"), text: t("next.receivedText"), tone: "info" };
  if (invoice.state === "credited") return { title: t("next.credited"), text: t("next.creditedText"), tone: "info" };
  return undefined;
}
