import { Button, Checkbox, Group, TextInput } from "@mantine/core";
import type { AgreementVersionDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { useSession } from "../session/session.tsx";
import { CounterForm } from "./counter-form.tsx";
import { termsPath } from "./terms-path.ts";

type Version = AgreementVersionDetail;

/** Sign, answer with other terms, or decline: for the partner's people who may bind it. */
export function TermsAnswers({ version }: { readonly version: Version }) {
  const { t } = useTranslation("portal");
  const { can } = useSession();
  const [dialog, setDialog] = useState<"sign" | "counter" | "decline" | null>(null);
  if (!can("agreements.approve")) return null;
  const close = () => setDialog(null);
  return (
    <Group gap="xs">
      <Button variant="subtle" color="gray" onClick={() => setDialog("decline")}>
        {t("declineTerms")}
      </Button>
      <Button variant="default" onClick={() => setDialog("counter")}>
        {t("counter")}
      </Button>
      <Button onClick={() => setDialog("sign")}>{t("signTerms")}</Button>
      {dialog === "sign" ? <SignDialog version={version} onClose={close} /> : null}
      {dialog === "counter" ? <CounterForm version={version} onClose={close} /> : null}
      <ConfirmDialog
        opened={dialog === "decline"}
        onClose={close}
        title={t("declineTerms")}
        text={t("declineText")}
        action={t("declineTerms")}
        reason="required"
        danger
        send={(reason) => api.post(`${termsPath(version)}/decline`, { reason })}
        refresh={["agreements"]}
      />
    </Group>
  );
}

/** The name is typed, the authority confirmed; the hash says what exactly is signed. */
function SignDialog({ version, onClose }: { readonly version: Version; readonly onClose: () => void }) {
  const { t } = useTranslation("portal");
  const [name, setName] = useState("");
  const [authority, setAuthority] = useState(false);
  const sign = useChange({
    send: () => api.post(`${termsPath(version)}/accept`, { name, authority: true, termsHash: version.termsHash }),
    refresh: ["agreements"],
    done: onClose,
  });
  return (
    <FormDialogFrame
      opened
      title={t("signTerms")}
      submit={t("signTerms")}
      onClose={onClose}
      onSubmit={() => sign.mutate(undefined)}
      ready={authority && name.trim().length >= 2}
      busy={sign.isPending}
    >
      <TextInput
        label={t("yourName")}
        required
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Checkbox
        label={t("authority")}
        checked={authority}
        onChange={(event) => setAuthority(event.currentTarget.checked)}
      />
      <p>{t("signedProof")}</p>
      {sign.isError ? <ProblemLine error={sign.error} /> : null}
    </FormDialogFrame>
  );
}
