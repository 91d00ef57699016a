import { Select } from "@mantine/core";
import type { DealPlanResult, DealResult } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { plainAmount } from "../i18n/format.ts";
import { useFormat } from "../i18n/use-format.ts";
import { Chart } from "../kit/chart/chart.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { usePlanName } from "./comparison.tsx";

/** What happens at the bounds of tiers, and when something goes wrong. */
export function RiskTab({ deal }: { readonly deal: DealResult }) {
  const { t } = useTranslation("dealdesk");
  const planName = usePlanName();
  const first = Math.max(
    0,
    deal.plans.findIndex((one) => one.role === "proposed"),
  );
  const [chosen, setChosen] = useState(String(first));
  const plan = deal.plans[Number(chosen)];
  return (
    <>
      <WorstCases deal={deal} />
      <Card
        title={t("cliffs")}
        actions={
          <Select
            size="xs"
            w={220}
            aria-label={t("plan")}
            allowDeselect={false}
            data={deal.plans.map((one, index) => ({ value: String(index), label: planName(one) }))}
            value={chosen}
            onChange={(next) => setChosen(next ?? chosen)}
          />
        }
      >
        {plan === undefined || plan.cliffs.length === 0 ? (
          <EmptyState title={t("noTiers")} text={t("noTiersText")} />
        ) : (
          <Cliffs plan={plan} />
        )}
      </Card>
    </>
  );
}

function Cliffs({ plan }: { readonly plan: DealPlanResult }) {
  const { t } = useTranslation("dealdesk");
  const format = useFormat();
  const bounds = plan.cliffs.map((one) => ({ ...one, id: `${one.component} ${one.metric} ${one.bound}` }));
  return (
    <>
      <Chart
        label={t("cliffs")}
        categoryLabel={t("bound")}
        categories={bounds.map((one) => `${one.metric} ${one.bound}`)}
        format={(value) => format.number(value, { maximumFractionDigits: 0 })}
        series={[
          { name: t("below"), kind: "bar", values: bounds.map((one) => Number(plainAmount(one.below))) },
          { name: t("at"), kind: "bar", values: bounds.map((one) => Number(plainAmount(one.at))) },
        ]}
      />
      <PlainTable
        label={t("cliffs")}
        rows={bounds}
        rowId={(row) => row.id}
        columns={[
          { id: "component", label: t("component"), cell: (row) => row.component },
          { id: "bound", label: t("bound"), cell: (row) => `${row.metric} ${row.bound}` },
          { id: "below", label: t("below"), align: "end", cell: (row) => <MoneyText money={row.below} /> },
          { id: "at", label: t("at"), align: "end", cell: (row) => <MoneyText money={row.at} /> },
          { id: "jump", label: t("jump"), align: "end", cell: (row) => <MoneyText money={row.jump} /> },
          { id: "own", label: t("own"), align: "end", cell: (row) => <MoneyText money={row.own} /> },
          {
            id: "cliff",
            label: t("isCliff"),
            cell: (row) => (
              <StatusBadge plain state={row.cliff ? "pending" : "passed"} label={t(row.cliff ? "cliff" : "smooth")} />
            ),
          },
        ]}
      />
    </>
  );
}

function WorstCases({ deal }: { readonly deal: DealResult }) {
  const { t } = useTranslation("dealdesk");
  const planName = usePlanName();
  const rows = deal.plans.flatMap((plan, index) =>
    plan.stress.map((one) => ({ ...one, id: `${index} ${one.case}`, name: planName(plan) })),
  );
  return (
    <Card title={t("worstCases")} flush>
      <PlainTable
        label={t("worstCases")}
        rows={rows}
        rowId={(row) => row.id}
        columns={[
          { id: "case", label: t("case"), cell: (row) => t(`stress.${row.case}`) },
          { id: "plan", label: t("plan"), cell: (row) => row.name },
          { id: "cost", label: t("measure.cost"), align: "end", cell: (row) => <MoneyText money={row.cost} /> },
          {
            id: "revenue",
            label: t("measure.revenue"),
            align: "end",
            cell: (row) => <MoneyText money={row.revenue} signed />,
          },
          { id: "net", label: t("measure.net"), align: "end", cell: (row) => <MoneyText money={row.net} signed /> },
          {
            id: "difference",
            label: t("againstBase"),
            align: "end",
            cell: (row) => <MoneyText money={row.netDifference} signed />,
          },
        ]}
      />
    </Card>
  );
}
