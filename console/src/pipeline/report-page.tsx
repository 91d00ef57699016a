import { Anchor, Group } from "@mantine/core";
import type { PipelineReport } from "@tributary/contract";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { NameText } from "../kit/name-text.tsx";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { type PlainColumn, PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useProgramQuery } from "../session/session.tsx";
import { PipelineNav } from "./pipeline-nav.tsx";
import { ReportScheduleCard } from "./report-schedules.tsx";
import { useSettings } from "./words.ts";

/** Coverage against the plan, conversion by owner, source and month, lost reasons, ageing; and who gets it regularly. */
export function ReportPage() {
  const { t, i18n } = useTranslation("pipeline");
  const program = useProgramQuery();
  const report = useRecord<PipelineReport>("/pipeline/report", program);
  const language = i18n.language.startsWith("es") ? "es" : "en";
  const file = (as: string) => `/v1/pipeline/report/file?${new URLSearchParams({ ...program, as, language })}`;
  return (
    <Page
      title={t("report")}
      subtitle={<PipelineNav here="report" />}
      actions={
        <Group gap={10}>
          <Anchor href={file("xlsx")}>{t("xlsx")}</Anchor>
          <Anchor href={file("csv")}>{t("csv")}</Anchor>
        </Group>
      }
    >
      <Loaded query={report}>{(one) => <Tables report={one} />}</Loaded>
      <ReportScheduleCard />
    </Page>
  );
}

type Rate = PipelineReport["byOwner"][number];

/** Numbers of a report as its tables show them. */
function useCells<T>() {
  const { t } = useTranslation("pipeline");
  const format = useFormat();
  const days = (value: number | null) => (value === null ? "–" : format.number(Math.round(value * 10) / 10));
  const share = (value: number | null) => (value === null ? "–" : format.share(value));
  const right = (id: string, cell: (row: T) => string): PlainColumn<T> => ({
    id,
    label: t(`report_.${id}`),
    align: "end",
    cell,
  });
  return { number: format.number, days, share, right };
}

interface TableProps<T> {
  readonly title: string;
  readonly rows: readonly T[];
  readonly rowId: (row: T) => string;
  readonly columns: readonly PlainColumn<T>[];
}

function Table<T>({ title, rows, rowId, columns }: TableProps<T>) {
  const { t } = useTranslation("pipeline");
  const empty = <p style={{ padding: "0 14px" }}>{t("nothingYet")}</p>;
  return (
    <Card title={title} flush>
      <PlainTable label={title} rows={rows} rowId={rowId} columns={columns} empty={empty} />
    </Card>
  );
}

function Tables({ report }: { readonly report: PipelineReport }) {
  const { t } = useTranslation("pipeline");
  const { number, share, right } = useCells<PipelineReport["coverage"][number]>();
  return (
    <>
      <Table
        title={t("coverage")}
        rows={report.coverage}
        rowId={(row) => row.month}
        columns={[
          { id: "month", label: t("byKeys.month"), cell: (row) => row.month },
          right("target", (row) => (row.target === null ? "–" : number(row.target))),
          right("expected", (row) => number(row.expected)),
          right("weighted", (row) => number(row.weighted)),
          right("covered", (row) => share(row.share)),
        ]}
      />
      <RateTable
        title={t("byOwner")}
        rows={report.byOwner}
        first={t("owner")}
        name={(key) => (key === "" ? t("noOwner") : <NameText id={key} />)}
      />
      <RateTable
        title={t("bySource")}
        rows={report.bySource}
        first={t("source")}
        name={(key) => key || t("notNamed")}
      />
      <RateTable title={t("byCohort")} rows={report.byCohort} first={t("byKeys.month")} name={(key) => key} />
      <StageTables report={report} />
    </>
  );
}

interface RateTableProps {
  readonly title: string;
  readonly rows: readonly Rate[];
  readonly first: string;
  readonly name: (key: string) => ReactNode;
}

function RateTable({ title, rows, first, name }: RateTableProps) {
  const { number, days, share, right } = useCells<Rate>();
  return (
    <Table
      title={title}
      rows={rows}
      rowId={(row) => row.key}
      columns={[
        { id: "key", label: first, cell: (row) => name(row.key) },
        right("came", (row) => number(row.came)),
        right("won", (row) => number(row.won)),
        right("lost", (row) => number(row.lost)),
        right("open", (row) => number(row.open)),
        right("share", (row) => share(row.share)),
        right("medianDays", (row) => days(row.medianDays)),
      ]}
    />
  );
}

/** How leads go through stages, why they are lost, and how long they stand. */
function StageTables({ report }: { readonly report: PipelineReport }) {
  const { t } = useTranslation("pipeline");
  const { number, days, share, right } = useCells<PipelineReport["byStage"][number]>();
  const lost = useCells<PipelineReport["lostReasons"][number]>();
  const ages = useCells<PipelineReport["ageing"][number]>();
  const { stageName, reasonName } = useSettings();
  const stage = { id: "stage", label: t("stage"), cell: (row: { readonly key: string }) => stageName(row.key) };
  return (
    <>
      <Table
        title={t("byStage")}
        rows={report.byStage}
        rowId={(row) => row.key}
        columns={[
          stage,
          right("entered", (row) => number(row.entered)),
          right("left", (row) => number(row.left)),
          right("lost", (row) => number(row.lost)),
          right("share", (row) => share(row.share)),
          right("medianDays", (row) => days(row.medianDays)),
          right("p90Days", (row) => days(row.p90Days)),
        ]}
      />
      <Table
        title={t("lostReasons")}
        rows={report.lostReasons}
        rowId={(row) => row.key}
        columns={[
          { id: "reason", label: t("lostReason"), cell: (row) => reasonName(row.key) },
          lost.right("leads", (row) => number(row.leads)),
        ]}
      />
      <Table
        title={t("ageing")}
        rows={report.ageing}
        rowId={(row) => row.key}
        columns={[
          stage,
          ages.right("open", (row) => number(row.open)),
          ages.right("late", (row) => number(row.late)),
          ages.right("oldestDays", (row) => number(row.oldestDays)),
        ]}
      />
    </>
  );
}
