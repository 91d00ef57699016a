import { Button, Group, Select, Stack, Text } from "@mantine/core";
import type { BulkDetail, BulkMapping } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import css from "./bulk.module.css";
import { EDITABLE } from "./states.ts";
import { useFieldName } from "./use-bulk-words.ts";

const PARTNER_KINDS = ["affiliate", "introducing_broker", "network", "influencer", "reseller", "media_buyer", "agency"];

/** What each column means here, with samples; remembered for the next file of the same columns. */
export function MappingTab({ one }: { readonly one: BulkDetail }) {
  const { t } = useTranslation("bulk");
  const [mapping, setMapping] = useState<BulkMapping | null>(one.mapping);
  const save = useChange({
    send: (given: BulkMapping) =>
      api.put<BulkDetail>(`/bulk-changes/${one.id}/mapping`, { revision: one.revision, mapping: given }),
    refresh: ["bulk-changes"],
  });
  if (mapping === null) return null;
  const editable = EDITABLE.has(one.status);
  const sheet = one.sheets[mapping.sheet];
  return (
    <Stack gap={14}>
      <Card title={t("rules")}>
        <Options one={one} mapping={mapping} editable={editable} put={setMapping} />
      </Card>
      {sheet === undefined || sheet.notes.length === 0 ? null : (
        <NoteLine tone="info">{sheet.notes.join(" ")}</NoteLine>
      )}
      <Card title={t("columns")} flush>
        <Columns one={one} mapping={mapping} editable={editable} put={setMapping} />
      </Card>
      {save.isError ? <ProblemLine error={save.error} /> : null}
      {editable ? (
        <Group>
          <Button loading={save.isPending} disabled={mapping === one.mapping} onClick={() => save.mutate(mapping)}>
            {t("save")}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

interface PartProps {
  readonly one: BulkDetail;
  readonly mapping: BulkMapping;
  readonly editable: boolean;
  readonly put: (mapping: BulkMapping) => void;
}

function Options({ one, mapping, editable, put }: PartProps) {
  const { t } = useTranslation("bulk");
  const choice = <K extends "mode" | "match" | "emptyCells" | "tags">(name: K, values: readonly BulkMapping[K][]) => (
    <Select
      label={t(`option.${name}`)}
      data={values.map((value) => ({ value: value as string, label: t(`${name}.${value}`) }))}
      value={mapping[name]}
      disabled={!editable}
      allowDeselect={false}
      onChange={(value) => put({ ...mapping, [name]: value })}
    />
  );
  const kind = mapping.defaults.kind ?? null;
  return (
    <div className={css.options}>
      {one.sheets.length < 2 ? null : (
        <Select
          label={t("sheet")}
          data={one.sheets.map((sheet, at) => ({
            value: String(at),
            label: `${sheet.name} (${sheet.rows})${sheet.hidden ? ` · ${t("hidden")}` : ""}`,
          }))}
          value={String(mapping.sheet)}
          disabled={!editable}
          allowDeselect={false}
          onChange={(value) => put({ ...mapping, sheet: Number(value) })}
        />
      )}
      {choice("mode", ["both", "create", "update"])}
      {one.subject === "partner" ? choice("match", ["any", "id", "code", "email"]) : null}
      {choice("emptyCells", ["keep", "clear"])}
      {one.subject === "partner" ? choice("tags", ["add", "replace"]) : null}
      {one.subject === "partner" ? (
        <Select
          label={t("option.kind")}
          placeholder={t("none")}
          data={PARTNER_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={kind}
          disabled={!editable}
          clearable
          onChange={(value) => {
            const { kind: _before, ...rest } = mapping.defaults;
            put({ ...mapping, defaults: value === null ? rest : { ...rest, kind: value } });
          }}
        />
      ) : (
        <Select
          label={t("option.dayOrder")}
          placeholder={t("none")}
          data={(["dmy", "mdy"] as const).map((value) => ({ value, label: t(`dayOrder.${value}`) }))}
          value={mapping.dayOrder ?? null}
          disabled={!editable}
          onChange={(value) => put({ ...mapping, ...(value === null ? {} : { dayOrder: value as "dmy" }) })}
        />
      )}
    </div>
  );
}

function Columns({ one, mapping, editable, put }: PartProps) {
  const { t } = useTranslation("bulk");
  const fieldName = useFieldName(one);
  const sheet = one.sheets[mapping.sheet];
  const fieldOf = (column: string) => mapping.columns.find((found) => found.column === column)?.field ?? null;
  const choose = (column: string, field: string | null): void => {
    const others = mapping.columns.filter((found) => found.column !== column);
    put({ ...mapping, columns: [...others, { column, field }] });
  };
  return (
    <PlainTable
      label={t("columns")}
      rows={sheet?.columns ?? []}
      rowId={(column) => column.name}
      columns={[
        { id: "column", label: t("column"), cell: (column) => <b>{column.name}</b> },
        {
          id: "samples",
          label: t("samples"),
          cell: (column) => (
            <Text size="sm" c="dimmed" maw={420} truncate>
              {column.samples.join(" · ") || "–"}
            </Text>
          ),
        },
        {
          id: "field",
          label: t("means"),
          cell: (column) => (
            <Select
              aria-label={t("meansOf", { column: column.name })}
              placeholder={t("leftOut")}
              data={one.fields.map(({ name }) => ({ value: name, label: fieldName(name) }))}
              value={fieldOf(column.name)}
              disabled={!editable}
              clearable
              searchable
              miw={200}
              onChange={(value) => choose(column.name, value)}
            />
          ),
        },
      ]}
    />
  );
}
