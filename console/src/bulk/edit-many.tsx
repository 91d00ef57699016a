import type { BulkDetail, MassEdit } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";

/** Partners that were ticked, or all that a list shows. */
export type Meant = { readonly ids: readonly string[] } | { readonly filter: Readonly<Record<string, unknown>> };

const text = z.string().nullish();
/** What stays empty comes as nothing. */
const EDIT = z.object({
  ...{ ownerUserId: text, deputyUserId: text, regionId: text, language: text, addTags: text, removeTags: text },
  ...{ status: text, reason: text, field: text, fieldValue: text },
});
type Edit = z.infer<typeof EDIT>;

const EMPTY: Edit = {
  ...{ ownerUserId: "", deputyUserId: "", regionId: "", language: "", addTags: "", removeTags: "" },
  ...{ status: "", reason: "", field: "", fieldValue: "" },
};

interface EditManyProps {
  /** Null: closed. */
  readonly meant: Meant | null;
  readonly onClose: () => void;
}

/** Gives many partners the same: what stays empty stays as it is. The next screen shows what becomes of each before anything is made. */
export function EditMany({ meant, onClose }: EditManyProps) {
  const { t } = useTranslation("bulk");
  const go = useGo();
  return (
    <FormDialog<Edit, BulkDetail>
      opened={meant !== null}
      onClose={onClose}
      title={t("editMany")}
      submit={t("preview")}
      schema={EDIT}
      initial={EMPTY}
      fields={useEditFields()}
      send={(values, key) => api.post<BulkDetail>("/partners/mass-edit", { ...meant, edit: editOf(values) }, key)}
      done={(one) => go(`/bulk-changes/${one.id}`)}
      refresh={["bulk-changes"]}
    />
  );
}

function useEditFields(): readonly Field<Edit>[] {
  const { t } = useTranslation("bulk");
  const { language } = useFormat();
  const custom = useRecord<{ data: readonly { key: string; title: { en: string; es: string } }[] }>("/partner-fields", {
    limit: 200,
  });
  const user = { kind: "record", half: true, resource: "/users", query: () => ({ side: "operator" }) } as const;
  const toOption = (row: { id: string; name: string }) => ({ value: row.id, label: row.name });
  return [
    { kind: "note", name: "note", label: "", content: t("editNote") },
    { ...user, name: "ownerUserId", label: t("fields.owner"), toOption },
    { ...user, name: "deputyUserId", label: t("fields.deputy"), toOption },
    { kind: "record", name: "regionId", label: t("fields.region"), half: true, resource: "/regions", toOption },
    { kind: "text", name: "language", label: t("fields.language"), placeholder: "en", half: true },
    { kind: "text", name: "addTags", label: t("fields.addTags"), hint: t("tagsHint"), half: true },
    { kind: "text", name: "removeTags", label: t("fields.removeTags"), hint: t("tagsHint"), half: true },
    {
      ...{ kind: "select", name: "status", label: t("fields.status"), half: true, clearable: true },
      options: (["onboarding", "active", "paused", "deactivated", "rejected"] as const).map((value) => ({
        ...{ value, label: t(`statuses.${value}`) },
      })),
    },
    { kind: "text", name: "reason", label: t("fields.reason"), half: true },
    {
      ...{ kind: "select", name: "field", label: t("customField"), half: true, clearable: true },
      options: (custom.data?.data ?? []).map(({ key, title }) => ({
        ...{ value: key, label: title[language === "es" ? "es" : "en"] },
      })),
    },
    { kind: "text", name: "fieldValue", label: t("value"), half: true, when: (values) => (values.field ?? "") !== "" },
  ];
}

/** Only what was filled in. */
function editOf(values: Edit): MassEdit {
  const tags = (given: string | null | undefined) =>
    (given ?? "")
      .split(/[,;]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== "");
  const { addTags, removeTags, field, fieldValue, ...plain } = values;
  const said = Object.fromEntries(Object.entries(plain).filter(([, value]) => (value ?? "") !== ""));
  return {
    ...said,
    ...(tags(addTags).length === 0 ? {} : { addTags: tags(addTags) }),
    ...(tags(removeTags).length === 0 ? {} : { removeTags: tags(removeTags) }),
    ...((field ?? "") === "" ? {} : { fields: { [field ?? ""]: (fieldValue ?? "") === "" ? null : fieldValue } }),
  };
}
