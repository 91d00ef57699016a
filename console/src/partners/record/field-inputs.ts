import type { PartnerField } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Field } from "../../kit/form/field-declaration.ts";
import { useFieldText } from "./use-field-text.ts";

/** One input for each custom field, under `values.<key>`. */
export function useFieldInputs<V extends object>(fields: readonly PartnerField[]): readonly Field<V>[] {
  const { t } = useTranslation("partners");
  const text = useFieldText();
  return fields.map((field): Field<V> => {
    const help = text.help(field);
    const base = { name: `values.${field.key}`, label: text.title(field), ...(help === "" ? {} : { hint: help }) };
    const options = field.options.map((one) => ({ value: one.value, label: text.option(field, one.value) }));
    if (field.type === "long_text") return { ...base, kind: "textarea", rows: 3 };
    if (field.type === "date") return { ...base, kind: "day", half: true };
    if (field.type === "number") return { ...base, kind: "decimal", half: true };
    if (field.type === "email" || field.type === "url") return { ...base, kind: field.type, half: true };
    if (field.type === "one_of") return { ...base, kind: "select", options, clearable: true, half: true };
    if (field.type === "many_of") return { ...base, kind: "choices", options };
    if (field.type === "yes_no") {
      const answers = ["yes", "no"].map((value) => ({ value, label: t(`fields.${value}`) }));
      return { ...base, kind: "select", options: answers, clearable: true, half: true };
    }
    const placeholder = field.type === "money" ? "1000.00 EUR" : field.type === "country" ? "DE" : "";
    return { ...base, kind: "text", half: true, placeholder };
  });
}
