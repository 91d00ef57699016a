import { Checkbox, MultiSelect, Select, Textarea, TextInput } from "@mantine/core";
import type { PublicForm } from "@tributary/contract";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { COUNTRIES } from "./countries.ts";

type Question = PublicForm["questions"][number];

interface QuestionProps {
  readonly question: Question;
  readonly value: string | readonly string[];
  readonly error: string | undefined;
  readonly onChange: (value: string | readonly string[]) => void;
}

const AUTOCOMPLETE: Readonly<Record<string, string>> = { email: "email", phone: "tel", url: "url" };
const INPUT_MODES = { email: "email", phone: "tel", url: "url", number: "numeric" } as const;

/** One question of a form, as its kind wants to be answered. */
export function PublicQuestion({ question, value, error, onChange }: QuestionProps) {
  const { t } = useTranslation("pipeline");
  const shown = {
    label: question.label,
    description: question.hint || undefined,
    withAsterisk: question.required,
    error,
    size: "md",
  } as const;
  const text = typeof value === "string" ? value : (value[0] ?? "");
  if (question.kind === "consent") {
    const checked = text === "yes";
    const label = question.required ? `${question.label} *` : question.label;
    return (
      <Checkbox
        {...shown}
        label={label}
        checked={checked}
        onChange={(event) => onChange(event.target.checked ? "yes" : "")}
      />
    );
  }
  if (question.kind === "choices") {
    const chosen = typeof value === "string" ? (value === "" ? [] : [value]) : [...value];
    return <MultiSelect {...shown} data={question.choices} value={chosen} onChange={onChange} />;
  }
  if (question.kind === "choice")
    return (
      <Select
        {...shown}
        data={question.choices}
        value={text || null}
        clearable
        onChange={(one) => onChange(one ?? "")}
      />
    );
  if (question.kind === "country") return <CountrySelect shown={shown} value={text} onChange={onChange} />;
  if (question.kind === "long_text")
    return <Textarea {...shown} autosize minRows={3} value={text} onChange={(event) => onChange(event.target.value)} />;
  const mode = INPUT_MODES[question.kind as keyof typeof INPUT_MODES];
  return (
    <TextInput
      {...shown}
      value={text}
      placeholder={question.kind === "url" ? t("public.urlExample") : undefined}
      inputMode={mode ?? "text"}
      autoComplete={AUTOCOMPLETE[question.kind] ?? "on"}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

interface CountryProps {
  readonly shown: object;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function CountrySelect({ shown, value, onChange }: CountryProps) {
  const format = useFormat();
  const data = useMemo(
    () =>
      COUNTRIES.map((code) => ({ value: code, label: format.country(code) })).sort((a, b) =>
        a.label.localeCompare(b.label, format.language),
      ),
    [format],
  );
  return (
    <Select {...shown} data={data} value={value || null} searchable clearable onChange={(one) => onChange(one ?? "")} />
  );
}
