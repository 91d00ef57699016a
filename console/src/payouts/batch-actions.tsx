import { Button, Group } from "@mantine/core";
import { type PayoutBatch, PayoutBatchStep, PayoutRelease } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";
import { TOUCHED } from "./states.ts";
import { TotalsText } from "./totals-text.tsx";

interface Props {
  readonly batch: PayoutBatch;
}

/** Releasing is the second of two people's step, with a fresh second factor; everything before it can be taken back. */
export function BatchActions({ batch }: Props) {
  const { t } = useTranslation("payouts");
  const { can } = useSession();
  const [open, setOpen] = useState<"release" | "check" | "cancel" | null>(null);
  if (batch.state !== "prepared") return null;
  const close = () => setOpen(null);
  const path = `/payout-batches/${batch.id}`;
  return (
    <Group gap="xs">
      {can("payouts.write") ? (
        <>
          <Button variant="default" onClick={() => setOpen("cancel")}>
            {t("cancelBatch")}
          </Button>
          <Button variant="default" onClick={() => setOpen("check")}>
            {t("checkAgain")}
          </Button>
        </>
      ) : null}
      {batch.mayRelease ? <Button onClick={() => setOpen("release")}>{t("release")}</Button> : null}
      <ReleaseDialog batch={batch} opened={open === "release"} onClose={close} />
      <FormDialog
        opened={open === "check"}
        onClose={close}
        title={t("checkAgain")}
        submit={t("checkAgain")}
        schema={PayoutBatchStep}
        initial={{ revision: batch.revision, executionDate: batch.executionDate }}
        fields={[
          { kind: "note", name: "note", label: "", content: t("checkText") },
          { kind: "day", name: "executionDate", label: t("executionDate"), hint: t("executionHint"), required: true },
        ]}
        send={(values) => api.post(`${path}/check`, { ...values, revision: batch.revision })}
        done={() => undefined}
        refresh={TOUCHED}
      />
      <ConfirmDialog
        opened={open === "cancel"}
        onClose={close}
        title={t("cancelBatch")}
        text={t("cancelText")}
        action={t("cancelBatch")}
        reason="required"
        danger
        send={(reason) => api.post(`${path}/cancel`, { revision: batch.revision, reason })}
        refresh={TOUCHED}
      />
    </Group>
  );
}

function ReleaseDialog({ batch, opened, onClose }: Props & { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("payouts");
  const payouts = batch.totals.reduce((sum, one) => sum + one.payouts, 0);
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("releaseTitle", { count: payouts })}
      submit={t("release")}
      schema={PayoutRelease}
      initial={{ revision: batch.revision, controlSum: batch.controlSum, code: "" }}
      fields={[
        {
          kind: "note",
          name: "note",
          label: "",
          content: (
            <>
              <p>{t("releaseText")}</p>
              <p>
                <b>
                  <TotalsText totals={batch.totals} />
                </b>{" "}
                · <code>{batch.controlSum}</code>
              </p>
            </>
          ),
        },
        {
          kind: "text",
          name: "code",
          label: t("code"),
          hint: t("codeHint"),
          autoComplete: "one-time-code",
          required: true,
        },
      ]}
      send={({ code }) => {
        const seen = { revision: batch.revision, controlSum: batch.controlSum };
        return api.post(`/payout-batches/${batch.id}/release`, { ...seen, code });
      }}
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
}
