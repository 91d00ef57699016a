import { Group, Select, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { type Path, writePath } from "../paths.ts";
import { AnyField } from "./any-field.tsx";
import { useForm } from "./form-state.ts";
import { useLabels } from "./labels.ts";
import { beginning, type Form, formOf, type Shape, shapeOf } from "./shape.ts";

interface FormsProps {
  readonly forms: readonly Form[];
  readonly value: unknown;
  readonly path: Path;
  readonly label: string;
}

/** A value that may have several forms: which one, and then that form. */
export function FormsField({ forms, value, path, label }: FormsProps) {
  const { set, readOnly, problemAt } = useForm();
  const labels = useLabels();
  const options = optionsOf(forms);
  const chosen = formOf(forms, value);
  const shape = chosen === undefined ? undefined : shapeOf(chosen.schema);
  const word = shape?.kind === "constant" || shape?.kind === "choice" ? String(value) : undefined;
  const alone = shape === undefined || chosen === undefined || word !== undefined;
  const choose = (id: string | null) => {
    const option = options.find((one) => one.id === id);
    if (option !== undefined) set(path, option.word ?? beginning(option.form.schema));
  };
  const select = (
    <Select
      label={alone ? label : undefined}
      aria-label={label}
      data={options.map((one) => ({ value: one.id, label: labels.form(one.id) }))}
      value={word ?? chosen?.id ?? null}
      onChange={choose}
      readOnly={readOnly}
      allowDeselect={false}
      searchable={options.length > 8}
      error={alone ? problemAt(writePath(path)) : undefined}
      w={alone ? undefined : isPlain(shape) ? 105 : 170}
    />
  );
  if (alone) return select;
  if (!isPlain(shape))
    return <Inner shape={shape} chosen={chosen} value={value} path={path} label={label} chooser={select} />;
  return (
    <Group gap={6} align="flex-end" wrap="nowrap">
      <div style={{ flex: "1 1 90px", minWidth: 0 }}>
        <AnyField schema={chosen.schema} value={value} path={path} label={label} />
      </div>
      <div style={{ flex: "none", maxWidth: 130 }}>{select}</div>
    </Group>
  );
}

interface InnerProps extends Omit<FormsProps, "forms"> {
  readonly shape: Shape;
  readonly chosen: Form;
  readonly chooser: ReactNode;
}

/** A form with fields of its own. One with a single field (add, deduct, any of) is that field, without another frame around it. */
function Inner({ shape, chosen, value, path, label, chooser }: InnerProps) {
  const labels = useLabels();
  const only = shape.kind === "fields" && shape.fields.length === 1 ? shape.fields[0] : undefined;
  if (only === undefined)
    return <AnyField schema={chosen.schema} value={value} path={path} label={label} chooser={chooser} />;
  const inner = (value as Readonly<Record<string, unknown>> | undefined)?.[only.name];
  return (
    <Group gap={6} align="flex-start" wrap="wrap">
      <div>
        <Text fw={500} mb={3}>
          {label}
        </Text>
        {chooser}
      </div>
      <div style={{ flex: "1 1 240px", minWidth: 0 }}>
        <AnyField schema={only.schema} value={inner} path={[...path, only.name]} label={labels.field(only.name)} />
      </div>
    </Group>
  );
}

function isPlain(shape: Shape | undefined): boolean {
  return shape !== undefined && ["text", "count", "day", "switch"].includes(shape.kind);
}

interface Option {
  readonly id: string;
  readonly form: Form;
  /** The option is this word itself. */
  readonly word?: string;
}

/** Fixed words stand in the choice themselves; every other form once. */
function optionsOf(forms: readonly Form[]): Option[] {
  const all = forms.flatMap((form): Option[] => {
    const shape = shapeOf(form.schema);
    if (shape.kind === "constant") return [{ id: String(shape.value), form, word: String(shape.value) }];
    if (shape.kind === "choice") return shape.values.map((word) => ({ id: word, form, word }));
    return [{ id: form.id, form }];
  });
  return all.filter((one, index) => all.findIndex((other) => other.id === one.id) === index);
}
