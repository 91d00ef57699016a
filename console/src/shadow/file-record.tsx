import { Button } from "@mantine/core";
import type { Shadow, ShadowFile, ShadowRefusal } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import { Go, useParam } from "../kit/link.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NoteLine } from "../kit/problem-state.tsx";
import { ProgressLine } from "../kit/progress-line.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, RecordPage, type RecordTab } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { MappingForm } from "./mapping-form.tsx";
import { BUSY, STATE_TONES } from "./states.ts";

/** One export of theirs: how it is read, what it looks like, what could not be taken. */
export function FileRecord() {
  const id = useParam("id");
  const [busy, setBusy] = useState(true);
  const file = useRecord<ShadowFile>(`/shadow-files/${id}`, {}, busy ? { liveSeconds: 1 } : {});
  const works = file.data !== undefined && BUSY.has(file.data.state);
  if (file.data !== undefined && busy !== works) setBusy(works);
  return <Loaded query={file}>{(one) => <FilePage file={one} />}</Loaded>;
}

function FilePage({ file }: { readonly file: ShadowFile }) {
  const { t } = useTranslation("shadow");
  const format = useFormat();
  const shadow = useRecord<Shadow>(`/shadows/${file.shadowId}`);
  const sample: RecordTab = { id: "sample", label: t("tabs.sample"), content: () => <Sample file={file} /> };
  const first: RecordTab =
    file.state === "uploaded" && shadow.data !== undefined
      ? {
          id: "mapping",
          label: t("tabs.mapping"),
          content: () => (shadow.data === undefined ? null : <MappingForm file={file} shadow={shadow.data} />),
        }
      : { id: "state", label: t("tabs.state"), content: () => <Outcome file={file} /> };
  const refusals: RecordTab = {
    id: "refusals",
    label: t("tabs.refusals"),
    count: file.refused,
    content: () => <Refusals file={file} />,
  };
  return (
    <RecordPage
      title={file.name}
      parent={{ label: shadow.data?.name ?? t("title"), to: `/shadow/${file.shadowId}?tab=files` }}
      badge={<StatusBadge state={file.state} label={t(`fileState.${file.state}`)} tones={STATE_TONES} />}
      next={
        file.problem === null
          ? undefined
          : { title: t(file.rows === 0 ? "fileFailed" : "fileBroken"), text: file.problem, tone: "bad" }
      }
      facts={[
        { label: t("size"), value: `${format.number(Math.ceil(file.bytes / 1024))} KB` },
        { label: t("headerRow"), value: file.headerRow },
        { label: t("columns"), value: file.columns.length },
        { label: t("uploadedAt"), value: <DateText at={file.createdAt} /> },
      ]}
      tabs={[first, sample, ...(file.refused > 0 ? [refusals] : [])]}
    />
  );
}

function Outcome({ file }: { readonly file: ShadowFile }) {
  const { t } = useTranslation("shadow");
  const format = useFormat();
  if (BUSY.has(file.state))
    return <ProgressLine label={t("readingRows")} done={file.rows + file.refused} total={null} />;
  return (
    <>
      {file.refused > 0 ? <NoteLine tone="warn">{t("someRefused", { count: file.refused })}</NoteLine> : null}
      <Card title={t("tabs.state")}>
        <Properties
          items={[
            [t("rows"), format.number(file.rows)],
            [t("refused"), format.number(file.refused)],
            ...Object.entries(file.mapping?.columns ?? {}).map(
              ([field, column]) => [t(`field.${field}`), column] as const,
            ),
          ]}
        />
      </Card>
      <Go to={`/shadow/${file.shadowId}`}>{t("toComparison")}</Go>
    </>
  );
}

/** Rows of the sample that are shown. */
const SHOWN = 15;

function Sample({ file }: { readonly file: ShadowFile }) {
  const { t } = useTranslation("shadow");
  return (
    <Card title={t("tabs.sample")} flush>
      <PlainTable
        label={t("tabs.sample")}
        dense
        rows={file.sample.slice(0, SHOWN).map((cells, at) => ({ at, cells }))}
        rowId={(row) => String(row.at)}
        empty={<p style={{ padding: 14, margin: 0 }}>{t("nothing")}</p>}
        columns={file.columns.map((name, at) => ({
          id: String(at),
          label: name,
          cell: (row: { readonly cells: readonly string[] }) => row.cells[at] ?? "",
        }))}
      />
    </Card>
  );
}

function Refusals({ file }: { readonly file: ShadowFile }) {
  const { t } = useTranslation("shadow");
  return (
    <ListPanel<ShadowRefusal>
      embedded
      name="shadow-refusals"
      title={t("tabs.refusals")}
      resource={`/shadow-files/${file.id}/refusals`}
      rowId={(one) => String(one.line)}
      columns={[
        { id: "reason", label: t("why"), cell: (one) => one.reason, text: (one) => one.reason, phone: "title" },
        {
          id: "line",
          label: t("line"),
          cell: (one) => one.line,
          text: (one) => one.line,
          align: "end",
          width: 90,
          phone: "value",
        },
        {
          id: "value",
          label: t("value"),
          cell: (one) => one.value ?? "–",
          text: (one) => one.value,
          width: 170,
          phone: "line",
        },
        { id: "hint", label: t("hint"), cell: (one) => one.hint ?? "", text: (one) => one.hint, width: 320 },
        { id: "row", label: t("row"), cell: (one) => one.row, text: (one) => one.row, width: 420 },
      ]}
      actions={
        <Button component="a" variant="default" href={`/v1/shadow-files/${file.id}/refusals?format=csv`}>
          {t("export")}
        </Button>
      }
      empty={{ title: t("nothing") }}
    />
  );
}
