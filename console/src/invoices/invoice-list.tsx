import { InvoiceKind, InvoiceState, type InvoiceSummary } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ListPage } from "../kit/list/list-page.tsx";
import { useInvoiceColumns } from "./invoice-columns.tsx";

/** Every invoice and credit note, the newest first. */
export function InvoiceList() {
  const { t } = useTranslation("invoices");
  return (
    <ListPage<InvoiceSummary>
      name="invoices"
      title={t("title")}
      resource="/invoices"
      rowId={(one) => one.id}
      open={(one) => `/invoices/${one.id}`}
      search={t("search")}
      views={[
        { id: "all", label: t("views.all") },
        { id: "received", label: t("views.received"), filters: { state: "received" } },
        { id: "credit", label: t("views.credit"), filters: { kind: "credit_note" } },
      ]}
      filters={[
        {
          kind: "choice",
          field: "kind",
          label: t("kind"),
          several: true,
          options: InvoiceKind.options.map((value) => ({ value, label: t(`kinds.${value}`) })),
        },
        {
          kind: "choice",
          field: "state",
          label: t("state"),
          several: true,
          options: InvoiceState.options.map((value) => ({ value, label: t(`states.${value}`) })),
        },
        {
          kind: "record",
          field: "partnerId",
          label: t("partner"),
          resource: "/partners",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "text", field: "currency", label: t("currency"), placeholder: "EUR" },
      ]}
      columns={useInvoiceColumns(false)}
      empty={{ title: t("empty"), text: t("emptyText") }}
    />
  );
}
