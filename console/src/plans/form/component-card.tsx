import { ActionIcon, Badge, Group, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconCopy, IconTrash } from "@tabler/icons-react";
import { Component } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { Block } from "../../kit/workbench/workbench.tsx";
import { writePath } from "../paths.ts";
import { AddField } from "./add-field.tsx";
import { FieldSlots } from "./fields-field.tsx";
import { useForm } from "./form-state.ts";
import { useLabels } from "./labels.ts";
import { fieldsOf } from "./shape.ts";

/** The schema of a model's component, or undefined for a model that there is not. */
export function componentSchema(model: string): z.ZodObject | undefined {
  return Component.options.find((option) => [...option.shape.model.values].includes(model as never)) as
    | z.ZodObject
    | undefined;
}

export const MODELS: readonly string[] = Component.options.map((option) => [...option.shape.model.values][0] as string);

interface ComponentCardProps {
  readonly value: Readonly<Record<string, unknown>>;
  readonly index: number;
  readonly all: readonly unknown[];
}

/** One way to earn: its fields, what may be said as well, its place among the others. */
export function ComponentCard({ value, index, all }: ComponentCardProps) {
  const { t } = useTranslation("plans");
  const labels = useLabels();
  const path = ["components", index];
  const at = writePath(path);
  const schema = componentSchema(String(value.model));
  const fields = schema === undefined ? [] : fieldsOf(schema);
  const code = String(value.code ?? "");
  return (
    <Block
      title={
        <Group gap={8}>
          <Text fw={600} span>
            {code}
          </Text>
          <Badge tt="none">{labels.model(String(value.model))}</Badge>
        </Group>
      }
      path={at}
      actions={
        <Group gap={2}>
          <AddField fields={fields} value={value} path={path} />
          <CardButtons code={code} index={index} all={all} />
        </Group>
      }
    >
      {schema === undefined ? <Text c="dimmed">{t("form.unknownModel", { model: String(value.model) })}</Text> : null}
      <FieldSlots fields={fields} value={value} path={path} leave={["model"]} />
    </Block>
  );
}

function CardButtons({
  code,
  index,
  all,
}: {
  readonly code: string;
  readonly index: number;
  readonly all: readonly unknown[];
}) {
  const { t } = useTranslation("plans");
  const { set, readOnly } = useForm();
  if (readOnly) return null;
  const move = (to: number) => set(["components"], all.toSpliced(index, 1).toSpliced(to, 0, all[index]));
  const copy = () => set(["components", all.length], { ...(all[index] as object), code: `${code}_2` });
  return (
    <Group gap={0} wrap="nowrap">
      <ActionIcon
        style={{ visibility: index === 0 ? "hidden" : "visible" }}
        aria-label={t("form.up", { name: code })}
        onClick={() => move(index - 1)}
      >
        <IconArrowUp size={15} />
      </ActionIcon>
      <ActionIcon
        style={{ visibility: index + 1 === all.length ? "hidden" : "visible" }}
        aria-label={t("form.down", { name: code })}
        onClick={() => move(index + 1)}
      >
        <IconArrowDown size={15} />
      </ActionIcon>
      <ActionIcon aria-label={t("form.copy", { name: code })} onClick={copy}>
        <IconCopy size={15} />
      </ActionIcon>
      <ActionIcon
        style={{ visibility: all.length === 1 ? "hidden" : "visible" }}
        aria-label={t("form.remove", { name: code })}
        onClick={() => set(["components", index], undefined)}
      >
        <IconTrash size={15} />
      </ActionIcon>
    </Group>
  );
}
