import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { InvoiceSummary } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useInvoiceColumns } from "../invoices/invoice-columns.tsx";
import { OneInvoice } from "../invoices/invoice-record.tsx";
import { UploadForm } from "../invoices/upload-form.tsx";
import { useGo, useParam } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { useSession } from "../session/session.tsx";

/** The partner's invoices: those that were issued in its name, and its own. */
export function OwnInvoices() {
  const { t } = useTranslation("invoices");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const upload = can("invoices.write") ? (
    <Button onClick={() => go("/invoices?new=1")}>{t("upload")}</Button>
  ) : undefined;
  return (
    <>
      <ListPage<InvoiceSummary>
        name="own-invoices"
        title={t("ownTitle")}
        resource="/invoices"
        rowId={(one) => one.id}
        open={(one) => `/invoices/${one.id}`}
        columns={useInvoiceColumns(true)}
        empty={{ title: t("empty"), text: t("ownEmptyText"), action: upload }}
        actions={upload}
      />
      <UploadForm
        opened={search.new === "1"}
        onClose={() => go("/invoices")}
        done={(made) => go(`/invoices/${made.id}`)}
      />
    </>
  );
}

export function OwnInvoice() {
  return <OneInvoice id={useParam("id")} own />;
}
