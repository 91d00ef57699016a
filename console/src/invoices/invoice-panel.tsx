import type { InvoiceSummary } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { useInvoiceColumns } from "./invoice-columns.tsx";

interface InvoicePanelProps {
  readonly fixed: Readonly<Record<string, string>>;
  readonly own: boolean;
}

/** The invoices of a payee, a partner or a statement, inside its record. */
export function InvoicePanel({ fixed, own }: InvoicePanelProps) {
  const { t } = useTranslation("invoices");
  return (
    <ListPanel<InvoiceSummary>
      embedded
      name="invoices-of"
      title={t("title")}
      resource="/invoices"
      fixed={fixed}
      rowId={(one) => one.id}
      open={(one) => `/invoices/${one.id}`}
      columns={useInvoiceColumns(own)}
      empty={{ title: t("empty"), text: t("emptyText") }}
    />
  );
}
