import { Button, Checkbox, Group, Radio, ScrollArea, Select, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../../api/records.ts";
import { DaysField } from "../days-field.tsx";
import type { Filter } from "./list-declaration.ts";

interface FilterEditorProps {
  readonly filter: Filter;
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (part: Readonly<Record<string, string>>) => void;
  readonly onDone: () => void;
}

/** What stands in a chip's popover. Choices act at once, typed words with Enter. */
export function FilterEditor({ filter, values, onChange, onDone }: FilterEditorProps) {
  const value = values[filter.field] ?? "";
  switch (filter.kind) {
    case "choice":
      return (
        <ChoiceEditor
          filter={filter}
          value={value}
          onChange={(next) => onChange({ [filter.field]: next })}
          onDone={onDone}
        />
      );
    case "text":
      return (
        <TextEditor
          label={filter.label}
          placeholder={filter.placeholder}
          value={value}
          onDone={(next) => {
            onChange({ [filter.field]: next });
            onDone();
          }}
        />
      );
    case "days":
      return (
        <DaysField
          from={values[`${filter.field}From`] ?? ""}
          to={values[`${filter.field}To`] ?? ""}
          onChange={(from, to) => onChange({ [`${filter.field}From`]: from, [`${filter.field}To`]: to })}
        />
      );
    case "record":
      return (
        <RecordEditor
          filter={filter}
          value={value}
          onChange={(next) => {
            onChange({ [filter.field]: next });
            onDone();
          }}
        />
      );
  }
}

interface ChoiceEditorProps {
  readonly filter: Extract<Filter, { kind: "choice" }>;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onDone: () => void;
}

function ChoiceEditor({ filter, value, onChange, onDone }: ChoiceEditorProps) {
  const choose = (next: string) => {
    onChange(next);
    onDone();
  };
  const options = filter.options.map((option) =>
    filter.several === true ? (
      <Checkbox key={option.value} value={option.value} label={option.label} />
    ) : (
      <Radio key={option.value} value={option.value} label={option.label} />
    ),
  );
  const chosen = value === "" ? [] : value.split(",");
  return (
    <ScrollArea.Autosize mah={300} miw={180}>
      {filter.several === true ? (
        <Checkbox.Group value={chosen} onChange={(next) => onChange(next.join(","))} aria-label={filter.label}>
          <Stack gap={8} p={4}>
            {options}
          </Stack>
        </Checkbox.Group>
      ) : (
        <Radio.Group value={value} onChange={choose} aria-label={filter.label}>
          <Stack gap={8} p={4}>
            {options}
          </Stack>
        </Radio.Group>
      )}
    </ScrollArea.Autosize>
  );
}

interface TextEditorProps {
  readonly label: string;
  readonly placeholder: string | undefined;
  readonly value: string;
  readonly onDone: (value: string) => void;
}

function TextEditor({ label, placeholder, value, onDone }: TextEditorProps) {
  const { t } = useTranslation("kit");
  const [text, setText] = useState(value);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onDone(text.trim());
      }}
    >
      <Group gap={6} wrap="nowrap">
        <TextInput
          aria-label={label}
          placeholder={placeholder}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
        />
        <Button type="submit">{t("list.apply")}</Button>
      </Group>
    </form>
  );
}

interface RecordEditorProps {
  readonly filter: Extract<Filter, { kind: "record" }>;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function RecordEditor({ filter, value, onChange }: RecordEditorProps) {
  const { t } = useTranslation("kit");
  const [words, setWords] = useState("");
  const [q] = useDebouncedValue(words, 200);
  const found = useRecord<{ data: readonly unknown[] }>(filter.resource, { q, limit: 20 });
  const options = (found.data?.data ?? []).map((row) => filter.toOption(row));
  return (
    <Select
      aria-label={filter.label}
      placeholder={t("list.find")}
      data={options}
      value={value === "" ? null : value}
      onChange={(next) => next !== null && onChange(next)}
      searchable
      onSearchChange={setWords}
      filter={({ options: all }) => all}
      comboboxProps={{ withinPortal: false }}
      nothingFoundMessage={found.isFetching ? t("loading") : t("list.noneFound")}
      miw={240}
      data-autofocus
    />
  );
}
