import { ActionIcon, Button, Group, TagsInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { Block, Line, Lines } from "../../kit/workbench/workbench.tsx";
import { type Path, writePath } from "../paths.ts";
import { AddField } from "./add-field.tsx";
import { FieldSlots } from "./fields-field.tsx";
import { useForm } from "./form-state.ts";
import { NodeField } from "./node-field.tsx";
import { beginning, type Shape, shapeOf } from "./shape.ts";

interface ListProps {
  readonly item: z.ZodType;
  readonly value: unknown;
  readonly path: Path;
  readonly label: string;
}

/** A list: words as tags, everything else item by item, in its order. */
export function ListField({ item, value, path, label }: ListProps) {
  const { set, focus, readOnly, problemAt } = useForm();
  const { t } = useTranslation("plans");
  const items = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const shape = shapeOf(item);
  const at = writePath(path);
  if (isWords(shape, items))
    return (
      <TagsInput
        label={label}
        value={items.map(String)}
        data={shape.kind === "choice" ? [...shape.values] : []}
        readOnly={readOnly}
        error={problemAt(at)}
        onChange={(next) => set(path, next)}
      />
    );
  return (
    <Block inner title={label} path={at} marked={focus === at}>
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
  const { focus, readOnly } = useForm();
  const { t } = useTranslation("plans");
  const shape = shapeOf(item);
  const at = writePath(path);
  const title = t("form.item", { number: place.index + 1 });
  const buttons = readOnly ? null : <ItemButtons path={path} place={place} title={title} />;
  if (shape.kind === "fields")
    return (
      <Block
        inner
        title={title}
        path={at}
        marked={focus === at}
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
    <Line path={at} marked={focus === at}>
      <div style={{ flex: "1 1 200px" }}>
        <NodeField schema={item} value={value} path={path} label={title} />
      </div>
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
        disabled={index === 0}
        aria-label={t("form.up", { name: title })}
        onClick={() => move(index - 1)}
      >
        <IconArrowUp size={14} />
      </ActionIcon>
      <ActionIcon
        size={26}
        disabled={index + 1 === count}
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
