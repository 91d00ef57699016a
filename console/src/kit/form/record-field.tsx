import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../../api/records.ts";
import type { Field, Option } from "./field-declaration.ts";
import type { InputProps, SharedProps } from "./input-props.ts";

interface RecordFieldProps<V extends object> {
  readonly field: Extract<Field<V>, { kind: "record" }>;
  readonly values: V;
  readonly input: InputProps;
  readonly shared: SharedProps;
}

/** Chooses a record of another list by typing a part of its name. */
export function RecordField<V extends object>({ field, values, input, shared }: RecordFieldProps<V>) {
  const { t } = useTranslation("kit");
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<Option | null>(null);
  const [q] = useDebouncedValue(words === chosen?.label ? "" : words, 200);
  const found = useRecord<{ data: readonly unknown[] }>(field.resource, { ...field.query?.(values), q, limit: 20 });
  const options = (found.data?.data ?? []).map((row) => field.toOption(row));
  const data =
    chosen === null || options.some((option) => option.value === chosen.value) ? options : [chosen, ...options];
  return (
    <Select
      {...shared}
      error={input.error}
      data={data}
      value={input.value === "" || input.value === undefined ? null : (input.value as string)}
      onChange={(value, option) => {
        setChosen(value === null ? null : { value, label: option?.label ?? value });
        input.onChange(value ?? "");
      }}
      searchable
      clearable
      onSearchChange={setWords}
      filter={({ options: all }) => all}
      placeholder={t("list.find")}
      nothingFoundMessage={found.isFetching ? t("loading") : t("list.noneFound")}
    />
  );
}
