import { Group, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { BottleneckRow, Bottlenecks, ProcedureListed } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Page as Pages } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { NumberText } from "../kit/money-text.tsx";
import { Page } from "../kit/page.tsx";
import { Card, Figure, Figures } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { factWords, useFactTitles } from "./fact-titles.ts";
import css from "./procedures.module.css";

const CUTS = ["stage", "region", "owner", "kind", "waiting", "missing"] as const;

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

/** Where partners get stuck, for how long, and what it cost in first deposits. */
export function BottleneckPage() {
  const { t, i18n } = useTranslation("procedures");
  const procedures = useRecord<Pages<ProcedureListed>>("/procedures", { limit: 100, language: i18n.language });
  const search: Record<string, string> = useSearch({ strict: false });
  const [chosen, setChosen] = useState<string | null>(search.procedure ?? null);
  const [by, setBy] = useState<(typeof CUTS)[number]>("stage");
  const [from, setFrom] = useState(() => daysAgo(180));
  const [to, setTo] = useState(() => daysAgo(-1));
  const options = (procedures.data?.data ?? []).filter(({ published }) => published !== null);
  const procedure = chosen ?? options.toSorted((one, other) => other.running - one.running)[0]?.procedure ?? "";
  const measured = useRecord<Bottlenecks>(
    "/procedure-bottlenecks",
    { procedure, by, from, to, language: i18n.language },
    { enabled: procedure !== "" && from !== "" && to !== "" },
  );
  return (
    <Page title={t("bottlenecks.title")} subtitle={t("bottlenecks.subtitle")}>
      <Group gap="xs" mb="md" align="flex-end">
        <Select
          label={t("procedure")}
          data={options.map((one) => ({ value: one.procedure, label: one.title }))}
          value={procedure}
          onChange={setChosen}
          w={260}
        />
        <TextInput
          type="date"
          label={t("from")}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t("bottlenecks.before")}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </Group>
      <div style={{ overflowX: "auto", marginBottom: 12 }}>
        <SegmentedControl
          size="xs"
          value={by}
          onChange={(value) => setBy(CUTS.find((one) => one === value) ?? "stage")}
          data={CUTS.map((value) => ({ value, label: t(`bottlenecks.by.${value}`) }))}
          aria-label={t("bottlenecks.cut")}
        />
      </div>
      {procedure === "" ? (
        <p className={css.note}>{t("empty")}</p>
      ) : (
        <Loaded query={measured}>{(one) => <Measured measured={one} by={by} />}</Loaded>
      )}
    </Page>
  );
}

function Measured({ measured, by }: { readonly measured: Bottlenecks; readonly by: string }) {
  const { t } = useTranslation("procedures");
  const { cases, expectedFrom, rows } = measured;
  return (
    <>
      <Figures>
        {(["started", "finished", "dropped", "running", "sentBack"] as const).map((name) => (
          <Figure key={name} label={t(`bottlenecks.cases.${name}`)} value={<NumberText value={cases[name]} />} />
        ))}
      </Figures>
      <Card title={t("bottlenecks.howLong")}>
        <BottleneckChart rows={rows} by={by} />
      </Card>
      <Card title={t("bottlenecks.table")} flush>
        <BottleneckTable rows={rows} by={by} />
      </Card>
      <p className={css.note}>{t("bottlenecks.censored")}</p>
      <p className={css.note}>
        {t("bottlenecks.cost")}{" "}
        {expectedFrom === null
          ? null
          : t(expectedFrom.partners === 0 ? "bottlenecks.expectNothing" : "bottlenecks.expectedFrom", {
              ...expectedFrom,
              count: expectedFrom.partners,
            })}
      </p>
    </>
  );
}

function useTitle(by: string): (row: BottleneckRow) => string {
  const titles = useFactTitles();
  const { t } = useTranslation(["procedures", "partners"]);
  return (row) => {
    if (by === "waiting") return t(`roles.${row.key}`);
    if (by === "missing" && row.title === row.key) return factWords(row.key, titles);
    if (by === "kind") return t(`partners:kinds.${row.key}`, { defaultValue: row.title });
    return row.title === "" ? t("nobody") : row.title;
  };
}

function BottleneckChart({ rows, by }: { readonly rows: readonly BottleneckRow[]; readonly by: string }) {
  const { t } = useTranslation("procedures");
  const format = useFormat();
  const titleOf = useTitle(by);
  const days = (hours: number | null) => (hours === null ? null : Math.round((hours / 24) * 10) / 10);
  return (
    <Chart
      named
      label={t("bottlenecks.howLong")}
      categoryLabel={t(`bottlenecks.by.${by}`)}
      categories={rows.slice(0, 14).map(titleOf)}
      series={[
        { name: t("bottlenecks.median"), kind: "bar", values: rows.slice(0, 14).map((row) => days(row.medianHours)) },
        { name: t("bottlenecks.p90"), kind: "bar", values: rows.slice(0, 14).map((row) => days(row.p90Hours)) },
      ]}
      format={(value) => t("dueDaysPlain", { days: format.number(value) })}
    />
  );
}

function BottleneckTable({ rows, by }: { readonly rows: readonly BottleneckRow[]; readonly by: string }) {
  const { t } = useTranslation("procedures");
  const format = useFormat();
  const titleOf = useTitle(by);
  const days = (hours: number | null) =>
    hours === null
      ? t("bottlenecks.notYet")
      : t("dueDaysPlain", { days: format.number(hours / 24, { maximumFractionDigits: 1 }) });
  const hours = (value: number | null) =>
    value === null
      ? t("bottlenecks.notYet")
      : t("hoursPlain", { hours: format.number(value, { maximumFractionDigits: 1 }) });
  const end = { align: "end" } as const;
  return (
    <PlainTable
      label={t("bottlenecks.table")}
      dense
      rows={rows}
      rowId={(row) => row.key}
      empty={
        <p className={css.note} style={{ padding: "4px 14px 12px" }}>
          {t("bottlenecks.nothing")}
        </p>
      }
      columns={[
        { id: "title", label: t(`bottlenecks.by.${by}`), cell: titleOf },
        { id: "count", label: t("bottlenecks.count"), ...end, cell: (row) => <NumberText value={row.count} /> },
        {
          id: "running",
          label: t("bottlenecks.cases.running"),
          ...end,
          cell: (row) => <NumberText value={row.running} />,
        },
        { id: "median", label: t("bottlenecks.median"), ...end, cell: (row) => days(row.medianHours) },
        { id: "p90", label: t("bottlenecks.p90"), ...end, cell: (row) => days(row.p90Hours) },
        { id: "work", label: t("bottlenecks.medianWorking"), ...end, cell: (row) => hours(row.medianWorkingHours) },
        { id: "work90", label: t("bottlenecks.p90Working"), ...end, cell: (row) => hours(row.p90WorkingHours) },
        { id: "late", label: t("bottlenecks.late"), ...end, cell: (row) => <NumberText value={row.late} /> },
        {
          id: "back",
          label: t("bottlenecks.cases.sentBack"),
          ...end,
          cell: (row) => <NumberText value={row.sentBack} />,
        },
        {
          id: "dropped",
          label: t("bottlenecks.cases.dropped"),
          ...end,
          cell: (row) => <NumberText value={row.dropped} />,
        },
        {
          id: "lost",
          label: t("bottlenecks.lost"),
          ...end,
          cell: (row) => (row.lostFtds === null ? "–" : format.number(row.lostFtds, { maximumFractionDigits: 1 })),
        },
      ]}
    />
  );
}
