import { Button, Group, Select, Stack, Switch, TextInput } from "@mantine/core";
import type {
  FieldSource,
  ImportDetail,
  ImportMapping,
  ImportTable,
  RecordMapping,
  TableMapping,
} from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { RecognisedBy } from "./recognised-by.tsx";
import { FIELDS, NEEDED } from "./states.ts";

const EDITABLE: ReadonlySet<string> = new Set(["open", "checked", "failed"]);

/** What each column means here, with samples; remembered for the next file of the same columns. */
export function MappingTab({ one }: { readonly one: ImportDetail }) {
  const { t } = useTranslation("imports");
  const [mapping, setMapping] = useState<ImportMapping>(one.mapping);
  const editable = EDITABLE.has(one.status);
  const save = useChange({
    send: (given: ImportMapping) =>
      api.put<ImportDetail>(`/imports/${one.id}/mapping`, { revision: one.revision, mapping: given }),
    refresh: ["imports"],
  });
  const putTable = (table: TableMapping) =>
    setMapping({ ...mapping, tables: mapping.tables.map((before) => (before.table === table.table ? table : before)) });
  const bar = (
    <Group gap={8} align="flex-end">
      <TextInput
        label={t("timeZone")}
        description={t("timeZoneHint")}
        value={mapping.timeZone ?? ""}
        disabled={!editable}
        onChange={(event) => setMapping(withText(mapping, "timeZone", event.currentTarget.value))}
      />
      <TextInput
        label={t("currency")}
        description={t("currencyHint")}
        value={mapping.currency ?? ""}
        disabled={!editable}
        onChange={(event) => setMapping(withText(mapping, "currency", event.currentTarget.value.toUpperCase()))}
      />
      {editable ? (
        <Button loading={save.isPending} disabled={mapping === one.mapping} onClick={() => save.mutate(mapping)}>
          {t("save")}
        </Button>
      ) : null}
    </Group>
  );
  return (
    <Stack gap={14}>
      {bar}
      {save.isError ? <ProblemLine error={save.error} /> : null}
      {one.tables.map((table) => (
        <TableCard
          key={table.name}
          table={table}
          mapping={mapping.tables.find((found) => found.table === table.name)}
          editable={editable}
          put={putTable}
        />
      ))}
    </Stack>
  );
}

function withText(mapping: ImportMapping, name: "timeZone" | "currency", text: string): ImportMapping {
  const { [name]: _before, ...rest } = mapping;
  return text === "" ? rest : { ...rest, [name]: text };
}

interface TableCardProps {
  readonly table: ImportTable;
  readonly mapping: TableMapping | undefined;
  readonly editable: boolean;
  readonly put: (table: TableMapping) => void;
}

function TableCard({ table, mapping, editable, put }: TableCardProps) {
  const { t } = useTranslation("imports");
  const own: TableMapping = mapping ?? { table: table.name, use: false, records: [] };
  const kinds = Object.keys(FIELDS).filter((kind) => own.records.every((record) => record.kind !== kind));
  return (
    <Card
      title={table.name}
      actions={
        <Switch
          label={t("use")}
          checked={own.use}
          disabled={!editable}
          onChange={(event) => put({ ...own, use: event.currentTarget.checked })}
        />
      }
    >
      <Stack gap={10}>
        <NoteLine tone={table.recognised === null ? "warn" : "info"}>
          {table.recognised === null ? t("notRecognisedText") : <RecognisedBy recognition={table.recognised} />}
        </NoteLine>
        {own.use
          ? own.records.map((record) => (
              <RecordFields
                key={record.kind}
                table={table}
                record={record}
                editable={editable}
                put={(changed) =>
                  put({
                    ...own,
                    records: own.records.map((before) => (before.kind === changed.kind ? changed : before)),
                  })
                }
              />
            ))
          : null}
        {own.use && editable && kinds.length > 0 ? (
          <Select
            label={t("alsoMake")}
            placeholder={t("choose")}
            data={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
            value={null}
            onChange={(kind) =>
              kind !== null &&
              put({ ...own, records: [...own.records, { kind: kind as RecordMapping["kind"], fields: {} }] })
            }
            maw={320}
          />
        ) : null}
      </Stack>
    </Card>
  );
}

interface RecordFieldsProps {
  readonly table: ImportTable;
  readonly record: RecordMapping;
  readonly editable: boolean;
  readonly put: (record: RecordMapping) => void;
}

function RecordFields({ table, record, editable, put }: RecordFieldsProps) {
  const { t } = useTranslation("imports");
  const change = (field: string, source: FieldSource | undefined) => {
    const { [field]: _before, ...rest } = record.fields;
    put({ ...record, fields: source === undefined ? rest : { ...rest, [field]: source } });
  };
  return (
    <PlainTable
      label={t(`kinds.${record.kind}`)}
      rows={FIELDS[record.kind] ?? []}
      rowId={(field) => field}
      columns={[
        {
          id: "field",
          label: t(`kinds.${record.kind}`),
          cell: (field) => `${t(`fields.${field}`)}${NEEDED.has(`${record.kind}.${field}`) ? " *" : ""}`,
        },
        {
          id: "column",
          label: t("column"),
          cell: (field) => (
            <ColumnChoice
              label={t(`fields.${field}`)}
              table={table}
              source={record.fields[field]}
              editable={editable}
              put={(source) => change(field, source)}
            />
          ),
        },
        { id: "samples", label: t("samples"), cell: (field) => samplesOf(table, record.fields[field]) },
      ]}
    />
  );
}

interface ColumnChoiceProps {
  readonly label: string;
  readonly table: ImportTable;
  readonly source: FieldSource | undefined;
  readonly editable: boolean;
  readonly put: (source: FieldSource | undefined) => void;
}

/** Several columns (the first that is not empty, or joined) stay as they were proposed until another one is chosen. */
function ColumnChoice({ label, table, source, editable, put }: ColumnChoiceProps) {
  const { t } = useTranslation("imports");
  const several =
    source !== undefined && source.columns.length > 1
      ? source.columns.join(source.join === true ? " + " : " / ")
      : undefined;
  const options = table.columns.map((column) => ({ value: column.name, label: column.name }));
  const constant = source !== undefined && source.columns.length === 0 ? source.value : undefined;
  const extra = several ?? (constant === undefined ? undefined : `= ${constant}`);
  return (
    <Select
      aria-label={label}
      size="xs"
      searchable
      clearable={editable}
      disabled={!editable}
      placeholder={t("nothing")}
      data={extra === undefined ? options : [{ value: extra, label: extra }, ...options]}
      value={extra ?? source?.columns[0] ?? null}
      onChange={(value) => {
        if (value === extra && extra !== undefined) return;
        put(value === null ? undefined : { ...keepWords(source), columns: [value] });
      }}
      miw={180}
    />
  );
}

/** Words and cents stay with the field when its column changes. */
function keepWords(source: FieldSource | undefined): Partial<FieldSource> {
  return {
    ...(source?.values === undefined ? {} : { values: source.values }),
    ...(source?.minor === undefined ? {} : { minor: source.minor }),
  };
}

function samplesOf(table: ImportTable, source: FieldSource | undefined): string {
  const columns = source?.columns ?? [];
  const samples = columns.flatMap(
    (name) => table.columns.find((column) => column.name === name)?.samples.slice(0, 2) ?? [],
  );
  return samples.length === 0 ? "–" : samples.slice(0, 3).join(" · ");
}
