import { Group } from "@mantine/core";
import type { DealMeasures, DealPlanResult, DealResult, MoneyValue } from "@tributary/contract";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { plainAmount } from "../i18n/format.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useAddress } from "../kit/address.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { ChoiceMenu } from "../kit/choice-menu.tsx";
import { MoneyText, NumberText, ShareText } from "../kit/money-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { measuresOf, periodsOf } from "./periods.ts";

/** The plans side by side, over the months that were or in one scenario. */
export function Comparison({ deal }: { readonly deal: DealResult }) {
  const { t } = useTranslation("dealdesk");
  const [address, change] = useAddress();
  const periods = periodsOf(deal);
  const period = periods.find((one) => one === address.view) ?? periods[0] ?? "history";
  const columns = deal.plans.flatMap((plan) => {
    const measures = measuresOf(plan, period);
    return measures === null ? [] : [{ plan, measures }];
  });
  return (
    <>
      <Group mb={12}>
        <ChoiceMenu
          label={t("view")}
          value={period}
          choices={periods.map((value) => ({ value, label: t(`period.${value}`) }))}
          onChange={(view) => change({ view })}
        />
      </Group>
      <Card title={t("sideBySide")} flush>
        <MeasureTable columns={columns} />
      </Card>
      <NetChart columns={columns} />
      <CostChart columns={columns} />
    </>
  );
}

export interface Column {
  readonly plan: DealPlanResult;
  readonly measures: DealMeasures;
}

export function usePlanName(): (plan: DealPlanResult) => string {
  const { t } = useTranslation("dealdesk");
  return (plan) => (plan.name === "" ? t(`role.${plan.role}`) : `${t(`role.${plan.role}`)}: ${plan.name}`);
}

function MeasureTable({ columns }: { readonly columns: readonly Column[] }) {
  const { t } = useTranslation("dealdesk");
  const planName = usePlanName();
  const today = columns.find((one) => one.plan.role === "today")?.measures;
  const rows = useMeasureRows();
  return (
    <PlainTable
      label={t("sideBySide")}
      rows={rows}
      rowId={(row) => row.id}
      columns={[
        { id: "measure", label: t("measureName"), cell: (row) => row.label },
        ...columns.map(({ plan, measures }, index) => ({
          id: String(index),
          label: planName(plan),
          align: "end" as const,
          cell: (row: MeasureRow) => (
            <>
              {row.value(measures)}
              {plan.role === "today" || today === undefined || row.money === undefined ? null : (
                <Difference before={row.money(today)} after={row.money(measures)} />
              )}
            </>
          ),
        })),
      ]}
    />
  );
}

interface MeasureRow {
  readonly id: string;
  readonly label: string;
  readonly value: (measures: DealMeasures) => ReactNode;
  /** What is compared with today's plan. */
  readonly money?: (measures: DealMeasures) => MoneyValue | null;
}

function useMeasureRows(): MeasureRow[] {
  const { t } = useTranslation("dealdesk");
  const format = useFormat();
  const money = (
    name: "cost" | "revenue" | "net" | "costPerFtd" | "costPerQualified",
    compared: boolean,
  ): MeasureRow => ({
    id: name,
    label: t(`measure.${name}`),
    value: (measures) => <MoneyText money={measures[name]} signed={name === "net"} />,
    ...(compared ? { money: (measures: DealMeasures) => measures[name] } : {}),
  });
  const month = (text: string | null) => (text === null ? t("never") : format.day(text));
  return [
    money("cost", true),
    money("revenue", false),
    money("net", true),
    {
      id: "costShare",
      label: t("measure.costShare"),
      value: (one) => <ShareText share={one.costShare === null ? null : Number(one.costShare)} />,
    },
    {
      id: "firstDeposits",
      label: t("measure.firstDeposits"),
      value: (one) => <NumberText value={one.firstDeposits} />,
    },
    { id: "qualified", label: t("measure.qualified"), value: (one) => <NumberText value={one.qualified} /> },
    money("costPerFtd", true),
    money("costPerQualified", true),
    { id: "paybackMonth", label: t("measure.paybackMonth"), value: (one) => month(one.paybackMonth) },
    { id: "breakEvenFtd", label: t("measure.breakEvenFtd"), value: (one) => <NumberText value={one.breakEvenFtd} /> },
  ];
}

function Difference({ before, after }: { readonly before: MoneyValue | null; readonly after: MoneyValue | null }) {
  const format = useFormat();
  if (before === null || after === null || before.currency !== after.currency) return null;
  const minor = BigInt(after.minor) - BigInt(before.minor);
  if (minor === 0n) return null;
  const text = format.money({ minor: String(minor), currency: after.currency });
  return (
    <small style={{ display: "block", color: "var(--mantine-color-dimmed)" }}>{minor > 0n ? `+${text}` : text}</small>
  );
}

/** What is left after commission, added up month by month: where a line crosses zero the deal has paid itself back. */
function NetChart({ columns }: { readonly columns: readonly Column[] }) {
  const { t } = useTranslation("dealdesk");
  const planName = usePlanName();
  return (
    <Card title={t("cumulativeNet")}>
      <MonthChart
        label={t("cumulativeNet")}
        columns={columns}
        series={columns.map(({ plan, measures }) => ({
          name: planName(plan),
          values: measures.months.map((one) => Number(plainAmount(one.cumulativeNet))),
          quiet: plan.role === "today",
        }))}
      />
    </Card>
  );
}

function CostChart({ columns }: { readonly columns: readonly Column[] }) {
  const { t } = useTranslation("dealdesk");
  const planName = usePlanName();
  return (
    <Card title={t("costByMonth")}>
      <MonthChart
        label={t("costByMonth")}
        columns={columns}
        series={columns.map(({ plan, measures }) => ({
          name: planName(plan),
          kind: "bar" as const,
          values: measures.months.map((one) => Number(plainAmount(one.cost))),
          quiet: plan.role === "today",
        }))}
      />
    </Card>
  );
}

interface MonthChartProps {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly series: Parameters<typeof Chart>[0]["series"];
}

function MonthChart({ label, columns, series }: MonthChartProps) {
  const { t } = useTranslation("dealdesk");
  const format = useFormat();
  const months = columns[0]?.measures.months ?? [];
  return (
    <Chart
      label={label}
      categoryLabel={t("month")}
      categories={months.map((one) => one.month)}
      format={(value) => format.number(value, { maximumFractionDigits: 0 })}
      series={series}
    />
  );
}
