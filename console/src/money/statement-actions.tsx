import { Button } from "@mantine/core";
import { type Statement, StatementPayment } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";

const TOUCHED = ["statements", "lines", "ledger", "audit"] as const;

/** Closing and paying are two steps of two people: the server refuses the second to whoever did the first. */
export function StatementActions({ statement }: { readonly statement: Statement }) {
  const { t } = useTranslation("money");
  const { can } = useSession();
  const [asked, setAsked] = useState(false);
  const ask = () => setAsked(true);
  const done = () => setAsked(false);
  if (statement.status === "open" && can("statements.approve"))
    return (
      <>
        <Button onClick={ask}>{t("close")}</Button>
        <ConfirmDialog
          opened={asked}
          onClose={done}
          title={t("close")}
          text={t("closeText")}
          action={t("close")}
          send={() => api.post(`/statements/${statement.id}/close`)}
          refresh={TOUCHED}
        />
      </>
    );
  const waits = statement.runId !== null && statement.approvedAt === null;
  if (statement.status === "closed" && !waits && can("statements.write"))
    return (
      <>
        <Button onClick={ask}>{t("pay")}</Button>
        <FormDialog
          opened={asked}
          onClose={done}
          title={t("pay")}
          submit={t("pay")}
          schema={StatementPayment}
          initial={{ reference: "" }}
          fields={[
            { kind: "note", name: "note", label: "", content: t("payText") },
            { kind: "text", name: "reference", label: t("paymentReference"), hint: t("referenceHint"), required: true },
          ]}
          send={(values, key) => api.post(`/statements/${statement.id}/pay`, values, key)}
          done={() => undefined}
          refresh={TOUCHED}
        />
      </>
    );
  return null;
}
