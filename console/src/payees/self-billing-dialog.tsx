import { TextInput } from "@mantine/core";
import type { Payee, SelfBillingTerms } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { PAYEE_REFRESH } from "./identity-form.tsx";

interface SelfBillingDialogProps {
  readonly payee: Payee;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The text to agree to, and the name of who agrees; the operator records a paper that was signed. */
export function SelfBillingDialog(props: SelfBillingDialogProps) {
  return props.opened ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ payee, onClose }: SelfBillingDialogProps) {
  const { t } = useTranslation("payees");
  const { language } = useFormat();
  const [name, setName] = useState("");
  const wanted = language.startsWith("es") ? "es" : "en";
  const terms = useRecord<SelfBillingTerms>(`/payees/${payee.id}/self-billing`, { language: wanted });
  const accept = useChange({
    send: () =>
      api.post(`/payees/${payee.id}/self-billing`, {
        language: wanted,
        textHash: terms.data?.textHash,
        name: name.trim(),
      }),
    refresh: PAYEE_REFRESH,
    done: onClose,
  });
  return (
    <FormDialogFrame
      wide
      opened
      onClose={onClose}
      title={t("open.selfBilling")}
      submit={t("accept")}
      ready={terms.data !== undefined && name.trim() !== ""}
      busy={accept.isPending}
      onSubmit={() => accept.mutate(undefined)}
    >
      {(terms.data?.text ?? "").split("\n\n").map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <TextInput
        label={t("signer")}
        withAsterisk
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {accept.isError ? <ProblemLine error={accept.error} /> : null}
    </FormDialogFrame>
  );
}
