import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Block, Slot, Slots } from "../../kit/workbench/workbench.tsx";
import { type Path, writePath } from "../paths.ts";
import { AddField } from "./add-field.tsx";
import { AnyField } from "./any-field.tsx";
import { useForm } from "./form-state.ts";
import { useLabels } from "./labels.ts";
import { type FieldShape, shapeOf } from "./shape.ts";

interface FieldsProps {
  readonly fields: readonly FieldShape[];
  readonly value: unknown;
  readonly path: Path;
  readonly label: string;
  readonly chooser?: ReactNode;
}

/** An object: a block with what is written of it, and what may be added. */
export function FieldsField({ fields, value, path, label, chooser }: FieldsProps) {
  const at = writePath(path);
  return (
    <Block
      inner
      title={chooser === undefined ? label : <BlockTitle label={label} chooser={chooser} />}
      path={at}
      actions={<AddField fields={fields} value={value} path={path} />}
    >
      <FieldSlots fields={fields} value={value} path={path} />
    </Block>
  );
}

/** The fields of an object that are written, and those that have to be. */
export function FieldSlots({
  fields,
  value,
  path,
  leave = [],
}: Omit<FieldsProps, "label" | "chooser"> & { readonly leave?: readonly string[] }) {
  const { t } = useTranslation("plans");
  const { set, readOnly } = useForm();
  const labels = useLabels();
  const object = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const shown = fields.filter(
    (field) => !leave.includes(field.name) && (field.required || object[field.name] !== undefined),
  );
  const wide = (field: FieldShape) => isWide(field, object[field.name]);
  const inOrder = shown.toSorted((a, b) => place(a.name) - place(b.name));
  const ordered = [...inOrder.filter((field) => !wide(field)), ...inOrder.filter(wide)];
  return (
    <Slots>
      {ordered.map((field) => {
        const own = [...path, field.name];
        const at = writePath(own);
        if (shapeOf(field.schema).kind === "constant") return null;
        return (
          <Slot
            key={field.name}
            path={at}
            wide={wide(field)}
            remove={
              field.required || readOnly
                ? undefined
                : { label: t("form.remove", { name: labels.field(field.name) }), run: () => set(own, undefined) }
            }
          >
            <AnyField schema={field.schema} value={object[field.name]} path={own} label={labels.field(field.name)} />
          </Slot>
        );
      })}
    </Slots>
  );
}

/** The name of a block, and which of several forms it has. */
export function BlockTitle({ label, chooser }: { readonly label: string; readonly chooser: ReactNode }) {
  return (
    <Group gap={10}>
      <span>{label}</span>
      {chooser}
    </Group>
  );
}

/** What a person says first: who it is, what is paid, for what; then everything else. */
const FIRST = [
  "code",
  "amount",
  "rate",
  "share",
  "pays",
  "of",
  "count",
  "event",
  "per",
  "base",
  "qualification",
  "window",
  "steps",
  "when",
  "from",
  "value",
];

function place(name: string): number {
  const at = FIRST.indexOf(name);
  return at < 0 ? FIRST.length : at;
}

/** Whether a field needs the whole width: whatever holds other fields. */
function isWide(field: FieldShape, value: unknown): boolean {
  const shape = shapeOf(field.schema);
  if (shape.kind === "forms") return typeof value === "object" && value !== null;
  return shape.kind === "list" || shape.kind === "fields" || shape.kind === "match" || shape.kind === "named";
}
