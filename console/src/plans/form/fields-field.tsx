import { useTranslation } from "react-i18next";
import { Block, Slot, Slots } from "../../kit/workbench/workbench.tsx";
import { type Path, writePath } from "../paths.ts";
import { AddField } from "./add-field.tsx";
import { useForm } from "./form-state.ts";
import { useLabels } from "./labels.ts";
import { NodeField } from "./node-field.tsx";
import { type FieldShape, shapeOf } from "./shape.ts";

interface FieldsProps {
  readonly fields: readonly FieldShape[];
  readonly value: unknown;
  readonly path: Path;
  readonly label: string;
}

/** An object: a block with what is written of it, and what may be added. */
export function FieldsField({ fields, value, path, label }: FieldsProps) {
  const { focus } = useForm();
  const at = writePath(path);
  return (
    <Block
      inner
      title={label}
      path={at}
      marked={focus === at}
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
}: Omit<FieldsProps, "label"> & { readonly leave?: readonly string[] }) {
  const { t } = useTranslation("plans");
  const { set, focus, readOnly } = useForm();
  const labels = useLabels();
  const object = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const shown = fields.filter(
    (field) => !leave.includes(field.name) && (field.required || object[field.name] !== undefined),
  );
  const wide = (field: FieldShape) => isWide(field, object[field.name]);
  const ordered = [...shown.filter((field) => !wide(field)), ...shown.filter(wide)];
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
            marked={focus === at}
            wide={wide(field)}
            remove={
              field.required || readOnly
                ? undefined
                : { label: t("form.remove", { name: labels.field(field.name) }), run: () => set(own, undefined) }
            }
          >
            <NodeField schema={field.schema} value={object[field.name]} path={own} label={labels.field(field.name)} />
          </Slot>
        );
      })}
    </Slots>
  );
}

/** Whether a field needs the whole width: whatever holds other fields. */
function isWide(field: FieldShape, value: unknown): boolean {
  const shape = shapeOf(field.schema);
  if (shape.kind === "forms") return typeof value === "object" && value !== null;
  return shape.kind === "list" || shape.kind === "fields" || shape.kind === "match" || shape.kind === "named";
}
