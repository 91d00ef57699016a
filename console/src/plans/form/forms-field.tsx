import { Select, Stack } from "@mantine/core";
import { type Path, writePath } from "../paths.ts";
import { useForm } from "./form-state.ts";
import { useLabels } from "./labels.ts";
import { NodeField } from "./node-field.tsx";
import { beginning, type Form, formOf, shapeOf } from "./shape.ts";

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
  const choose = (id: string | null) => {
    const option = options.find((one) => one.id === id);
    if (option !== undefined) set(path, option.word ?? beginning(option.form.schema));
  };
  const inline = shape === undefined || word !== undefined;
  const select = (
    <Select
      label={inline ? label : undefined}
      aria-label={label}
      data={options.map((one) => ({ value: one.id, label: labels.form(one.id) }))}
      value={word ?? chosen?.id ?? null}
      onChange={choose}
      readOnly={readOnly}
      allowDeselect={false}
      searchable={options.length > 8}
      error={inline ? problemAt(writePath(path)) : undefined}
      maw={inline ? undefined : 260}
    />
  );
  if (inline || chosen === undefined) return select;
  return (
    <Stack gap={4}>
      {shape?.kind === "text" || shape?.kind === "count" ? null : select}
      <NodeField schema={chosen.schema} value={value} path={path} label={label} />
      {shape?.kind === "text" || shape?.kind === "count" ? select : null}
    </Stack>
  );
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
