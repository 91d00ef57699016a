import { Button, Group } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { Block } from "../../kit/workbench/workbench.tsx";
import { type Path, writePath } from "../paths.ts";
import { AnyField } from "./any-field.tsx";
import { useForm } from "./form-state.ts";
import { beginning } from "./shape.ts";

interface NamedProps {
  readonly item: z.ZodType;
  readonly value: unknown;
  readonly path: Path;
  readonly label: string;
}

/** Things with a name of their own: the bases that a plan declares. */
export function NamedField({ item, value, path, label }: NamedProps) {
  const { t } = useTranslation("plans");
  const { set, readOnly } = useForm();
  const names = Object.keys((typeof value === "object" && value !== null ? value : {}) as object);
  const entries = (value ?? {}) as Readonly<Record<string, unknown>>;
  const fresh =
    [...Array(names.length + 1).keys()].map((index) => `base_${index + 1}`).find((name) => !names.includes(name)) ??
    "base";
  const at = writePath(path);
  return (
    <Block inner title={label} path={at}>
      {names.map((name) => (
        <Group key={name} align="flex-start" wrap="nowrap" gap={4}>
          <div style={{ flex: 1, minWidth: 0 }}>
            <AnyField schema={item} value={entries[name]} path={[...path, name]} label={name} />
          </div>
          {readOnly ? null : (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              leftSection={<IconTrash size={13} />}
              onClick={() => set([...path, name], undefined)}
            >
              {t("form.remove", { name })}
            </Button>
          )}
        </Group>
      ))}
      {readOnly ? null : (
        <Group>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={13} />}
            onClick={() => set([...path, fresh], { ...(beginning(item) as object), name: fresh })}
          >
            {t("form.add", { name: label })}
          </Button>
        </Group>
      )}
    </Block>
  );
}
