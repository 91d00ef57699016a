import { type FieldEffects, NewPartnerField, type PartnerField, PartnerFieldChange } from "@tributary/contract";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../../api/client.ts";
import type { Field } from "../../kit/form/field-declaration.ts";
import { FormDialog } from "../../kit/form/record-form.tsx";
import { NextLine } from "../../kit/record/record-page.tsx";
import { KINDS, STATUSES } from "../states.ts";

const TYPES = [
  "text",
  "long_text",
  "number",
  "date",
  "yes_no",
  "one_of",
  "many_of",
  "country",
  "url",
  "email",
  "money",
] as const;
const ROLES = ["key_account_manager", "partner_operations", "compliance", "finance", "administrator"] as const;
const READERS = [
  "partners.read",
  "partners.approve",
  "compliance.read",
  "compliance.write",
  "payees.read",
  "payees.write",
] as const;
const WRITERS = ["partners.write", "partners.approve", "compliance.write", "payees.write", "settings.write"] as const;

/** Options are typed one a line: `value | English | Spanish`. */
const Entry = z.looseObject({ optionLines: z.string() });
type Typed = z.infer<typeof Entry>;

interface Props {
  /** Null: a new one. */
  readonly field: PartnerField | null;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function FieldForm({ field, opened, onClose }: Props) {
  const { t } = useTranslation("partners");
  const [effects, setEffects] = useState<FieldEffects | null>(null);
  const title = t(field === null ? "fields.add" : "fields.change");
  const close = () => {
    setEffects(null);
    onClose();
  };
  return (
    <FormDialog<Typed, unknown>
      opened={opened}
      onClose={close}
      title={title}
      submit={effects !== null && effects.lost > 0 ? t("fields.changeAndLose", { count: effects.lost }) : title}
      danger={effects !== null && effects.lost > 0}
      wide
      schema={Entry}
      initial={initialOf(field)}
      fields={[...useFormFields(field), ...effectLines(effects, t)]}
      send={async (values, key) => {
        if (field === null) return await api.post("/partner-fields", NewPartnerField.parse(bodyOf(values)), key);
        const change = { ...bodyOf(values), revision: field.revision, archived: values.archived === true };
        // What would be lost is shown first; the second press of the button agrees to it.
        const found = await api.post<FieldEffects>(
          `/partner-fields/${field.id}/effects`,
          PartnerFieldChange.parse(change),
        );
        const agreed = effects !== null && effects.lost === found.lost;
        if (found.lost > 0 && !agreed) setEffects(found);
        const acceptLoss = agreed ? found.lost : 0;
        return await api.patch(`/partner-fields/${field.id}`, { ...change, acceptLoss });
      }}
      done={() => setEffects(null)}
      refresh={["partner-fields", "partners", "audit"]}
    />
  );
}

function initialOf(field: PartnerField | null): Typed {
  return {
    key: field?.key ?? "",
    title: field?.title ?? { en: "", es: "" },
    help: field?.help ?? { en: "", es: "" },
    type: field?.type ?? "text",
    optionLines: (field?.options ?? []).map((one) => `${one.value} | ${one.title.en} | ${one.title.es}`).join("\n"),
    ownerRole: field?.ownerRole ?? "partner_operations",
    kinds: field?.kinds ?? [],
    requiredFor: field?.requiredFor ?? [],
    readPermission: field?.readPermission ?? "partners.read",
    writePermission: field?.writePermission ?? "partners.write",
    archived: field !== null && field.archivedAt !== null,
  };
}

function bodyOf({ optionLines, archived: _archived, ...rest }: Typed): Record<string, unknown> {
  const options = optionLines
    .split("\n")
    .map((line) => line.split("|").map((part) => part.trim()))
    .filter(([value]) => value !== undefined && value !== "")
    .map(([value, en, es]) => ({ value, title: { en: en || value, es: es || en || value } }));
  return { ...rest, options };
}

function useFormFields(field: PartnerField | null): readonly Field<Typed>[] {
  const { t } = useTranslation("partners");
  const named = (values: readonly string[], words: string) =>
    values.map((value) => ({ value, label: t(`${words}.${value}`) }));
  const choice = (values: Typed) => values.type === "one_of" || values.type === "many_of";
  return [
    ...(field === null
      ? [
          {
            kind: "text" as const,
            name: "key",
            label: t("fields.key"),
            hint: t("fields.keyHint"),
            required: true,
            half: true,
          },
        ]
      : []),
    {
      kind: "select",
      name: "type",
      label: t("fields.type"),
      required: true,
      half: true,
      options: named(TYPES, "fieldType"),
    },
    { kind: "text", name: "title.en", label: t("fields.titleEn"), required: true, half: true },
    { kind: "text", name: "title.es", label: t("fields.titleEs"), required: true, half: true },
    { kind: "text", name: "help.en", label: t("fields.helpEn"), half: true },
    { kind: "text", name: "help.es", label: t("fields.helpEs"), half: true },
    {
      kind: "textarea",
      name: "optionLines",
      label: t("fields.options"),
      hint: t("fields.optionsHint"),
      rows: 4,
      when: choice,
    },
    {
      kind: "choices",
      name: "kinds",
      label: t("fields.kinds"),
      hint: t("fields.kindsHint"),
      options: named(KINDS, "kinds"),
    },
    {
      kind: "choices",
      name: "requiredFor",
      label: t("fields.requiredFor"),
      hint: t("fields.requiredForHint"),
      options: named(
        STATUSES.filter((one) => one !== "applied" && one !== "rejected"),
        "state",
      ),
    },
    { kind: "select", name: "ownerRole", label: t("fields.ownerRole"), half: true, options: named(ROLES, "staffRole") },
    ...usePermissionFields(),
    ...(field === null
      ? []
      : [{ kind: "switch" as const, name: "archived", label: t("fields.putAway"), hint: t("fields.putAwayHint") }]),
  ];
}

/** With which permissions values are seen and changed. */
function usePermissionFields(): readonly Field<Typed>[] {
  const { t } = useTranslation("partners");
  return [["readPermission", READERS] as const, ["writePermission", WRITERS] as const].map(([name, permissions]) => ({
    kind: "select",
    name,
    label: t(`fields.${name}`),
    half: true,
    options: permissions.map((value) => ({ value, label: t(`fields.permission.${value}`) })),
  }));
}

function effectLines(effects: FieldEffects | null, t: TFunction<"partners">): readonly Field<Typed>[] {
  if (effects === null || effects.lost === 0) return [];
  const examples = effects.examples
    .slice(0, 3)
    .map((one) => one.value)
    .join(", ");
  const text = t("fields.lostText", { filled: effects.filled, examples });
  const content = <NextLine step={{ title: t("fields.lost", { count: effects.lost }), text, tone: "bad" }} />;
  return [{ kind: "note", name: "effects", label: "", content }];
}
