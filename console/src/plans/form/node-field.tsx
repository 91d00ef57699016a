import { Autocomplete, NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { writePath } from "../paths.ts";
import type { NodeProps } from "./any-field.tsx";
import { FieldsField } from "./fields-field.tsx";
import { useForm } from "./form-state.ts";
import { FormsField } from "./forms-field.tsx";
import { useLabels } from "./labels.ts";
import { ListField } from "./list-field.tsx";
import { MatchField } from "./match-field.tsx";
import { NamedField } from "./named-field.tsx";
import { shapeOf } from "./shape.ts";

/** Fields that name another component of the plan. */
const NAMES_COMPONENT = new Set(["component", "qualified", "notQualified"]);

/** The input of any value of the plan language, by its shape. */
export function NodeField({ schema, value, path, label, chooser }: NodeProps) {
  const shape = shapeOf(schema);
  const props = { value, path, label };
  switch (shape.kind) {
    case "constant":
      return null;
    case "fields":
      return <FieldsField {...props} fields={shape.fields} chooser={chooser} />;
    case "forms":
      return <FormsField {...props} forms={shape.forms} />;
    case "list":
      return <ListField {...props} item={shape.item} chooser={chooser} />;
    case "match":
      return <MatchField {...props} />;
    case "named":
      return <NamedField {...props} item={shape.item} />;
    case "choice":
      return <ChoiceInput {...props} values={shape.values} />;
    default:
      return <PlainInput {...props} kind={shape.kind} />;
  }
}

type Leaf = Omit<NodeProps, "schema" | "chooser">;

function ChoiceInput({ value, path, label, values }: Leaf & { readonly values: readonly string[] }) {
  const { set, readOnly, problemAt } = useForm();
  const { word } = useLabels();
  return (
    <Select
      label={label}
      data={values.map((one) => ({ value: one, label: word(one) }))}
      value={typeof value === "string" ? value : null}
      onChange={(next) => next !== null && set(path, next)}
      readOnly={readOnly}
      allowDeselect={false}
      searchable={values.length > 8}
      error={problemAt(writePath(path))}
    />
  );
}

function PlainInput({ value, path, label, kind }: Leaf & { readonly kind: "text" | "day" | "count" | "switch" }) {
  const { set, readOnly, components, problemAt } = useForm();
  const error = problemAt(writePath(path));
  const name = path.at(-1);
  if (kind === "switch")
    return (
      <Switch
        label={label}
        mt={24}
        checked={value === true}
        disabled={readOnly}
        onChange={(event) => set(path, event.currentTarget.checked)}
      />
    );
  if (kind === "count")
    return (
      <NumberInput
        label={label}
        value={typeof value === "number" ? value : ""}
        allowDecimal={false}
        allowNegative={false}
        readOnly={readOnly}
        error={error}
        onChange={(next) => set(path, typeof next === "number" ? next : undefined)}
      />
    );
  const shared = { label, value: value === undefined || value === null ? "" : String(value), readOnly, error };
  const offered = typeof name === "string" && NAMES_COMPONENT.has(name) ? components : [];
  if (offered.length > 0) return <Autocomplete {...shared} data={[...offered]} onChange={(next) => set(path, next)} />;
  return (
    <TextInput
      {...shared}
      type={kind === "day" ? "date" : "text"}
      onChange={(event) => set(path, event.currentTarget.value)}
    />
  );
}
