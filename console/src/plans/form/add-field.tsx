import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Path } from "../paths.ts";
import { useForm } from "./form-state.ts";
import { useLabels } from "./labels.ts";
import { beginning, type FieldShape, shapeOf } from "./shape.ts";

interface AddFieldProps {
  readonly fields: readonly FieldShape[];
  readonly value: unknown;
  readonly path: Path;
  /** Its sign only, where there is little room. */
  readonly small?: boolean;
}

/** What may be said as well: optional fields that are not written yet. */
export function AddField({ fields, value, path, small }: AddFieldProps) {
  const { t } = useTranslation("plans");
  const { set, readOnly } = useForm();
  const { field: label } = useLabels();
  const object = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const missing = fields.filter(
    (field) => !field.required && object[field.name] === undefined && shapeOf(field.schema).kind !== "constant",
  );
  if (missing.length === 0 || readOnly) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        {small === true ? (
          <ActionIcon size={26} aria-label={t("form.more")} title={t("form.more")}>
            <IconPlus size={14} />
          </ActionIcon>
        ) : (
          <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={13} />}>
            {t("form.more")}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
        {missing.map((field) => (
          <Menu.Item key={field.name} onClick={() => set([...path, field.name], beginning(field.schema))}>
            {label(field.name)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
