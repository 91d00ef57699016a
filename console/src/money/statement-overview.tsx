import type { Statement, StatementDetail } from "@tributary/contract";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { percentOfShare } from "../payees/percent.ts";
import { amountOf } from "./minor.ts";

/** What was earned, corrected, held, carried and paid, and what comes next. */
export function StatementOverview({ statement }: { readonly statement: Statement }) {
  const detail = useRecord<StatementDetail>(`/statements/${statement.id}/detail`);
  return <Loaded query={detail}>{(one) => <Parts detail={one} />}</Loaded>;
}

function Parts({ detail }: { readonly detail: StatementDetail }) {
  return (
    <>
      <Components detail={detail} />
      <Adjustments detail={detail} />
      <Forecast detail={detail} />
      <Payout detail={detail} />
      <Holds detail={detail} />
      <Carries detail={detail} />
    </>
  );
}

type PayeeTax = NonNullable<StatementDetail["payout"][number]["tax"]>;
type Part = { readonly detail: StatementDetail };

function useAmount({ statement }: StatementDetail): (minor: string) => ReactNode {
  return (minor) => <MoneyText money={amountOf(statement, minor)} signed />;
}

function sum(amounts: readonly string[]): string {
  return String(amounts.reduce((total, one) => total + BigInt(one), 0n));
}

function Components({ detail }: Part) {
  const { t } = useTranslation("money");
  const amount = useAmount(detail);
  const { components } = detail;
  return (
    <Card title={t("overview.components")} flush>
      <PlainTable
        label={t("overview.components")}
        rows={components}
        rowId={(row) => `${row.programId} ${row.component}`}
        empty={t("emptyLines")}
        columns={[
          { id: "program", label: t("program"), cell: (row) => row.programName, foot: t("total") },
          { id: "component", label: t("component"), cell: (row) => row.component.replaceAll("_", " ") },
          {
            id: "lines",
            label: t("overview.lines"),
            align: "end",
            cell: (row) => row.lines,
            foot: components.reduce((total, row) => total + row.lines, 0),
          },
          {
            id: "amount",
            label: t("amount"),
            align: "end",
            cell: (row) => amount(row.amount),
            foot: amount(sum(components.map((row) => row.amount))),
          },
        ]}
      />
    </Card>
  );
}

function Adjustments({ detail }: Part) {
  const { t } = useTranslation("money");
  const amount = useAmount(detail);
  if (detail.adjustments.length === 0) return null;
  return (
    <Card title={t("adjustments")} flush>
      <PlainTable
        label={t("adjustments")}
        rows={detail.adjustments}
        rowId={(row) => row.id}
        columns={[
          { id: "kind", label: t("kind"), cell: (row) => t(`adjustmentKind.${row.kind}`) },
          { id: "reason", label: t("reason"), cell: (row) => row.reason },
          { id: "month", label: t("month"), cell: (row) => <DayText day={row.month} /> },
          { id: "amount", label: t("amount"), align: "end", cell: (row) => amount(row.amount) },
        ]}
      />
    </Card>
  );
}

function Forecast({ detail }: Part) {
  const { t } = useTranslation("money");
  const amount = useAmount(detail);
  return (
    <Card title={t("overview.forecast")} flush>
      <PlainTable
        label={t("overview.forecast")}
        rows={detail.forecast}
        rowId={(row) => row.on}
        columns={[
          { id: "on", label: t("overview.by"), cell: (row) => <DayText day={row.on} /> },
          { id: "released", label: t("overview.released"), align: "end", cell: (row) => amount(row.released) },
          { id: "payable", label: t("overview.payable"), align: "end", cell: (row) => amount(row.payable) },
        ]}
      />
    </Card>
  );
}

/** How a payee is taxed, in words. */
function useTaxText(): (tax: PayeeTax) => string {
  const { t } = useTranslation("money");
  const percent = (rate: string) => `${percentOfShare(rate)} %`;
  return ({ vat, vatRate, withholdingRate }) =>
    [
      `${t("payees:vat")}: ${t(`payees:vats.${vat}`)}${vatRate === null ? "" : ` ${percent(vatRate)}`}`,
      ...(withholdingRate === null ? [] : [`${t("payees:withholding")}: ${percent(withholdingRate)}`]),
    ].join(", ");
}

/** Who is paid and what stands against it; then what was paid, and what came back. */
function Payout({ detail }: Part) {
  const { t } = useTranslation("money");
  const amount = useAmount(detail);
  const taxText = useTaxText();
  const methodName = (code: string) => t(`payees:methods.${code}`, { defaultValue: code });
  const { statement, payout, settlements } = detail;
  if (payout.length === 0 && settlements.length === 0 && statement.toPay === null) return null;
  const paid = settlements.map((one): [string, ReactNode] => [
    t(`overview.${one.kind}`),
    <span key={one.at}>
      {amount(one.amount)} · <DateText at={one.at} /> · {one.reference}
    </span>,
  ]);
  return (
    <Card title={t("overview.payout")}>
      <Properties
        items={[
          ...payout.flatMap((one): [string, ReactNode][] => [
            [one.payee, one.method === null ? "–" : one.method.replace(/^\w+/, methodName)],
            ...(one.threshold === null
              ? []
              : [
                  [
                    t("overview.threshold"),
                    <span key="threshold">
                      {t(`overview.${one.threshold.kind}`)} <MoneyText money={one.threshold} />
                    </span>,
                  ] as [string, ReactNode],
                ]),
            ...(one.tax === null ? [] : [[t("overview.tax"), taxText(one.tax)] as [string, ReactNode]]),
            ...one.blocks.map((code): [string, ReactNode] => [t("overview.blocked"), t(`payees:blockTitle.${code}`)]),
          ]),
          ...paid,
          ...(statement.toPay === null ? [] : [[t("toPay"), amount(statement.toPay)] as [string, ReactNode]]),
        ]}
      />
    </Card>
  );
}

function Holds({ detail }: Part) {
  const { t } = useTranslation("money");
  const amount = useAmount(detail);
  if (detail.holds.length === 0) return null;
  return (
    <Card title={t("overview.holds")} flush>
      <PlainTable
        label={t("overview.holds")}
        rows={detail.holds}
        rowId={(row) => row.payableOn ?? ""}
        columns={[
          {
            id: "on",
            label: t("overview.payableOn"),
            cell: (row) => (row.payableOn === null ? t("overview.byHand") : <DayText day={row.payableOn} />),
            foot: t("total"),
          },
          { id: "lines", label: t("overview.lines"), align: "end", cell: (row) => row.lines },
          {
            id: "amount",
            label: t("amount"),
            align: "end",
            cell: (row) => amount(row.amount),
            foot: amount(sum(detail.holds.map((row) => row.amount))),
          },
        ]}
      />
    </Card>
  );
}

function Carries({ detail }: Part) {
  const { t } = useTranslation("money");
  if (detail.carries.length === 0) return null;
  return (
    <Card title={t("overview.carries")} flush>
      <PlainTable
        label={t("overview.carries")}
        rows={detail.carries}
        rowId={(row) => `${row.programId} ${row.component}`}
        columns={[
          { id: "component", label: t("component"), cell: (row) => row.component.replaceAll("_", " ") },
          { id: "in", label: t("overview.carryIn"), align: "end", cell: (row) => row.in },
          { id: "out", label: t("overview.carryOut"), align: "end", cell: (row) => row.out },
        ]}
      />
    </Card>
  );
}
