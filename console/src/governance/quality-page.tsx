import type { DataScores, ScoreOf } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { Go, useGo } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Page } from "../kit/page.tsx";
import { Heat } from "../kit/queue/queue.tsx";
import { Board } from "../kit/record/board.tsx";
import { Card, Figure, Figures } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { Places } from "./places.tsx";
import { SEVERITY_TONES, toneOfScore } from "./tones.ts";

/** How good the data are: over all, by region and owner, rule by rule, and over time. */
export function QualityPage() {
  const { t } = useTranslation("governance");
  const { language } = useFormat();
  const scores = useRecord<DataScores>("/data-scores", { language });
  return (
    <Page title={t("title")} subtitle={t("titleText")} actions={<Places />}>
      <Loaded query={scores}>
        {(one) => (
          <>
            <Totals scores={one} />
            <Board
              main={
                <>
                  <Course scores={one} />
                  <ByRule scores={one} />
                </>
              }
              side={
                <>
                  <By title={t("byOwner")} field="ownerUserId" rows={one.owners} />
                  <By title={t("byRegion")} field="regionId" rows={one.regions} />
                </>
              }
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Totals({ scores }: { readonly scores: DataScores }) {
  const { t } = useTranslation("governance");
  const format = useFormat();
  const go = useGo();
  const faults = scores.rules.reduce((sum, { findings }) => sum + findings, 0);
  return (
    <Figures>
      <Figure
        label={t("score")}
        value={format.number(scores.total.score, { maximumFractionDigits: 1 })}
        compare={scores.evaluatedAt === null ? t("notYet") : format.instant(scores.evaluatedAt)}
      />
      <Figure label={t("records")} value={format.number(scores.total.records)} />
      <Figure label={t("faulty")} value={format.number(scores.total.faulty)} />
      <Figure label={t("faults")} value={format.number(faults)} onOpen={() => go("/data-quality/findings")} />
    </Figures>
  );
}

function Course({ scores }: { readonly scores: DataScores }) {
  const { t } = useTranslation("governance");
  const format = useFormat();
  if (scores.history.length < 2) return null;
  return (
    <Card title={t("course")}>
      <Chart
        label={t("course")}
        categoryLabel={t("day")}
        categories={scores.history.map(({ day }) => format.day(day))}
        format={(value) => format.number(value, { maximumFractionDigits: 1 })}
        height={200}
        series={[{ name: t("score"), values: scores.history.map(({ score }) => score), kind: "area" }]}
      />
    </Card>
  );
}

function ByRule({ scores }: { readonly scores: DataScores }) {
  const { t } = useTranslation("governance");
  const format = useFormat();
  const rows = scores.rules.toSorted((a, b) => b.findings - a.findings);
  return (
    <Card title={t("byRule")} flush>
      <PlainTable
        label={t("byRule")}
        rows={rows}
        rowId={(row) => row.ruleId}
        empty={<EmptyState title={t("noRules")} text={t("noRulesText")} />}
        columns={[
          {
            id: "title",
            label: t("rule"),
            cell: (row) => <Go to={`/data-quality/findings?ruleId=${row.ruleId}`}>{row.title}</Go>,
          },
          {
            id: "severity",
            label: t("severity"),
            cell: (row) => (
              <StatusBadge state={row.severity} label={t(`severities.${row.severity}`)} tones={SEVERITY_TONES} />
            ),
          },
          { id: "findings", label: t("faults"), align: "end", cell: (row) => format.number(row.findings) },
        ]}
      />
    </Card>
  );
}

interface ByProps {
  readonly title: string;
  readonly field: string;
  readonly rows: readonly ScoreOf[];
}

function By({ title, field, rows }: ByProps) {
  const { t } = useTranslation("governance");
  const format = useFormat();
  if (rows.length === 0) return null;
  return (
    <Card title={title} flush>
      <PlainTable
        dense
        label={title}
        rows={rows}
        rowId={(row) => row.id ?? "-"}
        columns={[
          {
            id: "name",
            label: title,
            cell: (row) =>
              row.id === null ? t("none") : <NameText id={row.id} to={`/data-quality/findings?${field}=${row.id}`} />,
          },
          { id: "faulty", label: t("faulty"), align: "end", cell: (row) => `${row.faulty} / ${row.records}` },
          {
            id: "score",
            label: t("score"),
            align: "end",
            cell: (row) => (
              <Heat tone={toneOfScore(row.score)}>{format.number(row.score, { maximumFractionDigits: 1 })}</Heat>
            ),
          },
        ]}
      />
    </Card>
  );
}
