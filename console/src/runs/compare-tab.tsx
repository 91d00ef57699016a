import { Group, Select } from "@mantine/core";
import type { RunComparison, RunDetail, RunLineChange } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { plainAmount } from "../i18n/format.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DayText } from "../kit/date-text.tsx";
import { Go } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { difference } from "./states.ts";

/** Two calculations of the run beside each other: which partners differ, by what, and the lines behind it. */
export function CompareTab({ run }: { readonly run: RunDetail }) {
  const [from, setFrom] = useState(run.attempt - 1);
  const [to, setTo] = useState(run.attempt);
  const comparison = useRecord<RunComparison>(`/runs/${run.id}/comparison`, { from, to });
  return (
    <Loaded query={comparison}>
      {(one) => (
        <>
          <Choices comparison={one} from={from} to={to} onFrom={setFrom} onTo={setTo} />
          <PartnersCard run={run} comparison={one} />
          <LinesCard run={run} from={from} to={to} />
        </>
      )}
    </Loaded>
  );
}

interface ChoicesProps {
  readonly comparison: RunComparison;
  readonly from: number;
  readonly to: number;
  readonly onFrom: (attempt: number) => void;
  readonly onTo: (attempt: number) => void;
}

function Choices({ comparison, from, to, onFrom, onTo }: ChoicesProps) {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const options = comparison.attempts.map((one) => ({
    value: String(one.attempt),
    label: `${t("attempt")} ${one.attempt} · ${format.instant(one.calculatedAt, "minute")}`,
  }));
  const choice = (label: string, value: number, change: (attempt: number) => void) => (
    <Select
      label={label}
      value={String(value)}
      data={options}
      allowDeselect={false}
      w={260}
      onChange={(next) => change(Number(next))}
    />
  );
  return (
    <Group gap={12} mb={12}>
      {choice(t("calculatedBefore"), from, onFrom)}
      {choice(t("calculatedThen"), to, onTo)}
    </Group>
  );
}

function PartnersCard({ run, comparison }: { readonly run: RunDetail; readonly comparison: RunComparison }) {
  const { t } = useTranslation("runs");
  type Row = RunComparison["partners"][number];
  const money = (id: "before" | "after" | "lines" | "adjustments" | "other") => (row: Row) => (
    <MoneyText money={{ minor: row[id], currency: row.currency }} signed />
  );
  return (
    <Card title={t("whatDiffers")} flush>
      <PlainTable
        dense
        label={t("whatDiffers")}
        rows={comparison.partners}
        rowId={(row) => `${row.partnerId} ${row.currency}`}
        empty={<p style={{ padding: "10px 14px", margin: 0 }}>{t("nothingDiffers")}</p>}
        columns={[
          {
            id: "partner",
            label: t("partner"),
            cell: (row) => (
              <Go quiet to={`/runs/${run.id}/partners/${row.partnerId}:${row.currency}`}>
                <NameText id={row.partnerId} />
              </Go>
            ),
          },
          { id: "before", label: t("calculatedBefore"), align: "end", cell: money("before") },
          { id: "after", label: t("calculatedThen"), align: "end", cell: money("after") },
          {
            id: "difference",
            label: t("change"),
            align: "end",
            cell: (row) => (
              <MoneyText money={{ minor: difference(row.after, row.before), currency: row.currency }} signed />
            ),
          },
          { id: "lines", label: t("byLines"), align: "end", cell: money("lines") },
          { id: "adjustments", label: t("byHand"), align: "end", cell: money("adjustments") },
          { id: "other", label: t("joinedOrLeft"), align: "end", cell: money("other") },
        ]}
      />
    </Card>
  );
}

function LinesCard({ run, from, to }: { readonly run: RunDetail; readonly from: number; readonly to: number }) {
  const { t } = useTranslation("runs");
  const amount = (id: "before" | "after" | "difference", label: string): Column<RunLineChange> => ({
    id,
    label,
    cell: (line) => <MoneyText money={{ minor: line[id], currency: line.currency }} signed />,
    text: (line) => plainAmount({ minor: line[id], currency: line.currency }),
    align: "end",
    width: 120,
    ...(id === "difference" ? { phone: "value" as const } : {}),
  });
  return (
    <div style={{ marginBlockStart: 16 }}>
      <ListPanel<RunLineChange>
        key={`${from} ${to}`}
        embedded
        name="run-lines"
        title={t("changedLines")}
        resource={`/runs/${run.id}/comparison/lines`}
        fixed={{ from: String(from), to: String(to) }}
        rowId={(line) => line.lineId}
        columns={[
          {
            id: "partner",
            label: t("partner"),
            cell: (line) => <NameText id={line.partnerId} />,
            text: (line) => line.partnerId,
            phone: "title",
          },
          {
            id: "component",
            label: t("component"),
            cell: (line) => line.component,
            text: (line) => line.component,
            width: 130,
            phone: "line",
          },
          {
            id: "month",
            label: t("earnedIn"),
            cell: (line) => <DayText day={line.month} />,
            text: (line) => line.month,
            width: 120,
          },
          amount("before", t("calculatedBefore")),
          amount("after", t("calculatedThen")),
          amount("difference", t("change")),
          {
            id: "why",
            label: t("why"),
            cell: (line) => line.why.map((one) => t(`because.${one}`)).join(", "),
            text: (line) => line.why.join(" "),
            width: 240,
            phone: "line",
          },
        ]}
        empty={{ title: t("noChangedLines"), text: t("noChangedLinesText") }}
      />
    </div>
  );
}
