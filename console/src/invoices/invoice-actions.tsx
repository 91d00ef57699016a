import { Button } from "@mantine/core";
import type { Invoice } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { useGo } from "../kit/link.tsx";
import { say } from "../kit/notices.ts";
import { useSession } from "../session/session.tsx";

export const INVOICE_REFRESH = ["invoices", "invoices-waiting", "statements", "audit"];

type Act = "credit" | "accept" | "reject";

/** The paper to take away; and for the operator sending it again, taking it back, deciding about an own one. */
export function InvoiceActions({ invoice, own }: { readonly invoice: Invoice; readonly own: boolean }) {
  const { t } = useTranslation("invoices");
  const { can } = useSession();
  const go = useGo();
  const [act, setAct] = useState<Act | null>(null);
  const send = useChange({
    send: () => api.post(`/invoices/${invoice.id}/send`),
    refresh: INVOICE_REFRESH,
    done: () => say(t("onItsWay")),
  });
  const uploaded = invoice.kind === "uploaded";
  const path = act === "credit" ? `/invoices/${invoice.id}/credit` : `/own-invoices/${invoice.id}/${act}`;
  const mayDecide = !own && can("invoices.approve");
  return (
    <>
      <Button component="a" variant="default" href={`/v1/invoices/${invoice.id}/document.pdf`} download>
        {t(uploaded ? "fileDownload" : "pdf")}
      </Button>
      {uploaded ? null : (
        <Button component="a" variant="default" href={`/v1/invoices/${invoice.id}/document.xml`} download>
          {t("ubl")}
        </Button>
      )}
      {own || uploaded || !can("invoices.write") ? null : (
        <Button variant="default" loading={send.isPending} onClick={() => send.mutate(undefined)}>
          {t("sendAgain")}
        </Button>
      )}
      {mayDecide && invoice.kind === "self_billed" && invoice.state === "issued" ? (
        <Button variant="default" onClick={() => setAct("credit")}>
          {t("credit")}
        </Button>
      ) : null}
      {mayDecide && invoice.state === "received" ? (
        <>
          <Button variant="default" onClick={() => setAct("reject")}>
            {t("reject")}
          </Button>
          <Button onClick={() => setAct("accept")}>{t("accept")}</Button>
        </>
      ) : null}
      <ConfirmDialog<Invoice>
        opened={act !== null}
        onClose={() => setAct(null)}
        title={t(act ?? "credit")}
        text={t(`${act ?? "credit"}Text`)}
        action={t(act ?? "credit")}
        danger={act !== "accept"}
        reason="required"
        send={(reason) => api.post<Invoice>(path, { reason })}
        done={(made) => act === "credit" && go(`/invoices/${made.id}`)}
        refresh={INVOICE_REFRESH}
      />
    </>
  );
}
