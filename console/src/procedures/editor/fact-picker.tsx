import { Select, TextInput } from "@mantine/core";
import type { FactListed } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../../api/records.ts";

type Value = string | number | boolean | string[];
export interface ChosenFact {
  fact: string;
  with?: Record<string, Value> | undefined;
}

interface FactPickerProps {
  readonly label: string;
  readonly value: ChosenFact | undefined;
  readonly clearable?: boolean;
  readonly change: (value: ChosenFact | undefined) => void;
}

/** A fact that the program knows, with its parameters; a list is written with commas. */
export function FactPicker({ label, value, clearable, change }: FactPickerProps) {
  const { t } = useTranslation("procedures");
  const facts = useRecord<{ readonly data: readonly FactListed[] }>("/procedure-facts").data?.data ?? [];
  const chosen = facts.find(({ fact }) => fact === value?.fact);
  const options = facts.map(({ fact, title }) => ({ value: fact, label: title }));
  const unknown = value !== undefined && chosen === undefined ? [{ value: value.fact, label: value.fact }] : [];
  const set = (parameter: string, text: string) => {
    if (value === undefined) return;
    const { [parameter]: _, ...rest } = value.with ?? {};
    const next =
      text === ""
        ? rest
        : { ...rest, [parameter]: text.includes(",") ? text.split(",").map((one) => one.trim()) : text };
    change(Object.keys(next).length === 0 ? { fact: value.fact } : { fact: value.fact, with: next });
  };
  return (
    <div style={{ display: "grid", gap: 6 }}>
      <Select
        label={label}
        searchable
        clearable={clearable === true}
        placeholder={t("editor.noFact")}
        data={[...unknown, ...options]}
        value={value?.fact ?? null}
        onChange={(fact) => change(fact === null ? undefined : { fact })}
      />
      {(chosen?.parameters ?? []).map((parameter) => (
        <TextInput
          key={parameter}
          size="xs"
          label={parameter}
          value={String(value?.with?.[parameter] ?? "")}
          onChange={(event) => set(parameter, event.currentTarget.value)}
        />
      ))}
    </div>
  );
}
