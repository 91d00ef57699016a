import { FileInput, Select, TextInput } from "@mantine/core";
import type { DocumentBook, PartnerDocument, RuleBook } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { DILIGENCE_REFRESH } from "./states.ts";

/** What is handed in: for whom, of which kinds, and which document it takes the place of. */
export interface Handing {
  readonly personId?: string | null;
  readonly kinds: readonly { readonly code: string; readonly name: string; readonly hint: string }[];
  readonly replaces?: string | null;
}

interface UploadDocumentProps {
  /** undefined: the partner's own people hand in for themselves */
  readonly partnerId: string | undefined;
  readonly handing: Handing;
  readonly onClose: () => void;
}

/** Hands a document in: a scan or a photo, and what it says as far as it is known. */
export function UploadDocument({ partnerId, handing, onClose }: UploadDocumentProps) {
  const { t } = useTranslation("compliance");
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState(handing.kinds[0]?.code ?? "");
  const [fields, setFields] = useState({ number: "", issuedOn: "", expiresOn: "", note: "" });
  const send = useChange<File, PartnerDocument>({
    send: (one) =>
      api.upload<PartnerDocument>("/documents", one, {
        partnerId,
        personId: handing.personId ?? undefined,
        replaces: handing.replaces ?? undefined,
        kind,
        ...fields,
      }),
    refresh: DILIGENCE_REFRESH,
    done: onClose,
  });
  const chosen = handing.kinds.find(({ code }) => code === kind);
  const text = (name: keyof typeof fields, type: "text" | "date" = "text") => (
    <TextInput
      label={t(`documents.${name}`)}
      type={type}
      value={fields[name]}
      onChange={(event) => setFields({ ...fields, [name]: event.currentTarget.value })}
    />
  );
  return (
    <FormDialogFrame
      opened
      onClose={onClose}
      title={t("documents.handIn")}
      submit={t("documents.handIn")}
      ready={file !== null && kind !== ""}
      busy={send.isPending}
      onSubmit={() => file !== null && send.mutate(file)}
    >
      <Select
        label={t("documents.kind")}
        description={chosen?.hint}
        data={handing.kinds.map(({ code, name }) => ({ value: code, label: name }))}
        value={kind}
        onChange={(value) => setKind(value ?? "")}
        allowDeselect={false}
      />
      <FileInput
        label={t("documents.file")}
        description={t("documents.fileHint")}
        placeholder={t("documents.choose")}
        accept="application/pdf,image/jpeg,image/png,image/webp,image/heic"
        value={file}
        onChange={setFile}
      />
      {text("number")}
      {text("issuedOn", "date")}
      {text("expiresOn", "date")}
      {text("note")}
      {send.isError ? <ProblemLine error={send.error} /> : null}
    </FormDialogFrame>
  );
}

/** All kinds of the rules, for staff who hand in what nobody asked for. */
export function kindsOf(
  book: RuleBook | undefined,
  say: (sentence: { en: string; es: string }) => string,
): Handing["kinds"] {
  const document = book?.document as DocumentBook | undefined;
  return (document?.kinds ?? []).map(({ code, name, hint }) => ({ code, name: say(name), hint: say(hint) }));
}
