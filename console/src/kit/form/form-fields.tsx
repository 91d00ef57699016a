import { MultiSelect, NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { MoneyValue } from "@tributary/contract";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field } from "./field-declaration.ts";
import css from "./form.module.css";
import type { InputProps, SharedProps } from "./input-props.ts";
import { InstantField } from "./instant-field.tsx";
import { readAmount, writeAmount } from "./money-entry.ts";
import { RecordField } from "./record-field.tsx";

interface FormFieldsProps<V extends object> {
  readonly fields: readonly Field<V>[];
  readonly form: UseFormReturnType<V>;
}

/** The declared fields in two columns; one column on a telephone. */
export function FormFields<V extends object>({ fields, form }: FormFieldsProps<V>) {
  const shown = fields.filter((field) => field.when?.(form.values) ?? true);
  return (
    <div className={css.grid}>
      {shown.map((field, place) => (
        <div key={field.name} className={field.half === true ? css.half : css.full}>
          <FormField field={field} form={form} first={place === 0} />
        </div>
      ))}
    </div>
  );
}

interface FormFieldProps<V extends object> {
  readonly field: Field<V>;
  readonly form: UseFormReturnType<V>;
  /** The first field of a dialog takes the focus. */
  readonly first: boolean;
}

const inputTypes = { text: "text", email: "email", url: "url", day: "date", month: "month" } as const;

function FormField<V extends object>({ field, form, first }: FormFieldProps<V>) {
  const input = { ...form.getInputProps(field.name), ...(first ? { "data-autofocus": true } : {}) };
  const shared = {
    label: field.label,
    description: field.hint,
    withAsterisk: field.required ?? false,
    disabled: field.disabled ?? false,
  };
  switch (field.kind) {
    case "password":
      return <PasswordInput {...shared} {...input} autoComplete={field.autoComplete ?? "current-password"} />;
    case "decimal":
    case "integer":
      return <NumberText field={field} input={input} shared={shared} />;
    case "money":
      return (
        <MoneyField
          label={field}
          input={input}
          shared={shared}
          currency={typeof field.currency === "string" ? field.currency : field.currency(form.values)}
        />
      );
    case "textarea":
      return (
        <Textarea
          {...shared}
          {...input}
          autosize
          minRows={field.rows ?? 3}
          maxRows={18}
          {...(field.mono === true ? { styles: { input: { fontFamily: "monospace" } } } : {})}
        />
      );
    case "select":
      return <ChoiceField field={field} values={form.values} input={input} shared={shared} />;
    case "choices":
      return (
        <MultiSelect {...shared} {...input} data={[...field.options]} searchable={field.options.length > 8} clearable />
      );
    case "switch":
      return (
        <Switch
          label={field.label}
          description={field.hint}
          disabled={field.disabled ?? false}
          {...form.getInputProps(field.name, { type: "checkbox" })}
        />
      );
    case "record":
      return <RecordField field={field} values={form.values} input={input} shared={shared} />;
    case "instant":
    case "note":
    case "own":
      return <DrawnField field={field} form={form} input={input} />;
    default:
      return (
        <TextInput
          {...shared}
          {...input}
          type={inputTypes[field.kind]}
          placeholder={field.placeholder}
          autoComplete={field.autoComplete ?? "off"}
        />
      );
  }
}

interface DrawnFieldProps<V extends object> {
  readonly field: Extract<Field<V>, { kind: "instant" | "note" | "own" }>;
  readonly form: UseFormReturnType<V>;
  readonly input: InputProps;
}

/** Fields that are drawn by themselves, or by the screen. */
function DrawnField<V extends object>({ field, form, input }: DrawnFieldProps<V>) {
  if (field.kind === "note") return field.content;
  if (field.kind === "own")
    return field.content(
      form.values,
      (name, value) => form.setFieldValue(name, value as never),
      errorOf(form.errors, field.name),
    );
  return (
    <InstantField
      label={field.label}
      hint={field.hint}
      error={input.error}
      value={input.value as string | null}
      onChange={input.onChange}
    />
  );
}

/** Of the field itself, or of the first thing in it: `jurisdictions.2`. */
function errorOf(errors: Readonly<Record<string, ReactNode>>, name: string): ReactNode {
  const found = Object.keys(errors).find((one) => one === name || one.startsWith(`${name}.`));
  return found === undefined ? undefined : errors[found];
}

interface ChoiceFieldProps<V extends object> {
  readonly field: Extract<Field<V>, { kind: "select" }>;
  readonly values: V;
  readonly input: InputProps;
  readonly shared: SharedProps;
}

function ChoiceField<V extends object>({ field, values, input, shared }: ChoiceFieldProps<V>) {
  const options = typeof field.options === "function" ? field.options(values) : field.options;
  return (
    <Select
      {...shared}
      {...input}
      value={input.value === "" ? null : input.value}
      data={[...options]}
      clearable={field.clearable ?? false}
      allowDeselect={field.clearable ?? false}
      searchable={options.length > 8}
    />
  );
}

interface NumberTextProps<V extends object> {
  readonly field: Extract<Field<V>, { kind: "decimal" | "integer" }>;
  readonly input: InputProps;
  readonly shared: SharedProps;
}

/** A decimal stays the text that was typed: rates and quantities are exact and never become a float. An integer is a number. */
function NumberText<V extends object>({ field, input, shared }: NumberTextProps<V>) {
  const right =
    field.unit === undefined ? {} : { rightSection: field.unit, rightSectionWidth: 16 + field.unit.length * 8 };
  if (field.kind === "integer")
    return (
      <NumberInput
        {...shared}
        {...input}
        allowDecimal={false}
        hideControls
        placeholder={field.placeholder ?? ""}
        {...right}
      />
    );
  return (
    <TextInput
      {...shared}
      {...input}
      inputMode="decimal"
      placeholder={field.placeholder}
      onChange={(event) => input.onChange(event.currentTarget.value.replace(",", "."))}
      {...right}
    />
  );
}

interface MoneyFieldProps {
  readonly label: { readonly name: string };
  readonly input: InputProps;
  readonly shared: SharedProps;
  readonly currency: string;
}

function MoneyField({ input, shared, currency }: MoneyFieldProps) {
  const { t } = useTranslation("kit");
  const [text, setText] = useState(() => writeAmount(input.value as MoneyValue | null));
  const unreadable = text !== "" && readAmount(text, currency) === null;
  return (
    <TextInput
      {...shared}
      value={text}
      inputMode="decimal"
      rightSection={currency}
      rightSectionWidth={52}
      error={unreadable ? t("form.amountUnreadable", { text }) : input.error}
      onChange={(event) => {
        setText(event.currentTarget.value);
        input.onChange(readAmount(event.currentTarget.value, currency));
      }}
      onBlur={() => !unreadable && setText(writeAmount(readAmount(text, currency)))}
    />
  );
}
