import { NumberInput } from "@mantine/core";
import type { Portfolio, PortfolioRow } from "@tributary/contract";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { Go } from "../kit/link.tsx";
import { MoneyText, Nothing } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Heat } from "../kit/queue/queue.tsx";
import type { PlainColumn } from "../kit/record/plain-table.tsx";
import type { Tone } from "../kit/tone.ts";

/** What was typed and not saved, by row; amounts in whole units. */
export type Typed = Readonly<
  Record<string, { ftds?: number | null; revenue?: number | null; commission?: number | null }>
>;

type Planned = "ftds" | "revenue" | "commission";
type Cell = PlainColumn<PortfolioRow>["cell"];

function major(minor: string | null): number | null {
  return minor === null ? null : Number(minor) / 100;
}

function column(id: string, label: string, cell: Cell, foot: ReactNode): PlainColumn<PortfolioRow> {
  return { id, label, cell, align: "end", foot };
}

interface PlanEntryProps {
  readonly row: PortfolioRow;
  readonly name: Planned;
  readonly before: number | null;
  readonly typed: Typed;
  readonly onTyped: (typed: Typed) => void;
}

/** One plan of one row, typed in the table. */
function PlanEntry({ row, name, before, typed, onTyped }: PlanEntryProps) {
  const { t } = useTranslation("morning");
  const id = row.id ?? "";
  return (
    <NumberInput
      size="xs"
      w={90}
      hideControls
      allowNegative={false}
      decimalScale={name === "ftds" ? 0 : 2}
      aria-label={`${row.name} ${t(name === "ftds" ? "ftdsLabel" : name)}`}
      value={typed[id]?.[name] ?? before ?? ""}
      onChange={(value) => onTyped({ ...typed, [id]: { ...typed[id], [name]: value === "" ? null : Number(value) } })}
    />
  );
}

function heatOf(variance: number): Tone {
  if (variance >= 0.1) return "good";
  if (variance >= -0.1) return "quiet";
  return variance >= -0.3 ? "warn" : "bad";
}

export function useColumns(
  portfolio: Portfolio,
  editing: boolean,
  typed: Typed,
  setTyped: (typed: Typed) => void,
): readonly PlainColumn<PortfolioRow>[] {
  const { t } = useTranslation("morning");
  const format = useFormat();
  const { currency } = portfolio;
  const amount = (minor: string | null) => (minor === null ? <Nothing /> : <MoneyText money={{ minor, currency }} />);
  const number = (value: number | null) => (value === null ? <Nothing /> : format.number(value));
  const entry = (row: PortfolioRow, name: Planned, before: number | null) => (
    <PlanEntry row={row} name={name} before={before} typed={typed} onTyped={setTyped} />
  );
  const { total } = portfolio;
  const editable = (row: PortfolioRow) => editing && row.id !== null;
  return [
    {
      id: "name",
      label: t(`byWhat.${portfolio.by}`),
      cell: (row) => <RowName row={row} by={portfolio.by} />,
      foot: t("total"),
    },
    column(
      "plan",
      t("planFtds"),
      (row) => (editable(row) ? entry(row, "ftds", row.plan.ftds) : number(row.plan.ftds)),
      number(total.plan.ftds),
    ),
    column("actual", t("actual"), (row) => number(row.actual.ftds), number(total.actual.ftds)),
    column("forecast", t("forecast"), (row) => number(row.forecast.ftds), number(total.forecast.ftds)),
    column(
      "variance",
      t("variance"),
      (row) =>
        row.variance === null ? (
          <Nothing />
        ) : (
          <Heat tone={heatOf(row.variance)}>{signedShare(format.language, row.variance)}</Heat>
        ),
      total.variance === null ? <Nothing /> : signedShare(format.language, total.variance),
    ),
    column("last", t("lastMonth"), (row) => number(row.lastMonthFtds), number(total.lastMonthFtds)),
    ...moneyColumns(t, total, amount, (row, name, before) => (editable(row) ? entry(row, name, before) : undefined)),
  ];
}

/** @param entry the field of a plan while it is typed; undefined: it is only shown */
function moneyColumns(
  t: TFunction,
  total: PortfolioRow,
  amount: (minor: string | null) => ReactNode,
  entry: (row: PortfolioRow, name: Planned, before: number | null) => ReactNode,
): readonly PlainColumn<PortfolioRow>[] {
  return [
    column(
      "planRevenue",
      t("planRevenue"),
      (row) => entry(row, "revenue", major(row.plan.revenueMinor)) ?? amount(row.plan.revenueMinor),
      amount(total.plan.revenueMinor),
    ),
    column("revenue", t("revenue"), (row) => amount(row.actual.revenueMinor), amount(total.actual.revenueMinor)),
    column(
      "planCommission",
      t("planCommission"),
      (row) => entry(row, "commission", major(row.plan.commissionMinor)) ?? amount(row.plan.commissionMinor),
      amount(total.plan.commissionMinor),
    ),
    column(
      "commission",
      t("commission"),
      (row) => amount(row.actual.commissionMinor),
      amount(total.actual.commissionMinor),
    ),
    column(
      "commissionForecast",
      t("commissionForecast"),
      (row) => amount(row.forecast.commissionMinor),
      amount(total.forecast.commissionMinor),
    ),
  ];
}

function signedShare(language: string, share: number): string {
  return new Intl.NumberFormat(language, { style: "percent", signDisplay: "exceptZero" }).format(share);
}

function RowName({ row, by }: { readonly row: PortfolioRow; readonly by: string }) {
  const { t } = useTranslation("morning");
  if (row.id === null) return <>{t("nobodys")}</>;
  if (by === "partner") return <Go to={`/partners/${row.id}`}>{row.name}</Go>;
  return row.name === "" ? <NameText id={row.id} /> : row.name;
}
