import { Button } from "@mantine/core";
import {
  type FieldValue,
  PartnerFieldsChange,
  type PartnerFieldValue,
  type PartnerFieldValues,
} from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useRecord } from "../../api/records.ts";
import { FormDialog } from "../../kit/form/record-form.tsx";
import { Card, Properties } from "../../kit/record/card.tsx";
import { fromForm, toForm } from "./field-entry.ts";
import { useFieldInputs } from "./field-inputs.ts";
import css from "./record-parts.module.css";
import { useFieldText } from "./use-field-text.ts";

/** The operator's own fields of a partner; what a next stage waits for is said beside it. */
export function FieldCard({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("partners");
  const text = useFieldText();
  const [editing, setEditing] = useState(false);
  const answer = useRecord<PartnerFieldValues>(`/partners/${partnerId}/fields`);
  const values = answer.data?.data ?? [];
  if (values.length === 0) return null;
  const edit = values.some((one) => one.mayChange) ? (
    <Button size="xs" variant="default" onClick={() => setEditing(true)}>
      {t("fields.edit")}
    </Button>
  ) : undefined;
  const shown = (one: PartnerFieldValue) =>
    one.value !== null
      ? text.value(one.field, one.value)
      : one.missingFor.length === 0
        ? "–"
        : t("fields.missingFor", { stages: one.missingFor.map((stage) => t(`state.${stage}`)).join(", ") });
  return (
    <Card title={t("fields.title")} actions={edit}>
      <Properties
        items={values.map((one) => [
          text.title(one.field),
          <span key={one.field.id} className={one.value === null ? css.muted : ""}>
            {shown(one)}
          </span>,
        ])}
      />
      <FieldForm partnerId={partnerId} values={values} opened={editing} onClose={() => setEditing(false)} />
    </Card>
  );
}

interface FieldFormProps {
  readonly partnerId: string;
  readonly values: readonly PartnerFieldValue[];
  readonly opened: boolean;
  readonly onClose: () => void;
}

function FieldForm({ partnerId, values, opened, onClose }: FieldFormProps) {
  const { t } = useTranslation("partners");
  const mine = values.filter((one) => one.mayChange);
  const initial = Object.fromEntries(mine.map((one) => [one.field.key, toForm(one.field.type, one.value)]));
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("fields.title")}
      submit={t("save")}
      wide
      schema={Anything}
      initial={{ values: initial }}
      fields={useFieldInputs(mine.map((one) => one.field))}
      send={(entry) => {
        const given = entry.values as Readonly<Record<string, unknown>>;
        const changed: Record<string, FieldValue | null> = {};
        for (const { field } of mine) changed[field.key] = fromForm(field.type, given[field.key]);
        return api.put<PartnerFieldValues>(`/partners/${partnerId}/fields`, { values: changed });
      }}
      done={() => undefined}
      refresh={["partners", "audit"]}
    />
  );
}

/** The server knows each field's type and answers for the values. */
const Anything = PartnerFieldsChange.loose().extend({
  values: PartnerFieldsChange.shape.values.or(PartnerFieldsChange.loose()),
});
