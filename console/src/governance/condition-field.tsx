import { ActionIcon, Button, Group, Select, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { DATA_FIELDS, type DataDefinition, type DataRecord } from "@tributary/contract";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { type Line, type Lines, linesOf, OPERATORS, takesNothing, textOfLines } from "./condition-text.ts";

interface ConditionFieldProps {
  readonly label: string;
  readonly record: DataRecord;
  /** The condition as JSON. */
  readonly value: string;
  readonly change: (text: string) => void;
  readonly error: ReactNode;
}

/** A condition as lines of field, question and value; as JSON where it says more than lines can. */
export function ConditionField({ label, record, value, change, error }: ConditionFieldProps) {
  const { t } = useTranslation("governance");
  const [lines, setLines] = useState(() => linesOf(value));
  const set = (next: Lines) => {
    setLines(next);
    change(textOfLines(next));
  };
  if (lines === undefined)
    return (
      <Textarea
        label={label}
        description={t("mustHint")}
        autosize
        minRows={4}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
        error={error}
      />
    );
  const put = (at: number, line: Line) => set({ ...lines, lines: lines.lines.with(at, line) });
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
      <Group justify="space-between" mb={4}>
        <legend style={{ fontSize: "0.8125rem", fontWeight: 500, padding: 0 }}>{label}</legend>
        <Button variant="subtle" size="compact-xs" onClick={() => setLines(undefined)}>
          {t("asJson")}
        </Button>
      </Group>
      {lines.lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place
        <ConditionLine key={at} line={line} record={record} change={(next) => put(at, next)}>
          <ActionIcon
            aria-label={t("removeLine")}
            disabled={lines.lines.length === 1}
            onClick={() => set({ ...lines, lines: lines.lines.toSpliced(at, 1) })}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </ConditionLine>
      ))}
      <Group gap="xs">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() =>
            set({ ...lines, lines: [...lines.lines, { field: DATA_FIELDS[record][0], operator: "is", value: "" }] })
          }
        >
          {t("addLine")}
        </Button>
        {lines.lines.length < 2 ? null : (
          <Select
            size="xs"
            aria-label={t("mode")}
            data={(["all", "any"] as const).map((mode) => ({ value: mode, label: t(`modes.${mode}`) }))}
            value={lines.mode}
            allowDeselect={false}
            onChange={(mode) => set({ ...lines, mode: mode === "any" ? "any" : "all" })}
          />
        )}
      </Group>
      {error === undefined ? null : <div role="alert">{error}</div>}
    </fieldset>
  );
}

interface ConditionLineProps {
  readonly line: Line;
  readonly record: DataRecord;
  readonly change: (line: Line) => void;
  readonly children: ReactNode;
}

function ConditionLine({ line, record, change, children }: ConditionLineProps) {
  const { t } = useTranslation("governance");
  const fieldName = useFieldNames(record);
  return (
    <Group gap="xs" mb={6} wrap="nowrap" align="center">
      <Select
        aria-label={t("field")}
        data={DATA_FIELDS[record].map((value) => ({ value, label: fieldName(value) }))}
        value={line.field}
        allowDeselect={false}
        searchable
        onChange={(field) => change({ ...line, field: field ?? line.field })}
        style={{ flex: "1 1 0", minWidth: 0 }}
      />
      <Select
        aria-label={t("operator")}
        data={OPERATORS.map((value) => ({ value, label: t(`operators.${value}`) }))}
        value={line.operator}
        allowDeselect={false}
        onChange={(operator) => change({ ...line, operator: operator ?? line.operator })}
        style={{ flex: "1 1 0", minWidth: 0 }}
      />
      {takesNothing(line.operator) ? null : (
        <TextInput
          aria-label={t("conditionValue")}
          placeholder={line.operator === "is" || line.operator === "isNot" ? "ES, PT" : undefined}
          value={line.value}
          onChange={(event) => change({ ...line, value: event.currentTarget.value })}
          style={{ flex: "1 1 0", minWidth: 0 }}
        />
      )}
      {children}
    </Group>
  );
}

/** What fields are called, by the definitions; their codes until those are there. */
export function useFieldNames(record: DataRecord): (field: string) => string {
  const { i18n } = useTranslation();
  const found = useRecord<{ readonly data: readonly DataDefinition[] }>("/definitions", { language: i18n.language });
  const names = new Map((found.data?.data ?? []).map((one) => [one.id, one.name]));
  return (field) => names.get(`${record}.${field}`) ?? field;
}
