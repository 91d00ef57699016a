import { FileInput } from "@mantine/core";
import { type Creative, CreativeKind, NewCreative } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";

/** What is not typed is not there. */
const orNull = z
  .string()
  .default("")
  .transform((text) => (text.trim() === "" ? null : text));
const CreativeEntry = z.object({
  offerId: z.string().min(1),
  name: NewCreative.shape.name,
  kind: CreativeKind,
  language: NewCreative.shape.language,
  address: orNull.pipe(NewCreative.shape.address.unwrap()),
  wording: NewCreative.shape.wording,
  expiresOn: orNull.pipe(NewCreative.shape.expiresOn.unwrap()),
});

interface CreativeFormProps {
  /** null: a new one */
  readonly creative: Creative | null;
  /** The offer that it is for, where that is known. */
  readonly offerId: string | null;
  readonly onClose: () => void;
}

/** Proposes material, or changes it; either way somebody else decides about it. */
export function CreativeForm({ creative, offerId, onClose }: CreativeFormProps) {
  const { t } = useTranslation("programs");
  const [file, setFile] = useState<File | null>(null);
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={creative === null ? t("creatives.create") : creative.name}
      submit={t("creatives.propose")}
      schema={CreativeEntry}
      initial={{
        offerId: creative?.offerId ?? offerId ?? "",
        name: creative?.name ?? "",
        kind: creative?.kind ?? "banner",
        language: creative?.language ?? "en",
        address: creative?.address ?? "",
        wording: creative?.wording ?? "",
        expiresOn: creative?.expiresOn ?? "",
      }}
      fields={[
        {
          kind: "record",
          name: "offerId",
          label: t("offer"),
          resource: "/offers",
          toOption: (row: { id: string; name: string }) => ({ value: row.id, label: row.name }),
          when: () => creative === null && offerId === null,
          required: true,
        },
        { kind: "text", name: "name", label: t("name"), required: true },
        {
          kind: "select",
          name: "kind",
          label: t("creatives.kind"),
          half: true,
          options: CreativeKind.options.map((value) => ({ value, label: t(`creatives.kinds.${value}`) })),
        },
        {
          kind: "text",
          name: "language",
          label: t("creatives.language"),
          half: true,
          placeholder: "en",
          required: true,
        },
        { kind: "url", name: "address", label: t("creatives.address"), hint: t("creatives.addressHint") },
        { kind: "note", name: "file", label: "", content: <CreativeFile file={file} onChange={setFile} /> },
        { kind: "textarea", name: "wording", label: t("creatives.wording"), hint: t("creatives.wordingHint"), rows: 5 },
        {
          kind: "day",
          name: "expiresOn",
          label: t("creatives.expiresOn"),
          hint: t("creatives.expiresHint"),
          half: true,
        },
      ]}
      send={async ({ offerId: of, ...values }, key) => {
        const saved =
          creative === null
            ? await api.post<Creative>("/creatives", { offerId: of, ...values }, key)
            : await api.patch<Creative>(`/creatives/${creative.id}`, { ...values, revision: creative.revision });
        return file === null ? saved : await api.upload<Creative>(`/creatives/${saved.id}/file`, file);
      }}
      done={() => undefined}
      refresh={["creatives", "offers", "audit"]}
    />
  );
}

interface CreativeFileProps {
  readonly file: File | null;
  readonly onChange: (file: File | null) => void;
}

function CreativeFile({ file, onChange }: CreativeFileProps) {
  const { t } = useTranslation("programs");
  return (
    <FileInput
      label={t("creatives.file")}
      description={t("creatives.fileHint")}
      accept="image/png,image/jpeg,image/gif,image/webp,application/pdf,video/mp4"
      clearable
      value={file}
      onChange={onChange}
    />
  );
}
