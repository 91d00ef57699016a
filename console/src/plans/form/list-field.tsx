import { ActionIcon, Button, Group, TagsInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { Block, Line, Lines } from "../../kit/workbench/workbench.tsx";
import { type Path, writePath } from "../paths.ts";
import { AddField } from "./add-field.tsx";
import { AnyField } from "./any-field.tsx";
import { BlockTitle, FieldSlots } from "./fields-field.tsx";
import { useForm } from "./form-state.ts";
import { useLabels } from "./labels.ts";
import { beginning, type FieldShape, type Shape, shapeOf } from "./shape.ts";

interface ListProps {
  readonly item: z.ZodType;
  readonly value: unknown;
  readonly path: Path;
  readonly label: string;
  readonly chooser?: ReactNode;
}

/** A list: words as tags, everything else item by item, in its order. */
export function ListField({ item, value, path, label, chooser }: ListProps) {
  const { set, readOnly, problemAt } = useForm();
  const { t } = useTranslation("plans");
  const items = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const shape = shapeOf(item);
  const at = writePath(path);
  if (isWords(shape, items)) {
    const words = (
      <TagsInput
        label={label}
        value={items.map(String)}
        styles={{ inputField: { minWidth: 40 } }}
        data={shape.kind === "choice" ? [...shape.values] : []}
        readOnly={readOnly}
        error={problemAt(at)}
        onChange={(next) => set(path, next)}
      />
    );
    if (chooser === undefined) return words;
    return (
      <Group gap={6} align="flex-end" wrap="nowrap">
        <div style={{ flex: 1, minWidth: 0 }}>{words}</div>
        {chooser}
      </Group>
    );
  }
  return (
    <Block inner title={chooser === undefined ? label : <BlockTitle label={label} chooser={chooser} />} path={at}>
      <Lines>
        {items
          .map((one, index) => ({ one, index }))
          .map(({ one, index }) => (
            <Item
              key={index}
              item={item}
              value={one}
              path={[...path, index]}
              place={{ index, count: items.length, items }}
            />
          ))}
      </Lines>
      {readOnly ? null : (
        <Group>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={13} />}
            onClick={() => set([...path, items.length], beginning(item))}
          >
            {t("form.add", { name: label })}
          </Button>
        </Group>
      )}
    </Block>
  );
}

function isWords(shape: Shape, items: readonly unknown[]): boolean {
  if (shape.kind === "text" || shape.kind === "day" || shape.kind === "choice")
    return items.every((one) => typeof one !== "object");
  return false;
}

interface ItemProps {
  readonly item: z.ZodType;
  readonly value: unknown;
  readonly path: Path;
  readonly place: { readonly index: number; readonly count: number; readonly items: readonly unknown[] };
}

function Item({ item, value, path, place }: ItemProps) {
  const { readOnly } = useForm();
  const { t } = useTranslation("plans");
  const shape = shapeOf(item);
  const at = writePath(path);
  const title = t("form.item", { number: place.index + 1 });
  const buttons = readOnly ? null : <ItemButtons path={path} place={place} title={title} />;
  if (shape.kind === "fields" && isRow(shape.fields))
    return <Row fields={shape.fields} value={value} path={path} buttons={buttons} />;
  if (shape.kind === "fields")
    return (
      <Block
        inner
        title={title}
        path={at}
        actions={
          <Group gap={2}>
            <AddField fields={shape.fields} value={value} path={path} />
            {buttons}
          </Group>
        }
      >
        <FieldSlots fields={shape.fields} value={value} path={path} />
      </Block>
    );
  return (
    <Line path={at}>
      <div style={{ flex: "1 1 200px" }}>
        <AnyField schema={item} value={value} path={path} label={title} />
      </div>
      {buttons}
    </Line>
  );
}

/** A row of a table, a band, a step: a condition and a value, side by side. */
function isRow(fields: readonly FieldShape[]): boolean {
  const names = fields.map((field) => field.name);
  return (
    (names.includes("value") && (names.includes("when") || names.includes("from"))) ||
    (names.includes("from") && names.includes("amount"))
  );
}

interface RowProps {
  readonly fields: readonly FieldShape[];
  readonly value: unknown;
  readonly path: Path;
  readonly buttons: ReactNode;
}

function Row({ fields, value, path, buttons }: RowProps) {
  const { field: label } = useLabels();
  const object = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const at = writePath(path);
  const shown = fields.filter((field) => field.required || object[field.name] !== undefined);
  const width = (field: FieldShape) => (shapeOf(field.schema).kind === "match" ? "3 1 320px" : "1 1 200px");
  return (
    <Line path={at}>
      {shown.map((field) => (
        <div key={field.name} style={{ flex: width(field), minWidth: 0 }}>
          <AnyField
            schema={field.schema}
            value={object[field.name]}
            path={[...path, field.name]}
            label={label(field.name)}
          />
        </div>
      ))}
      <AddField fields={fields} value={value} path={path} small />
      {buttons}
    </Line>
  );
}

function ItemButtons({ path, place, title }: Pick<ItemProps, "path" | "place"> & { readonly title: string }) {
  const { set } = useForm();
  const { t } = useTranslation("plans");
  const list = path.slice(0, -1);
  const { index, count, items } = place;
  const move = (to: number) => set(list, items.toSpliced(index, 1).toSpliced(to, 0, items[index]));
  return (
    <Group gap={0} wrap="nowrap">
      <ActionIcon
        size={26}
        style={{ visibility: index === 0 ? "hidden" : "visible" }}
        aria-label={t("form.up", { name: title })}
        onClick={() => move(index - 1)}
      >
        <IconArrowUp size={14} />
      </ActionIcon>
      <ActionIcon
        size={26}
        style={{ visibility: index + 1 === count ? "hidden" : "visible" }}
        aria-label={t("form.down", { name: title })}
        onClick={() => move(index + 1)}
      >
        <IconArrowDown size={14} />
      </ActionIcon>
      <ActionIcon size={26} aria-label={t("form.remove", { name: title })} onClick={() => set(path, undefined)}>
        <IconTrash size={14} />
      </ActionIcon>
    </Group>
  );
}
