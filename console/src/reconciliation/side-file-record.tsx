import { Button, Group, Select, SimpleGrid } from "@mantine/core";
import { type ComparisonFile, type ComparisonMapping, SHADOW_FIELDS, type ShadowField } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Go, useParam } from "../kit/link.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { ProgressLine } from "../kit/progress-line.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { BUSY, FILE_TONES } from "./states.ts";

const DATES = ["auto", "day_first", "month_first"] as const;
const DECIMALS = ["auto", "point", "comma"] as const;

/** An export of a side: which column says what, and what could not be read. */
export function SideFileRecord() {
  const id = useParam("id");
  const [busy, setBusy] = useState(true);
  const file = useRecord<ComparisonFile>(`/reconciliation/comparison-files/${id}`, {}, busy ? { liveSeconds: 2 } : {});
  const works = file.data !== undefined && BUSY.has(file.data.state);
  if (file.data !== undefined && busy !== works) setBusy(works);
  return <Loaded query={file}>{(one) => <FilePage file={one} />}</Loaded>;
}

function FilePage({ file }: { readonly file: ComparisonFile }) {
  const { t } = useTranslation("reconciliation");
  return (
    <RecordPage
      title={file.name}
      parent={{ label: t("comparisons"), to: `/reconciliation/comparisons/${file.comparisonId}?tab=files` }}
      badge={<StatusBadge state={file.state} label={t(`fileState.${file.state}`)} tones={FILE_TONES} />}
      {...(file.problem !== null && {
        next: { title: t("fileState.failed"), text: file.problem, tone: "bad" as const },
      })}
      facts={[
        { label: t("sideOf"), value: t(`side.${file.side}`) },
        { label: t("timeZone"), value: file.timeZone },
      ]}
      tabs={[
        file.state === "uploaded"
          ? { id: "mapping", label: t("tabs.mapping"), content: () => <Mapping file={file} /> }
          : { id: "outcome", label: t("tabs.outcome"), content: () => <Outcome file={file} /> },
        { id: "sample", label: t("tabs.sample"), content: () => <Sample file={file} /> },
        ...(file.refused === 0
          ? []
          : [{ id: "refused", label: t("refused"), count: file.refused, content: () => <Refused file={file} /> }]),
      ]}
    />
  );
}

function Outcome({ file }: { readonly file: ComparisonFile }) {
  const { t } = useTranslation("reconciliation");
  const format = useFormat();
  if (BUSY.has(file.state)) return <ProgressLine label={t("reading")} done={file.rows + file.refused} total={null} />;
  return (
    <Card title={t("tabs.outcome")}>
      <Properties
        items={[
          [t("rows"), format.number(file.rows)],
          [t("refused"), format.number(file.refused)],
        ]}
      />
      <Go to={`/reconciliation/comparisons/${file.comparisonId}`}>{t("toComparison")}</Go>
    </Card>
  );
}

function Mapping({ file }: { readonly file: ComparisonFile }) {
  const { t } = useTranslation("reconciliation");
  const [mapping, setMapping] = useState<ComparisonMapping>(file.suggestion.mapping);
  const read = useChange({
    send: () => api.post<ComparisonFile>(`/reconciliation/comparison-files/${file.id}/read`, { mapping }),
    refresh: ["reconciliation"],
  });
  const names = [...new Set(file.columns.filter((name) => name !== ""))];
  const choose = (field: ShadowField, column: string | null) => {
    const { [field]: _before, ...others } = mapping.columns;
    setMapping({ ...mapping, columns: column === null ? others : { ...others, [field]: column } });
  };
  const chooseCommission = (column: string | null) => {
    const { commission: _before, ...others } = mapping;
    setMapping(column === null ? others : { ...others, commission: column });
  };
  return (
    <>
      <NoteLine tone="info">{t(`suggested.${file.suggestion.by}`, { format: file.suggestion.format ?? "" })}</NoteLine>
      <Card title={t("whichColumn")}>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
          {SHADOW_FIELDS.map((field) => (
            <Select
              key={field}
              label={t(`column.${field}`)}
              required={field === "occurredAt"}
              clearable
              searchable
              placeholder={t("noColumn")}
              data={names}
              value={mapping.columns[field] ?? null}
              onChange={(column) => choose(field, column)}
            />
          ))}
          <Select
            label={t("column.commission")}
            clearable
            searchable
            placeholder={t("noColumn")}
            data={names}
            value={mapping.commission ?? null}
            onChange={chooseCommission}
          />
          <Writing mapping={mapping} change={setMapping} />
        </SimpleGrid>
      </Card>
      {read.isError ? <ProblemLine error={read.error} /> : null}
      <Group mt={12}>
        <Button
          loading={read.isPending}
          disabled={mapping.columns.occurredAt === undefined}
          onClick={() => read.mutate(undefined)}
        >
          {t("readFile")}
        </Button>
      </Group>
    </>
  );
}

function Sample({ file }: { readonly file: ComparisonFile }) {
  const { t } = useTranslation("reconciliation");
  return (
    <Card title={t("tabs.sample")} flush>
      <PlainTable
        label={t("tabs.sample")}
        dense
        rows={file.sample.map((cells, at) => ({ at, cells }))}
        rowId={(row) => String(row.at)}
        columns={file.columns.map((name, at) => ({
          id: String(at),
          label: name,
          cell: (row: { readonly cells: readonly string[] }) => row.cells[at] ?? "",
        }))}
      />
    </Card>
  );
}

interface Refusal {
  readonly line: number;
  readonly field: string;
  readonly value: string | null;
  readonly reason: string;
}

function Refused({ file }: { readonly file: ComparisonFile }) {
  const { t } = useTranslation("reconciliation");
  return (
    <ListPanel<Refusal>
      embedded
      name="side-refusals"
      title={t("refused")}
      resource={`/reconciliation/comparison-files/${file.id}/refusals`}
      rowId={(one) => String(one.line)}
      columns={[
        {
          id: "line",
          label: t("rowField.line"),
          cell: (one) => one.line,
          text: (one) => one.line,
          width: 90,
          phone: "title",
        },
        { id: "field", label: t("field"), cell: (one) => one.field, text: (one) => one.field, width: 140 },
        {
          id: "value",
          label: t("value"),
          cell: (one) => one.value ?? "–",
          text: (one) => one.value,
          width: 200,
          phone: "line",
        },
        { id: "reason", label: t("why"), cell: (one) => one.reason, text: (one) => one.reason, phone: "line" },
      ]}
      empty={{ title: t("noItems"), text: "" }}
    />
  );
}

/** How dates and amounts are written. */
function Writing({
  mapping,
  change,
}: {
  readonly mapping: ComparisonMapping;
  readonly change: (next: ComparisonMapping) => void;
}) {
  const { t } = useTranslation("reconciliation");
  return (
    <>
      <Select
        label={t("dateOrder")}
        allowDeselect={false}
        data={DATES.map((value) => ({ value, label: t(`dates.${value}`) }))}
        value={mapping.dates}
        onChange={(dates) => change({ ...mapping, dates: dates as ComparisonMapping["dates"] })}
      />
      <Select
        label={t("decimal")}
        allowDeselect={false}
        data={DECIMALS.map((value) => ({ value, label: t(`decimals.${value}`) }))}
        value={mapping.decimals}
        onChange={(decimals) => change({ ...mapping, decimals: decimals as ComparisonMapping["decimals"] })}
      />
    </>
  );
}
