import { Textarea, TextInput } from "@mantine/core";
import type { AgreementVersionDetail, NegotiableValues } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { typedValues, ValueForm } from "../kit/difference/value-form.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { termsPath } from "./terms-path.ts";

interface CounterFormProps {
  readonly version: AgreementVersionDetail;
  readonly onClose: () => void;
}

/** The partner's own terms: only what should be different is filled in. */
export function CounterForm({ version, onClose }: CounterFormProps) {
  const { t } = useTranslation("portal");
  const values = useRecord<z.infer<typeof NegotiableValues>>(`${termsPath(version)}/values`);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [validFrom, setValidFrom] = useState(version.validFrom);
  const [message, setMessage] = useState("");
  const open = version.clauses.filter((one) => !one.locked);
  const send = useChange({
    send: () =>
      api.post(`${termsPath(version)}/counter`, {
        termsHash: version.termsHash,
        values: typedValues(values.data?.data ?? [], typed),
        clauses: Object.entries(texts).map(([key, text]) => ({ key, text })),
        validFrom,
        message,
      }),
    refresh: ["agreements"],
    done: onClose,
  });
  return (
    <FormDialogFrame
      wide
      opened
      title={t("counter")}
      submit={t("counterSend")}
      onClose={onClose}
      onSubmit={() => send.mutate(undefined)}
      ready={message.trim() !== ""}
      busy={send.isPending}
    >
      <p>{t("counterHint")}</p>
      <ValueForm
        values={values.data?.data ?? []}
        currency={values.data?.currency ?? ""}
        typed={typed}
        onType={setTyped}
      />
      <TextInput
        type="date"
        label={t("validFrom")}
        value={validFrom}
        onChange={(event) => setValidFrom(event.currentTarget.value)}
      />
      {open.map((one) => (
        <Textarea
          key={one.key}
          autosize
          maxRows={8}
          label={one.title || t("fullText")}
          value={texts[one.key] ?? one.text}
          onChange={(event) => setTexts({ ...texts, [one.key]: event.currentTarget.value })}
        />
      ))}
      <Textarea
        label={t("counterMessage")}
        required
        minRows={3}
        autosize
        value={message}
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
      {send.isError ? <ProblemLine error={send.error} /> : null}
    </FormDialogFrame>
  );
}
