import { SegmentedControl, Select, Stack } from "@mantine/core";
import type { Estimate, EstimateSlider } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { currencyDigits, decimalOf } from "../i18n/format.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { NumberSlider } from "../kit/form/number-slider.tsx";
import { MoneyText, Nothing, NumberText } from "../kit/money-text.tsx";
import { Card, Figure, Figures } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { SideBySide } from "../kit/record/side-by-side.tsx";
import type { FunnelState } from "./use-estimate.ts";

const MONTHS = ["3", "6", "12"] as const;

interface EstimateViewProps {
  readonly estimate: Estimate;
  readonly funnel: FunnelState;
}

/** The funnel at the side, what the plan would pay for it beside: sum, months, components, tiers. */
export function EstimateView({ estimate, funnel }: EstimateViewProps) {
  return (
    <SideBySide side={<FunnelSide estimate={estimate} funnel={funnel} />}>
      <Sums estimate={estimate} />
      <MonthsChart estimate={estimate} />
      <Components estimate={estimate} />
      <Months estimate={estimate} />
    </SideBySide>
  );
}

function FunnelSide({ estimate, funnel }: EstimateViewProps) {
  const { t } = useTranslation("calculator");
  const unitOf = (one: EstimateSlider) =>
    one.unit === "percent" ? "%" : one.unit === "money" ? estimate.currency : undefined;
  return (
    <Card title={t("funnel")}>
      <Stack gap={14}>
        {estimate.sliders.map((one) => (
          <NumberSlider
            key={one.id}
            label={one.label}
            value={funnel.numbers[one.id] ?? one.value}
            min={one.min}
            max={one.max}
            step={one.step}
            unit={unitOf(one)}
            onChange={(value) => funnel.setNumber(one.id, value)}
          />
        ))}
        {estimate.choices.map((one) => (
          <Select
            key={one.name}
            label={one.label}
            data={[...one.values]}
            value={funnel.choices[one.name] ?? one.value}
            allowDeselect={false}
            onChange={(value) => value !== null && funnel.setChoice(one.name, value)}
          />
        ))}
        <SegmentedControl
          aria-label={t("monthsShown")}
          value={String(funnel.months)}
          data={MONTHS.map((value) => ({ value, label: t("monthsCount", { count: Number(value) }) }))}
          onChange={(value) => funnel.setMonths(Number(value))}
          fullWidth
        />
      </Stack>
    </Card>
  );
}

function Sums({ estimate }: { readonly estimate: Estimate }) {
  const { t } = useTranslation("calculator");
  const money = (minor: string) => ({ minor, currency: estimate.currency });
  const last = estimate.months.at(-1);
  return (
    <Figures>
      <Figure
        label={t("total", { count: estimate.months.length })}
        value={<MoneyText money={money(estimate.total)} signed />}
      />
      <Figure label={t("lastMonth")} value={<MoneyText money={last && money(last.amount)} signed />} />
      <Figure
        label={t("perDepositor")}
        value={<MoneyText money={estimate.perDepositor === null ? null : money(estimate.perDepositor)} />}
      />
    </Figures>
  );
}

function MonthsChart({ estimate }: { readonly estimate: Estimate }) {
  const { t } = useTranslation("calculator");
  const format = useFormat();
  const digits = currencyDigits(estimate.currency);
  // only the picture's heights are numbers; every amount that is written is exact
  const height = (minor: string | undefined) => Number(decimalOf(minor ?? "0", digits));
  return (
    <Card title={t("byMonth")}>
      <Chart
        label={t("byMonth")}
        categoryLabel={t("month")}
        categories={estimate.months.map((one) => format.day(one.month))}
        series={estimate.components.map((component) => ({
          name: component.name,
          kind: "bar",
          stack: "commission",
          values: estimate.months.map((one) => height(one.components[component.code])),
        }))}
        format={(value) =>
          format.number(value, { style: "currency", currency: estimate.currency, maximumFractionDigits: 0 })
        }
      />
    </Card>
  );
}

function Components({ estimate }: { readonly estimate: Estimate }) {
  const { t } = useTranslation("calculator");
  return (
    <Card title={t("components")} flush>
      <PlainTable
        label={t("components")}
        rows={estimate.components}
        rowId={(one) => one.code}
        columns={[
          { id: "name", label: t("component"), cell: (one) => one.name },
          { id: "rate", label: t("rate"), cell: (one) => one.rate ?? <Nothing /> },
          { id: "tier", label: t("tier"), cell: (one) => one.tier ?? <Nothing /> },
          {
            id: "next",
            label: t("nextTier"),
            cell: (one) =>
              one.next === null ? (
                <Nothing />
              ) : (
                t(one.next.value === null ? "nextFrom" : "nextAt", { ...one.next, value: one.next.value ?? "" })
              ),
          },
          {
            id: "total",
            label: t("amount"),
            align: "end",
            cell: (one) => <MoneyText money={{ minor: one.total, currency: estimate.currency }} signed />,
          },
        ]}
        empty={t("nothing")}
      />
    </Card>
  );
}

const COUNTS = ["clicks", "registrations", "ftds", "active"] as const;

function Months({ estimate }: { readonly estimate: Estimate }) {
  const { t } = useTranslation("calculator");
  const format = useFormat();
  return (
    <Card title={t("monthByMonth")} flush>
      <PlainTable
        label={t("monthByMonth")}
        rows={estimate.months}
        rowId={(one) => one.month}
        columns={[
          { id: "month", label: t("month"), cell: (one) => format.day(one.month) },
          ...COUNTS.map((id) => ({
            id,
            label: t(id),
            align: "end" as const,
            cell: (one: Estimate["months"][number]) => <NumberText value={one[id]} />,
          })),
          {
            id: "amount",
            label: t("amount"),
            align: "end",
            cell: (one) => <MoneyText money={{ minor: one.amount, currency: estimate.currency }} signed />,
          },
        ]}
        empty={t("nothing")}
      />
    </Card>
  );
}
