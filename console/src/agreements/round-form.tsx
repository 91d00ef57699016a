import { Checkbox, Group, Textarea, TextInput } from "@mantine/core";
import type { AgreementVersionDetail, NegotiableValues } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { typedValues, ValueForm } from "../kit/difference/value-form.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { EvidenceField } from "./evidence-field.tsx";
import { TOUCHED, versionPath } from "./states.ts";

interface RoundFormProps {
  readonly version: AgreementVersionDetail;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The next round: values of the plan, days, negotiable clauses, a word to the partner. What is left empty stays as it is. */
export function RoundForm(props: RoundFormProps) {
  return props.opened ? <OpenRoundForm {...props} /> : null;
}

function OpenRoundForm({ version, opened, onClose }: RoundFormProps) {
  const { t } = useTranslation("agreements");
  const values = useRecord<z.infer<typeof NegotiableValues>>(`${versionPath(version)}/values`);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [days, setDays] = useState({ validFrom: version.validFrom, validTo: version.validTo ?? "" });
  const [message, setMessage] = useState("");
  const [submit, setSubmit] = useState(true);
  const [evidence, setEvidence] = useState(version.rounds.at(-1)?.evidence ?? null);
  const save = useChange({
    send: () =>
      api.post(`${versionPath(version)}/rounds`, {
        values: typedValues(values.data?.data ?? [], typed),
        clauses: Object.entries(texts).map(([key, text]) => ({ key, text })),
        validFrom: days.validFrom,
        validTo: days.validTo === "" ? null : days.validTo,
        message,
        evidence,
        submit,
      }),
    refresh: TOUCHED,
    done: onClose,
  });
  return (
    <FormDialogFrame
      wide
      opened={opened}
      onClose={onClose}
      title={t(version.status === "countered" ? "answer" : "changeTerms")}
      submit={t(submit ? "saveAndSubmit" : "saveDraft")}
      onSubmit={() => save.mutate(undefined)}
      busy={save.isPending}
    >
      <ValueForm
        values={values.data?.data ?? []}
        currency={values.data?.currency ?? ""}
        typed={typed}
        onType={setTyped}
      />
      <Days days={days} onChange={setDays} />
      <OpenClauses version={version} texts={texts} onChange={setTexts} />
      <EvidenceField value={evidence} onChange={setEvidence} />
      <Textarea
        label={t("message")}
        description={t("messageHint")}
        inputWrapperOrder={["label", "input", "description"]}
        value={message}
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
      <Checkbox
        label={t("submitAtOnce")}
        checked={submit}
        onChange={(event) => setSubmit(event.currentTarget.checked)}
      />
      {save.isError ? <ProblemLine error={save.error} /> : null}
    </FormDialogFrame>
  );
}

interface DaysProps {
  readonly days: { readonly validFrom: string; readonly validTo: string };
  readonly onChange: (days: DaysProps["days"]) => void;
}

function Days({ days, onChange }: DaysProps) {
  const { t } = useTranslation("agreements");
  return (
    <Group grow>
      <TextInput
        type="date"
        label={t("validFrom")}
        value={days.validFrom}
        onChange={(event) => onChange({ ...days, validFrom: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t("validTo")}
        description={t("validToHint")}
        inputWrapperOrder={["label", "input", "description"]}
        value={days.validTo}
        onChange={(event) => onChange({ ...days, validTo: event.currentTarget.value })}
      />
    </Group>
  );
}

interface OpenClausesProps {
  readonly version: AgreementVersionDetail;
  readonly texts: Readonly<Record<string, string>>;
  readonly onChange: (texts: Readonly<Record<string, string>>) => void;
}

/** The clauses that are not locked. */
function OpenClauses({ version, texts, onChange }: OpenClausesProps) {
  const { t } = useTranslation("agreements");
  return version.clauses
    .filter((one) => !one.locked)
    .map((one) => (
      <Textarea
        key={one.key}
        autosize
        maxRows={8}
        label={one.title || t("terms")}
        value={texts[one.key] ?? one.text}
        onChange={(event) => onChange({ ...texts, [one.key]: event.currentTarget.value })}
      />
    ));
}
