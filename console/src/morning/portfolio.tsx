import { Button, Group } from "@mantine/core";
import type { Portfolio } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { currencyDigits } from "../i18n/format.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useAddress } from "../kit/address.ts";
import { ChoiceMenu } from "../kit/choice-menu.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { say } from "../kit/notices.ts";
import { Page } from "../kit/page.tsx";
import { Card, Figure, Figures } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { PlanImport } from "./plan-import.tsx";
import { type Typed, useColumns } from "./portfolio-columns.tsx";
import { PortfolioExport } from "./portfolio-export.tsx";

const MONTHS_BACK = 5;

/** Plan against actual: where a month stands, and where it goes when it goes on as it does. */
export function PortfolioPage() {
  const { t } = useTranslation("morning");
  const { can } = useSession();
  const [address, change] = useAddress();
  const { by = "partner", whose = "mine", month = new Date().toISOString().slice(0, 7) } = address;
  const [editing, setEditing] = useState(false);
  const [importing, setImporting] = useState(false);
  const portfolio = useRecord<Portfolio>("/portfolio", { month, by, whose });
  const choices = (name: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`${name}.${value}`) }));
  const actions = (
    <Group gap="xs">
      <ChoiceMenu
        label={t("month")}
        value={month}
        choices={useMonths()}
        onChange={(value) => change({ month: value })}
      />
      <ChoiceMenu
        label={t("by")}
        value={by}
        choices={choices("byWhat", ["partner", "owner", "region"])}
        onChange={(value) => change({ by: value })}
      />
      <ChoiceMenu
        label={t("whose")}
        value={whose}
        choices={choices("whoseIs", ["mine", "all"])}
        onChange={(value) => change({ whose: value })}
      />
      {portfolio.data === undefined ? null : <PortfolioExport portfolio={portfolio.data} />}
      {can("partners.write") ? (
        <>
          <Button variant="default" size="compact-sm" onClick={() => setImporting(true)}>
            {t("importPlans")}
          </Button>
          <Button size="compact-sm" disabled={by === "region"} onClick={() => setEditing(!editing)}>
            {t(editing ? "stopPlanning" : "plan")}
          </Button>
        </>
      ) : null}
    </Group>
  );
  return (
    <Page title={t("portfolio")} subtitle={t("portfolioText")} actions={actions}>
      <Loaded query={portfolio}>
        {(one) => (
          <>
            <Totals portfolio={one} />
            <Rows
              key={`${one.month} ${one.by} ${editing}`}
              portfolio={one}
              editing={editing}
              onSaved={() => setEditing(false)}
              onAll={whose === "mine" ? () => change({ whose: "all" }) : undefined}
            />
          </>
        )}
      </Loaded>
      <PlanImport opened={importing} onClose={() => setImporting(false)} />
    </Page>
  );
}

function useMonths() {
  const { language } = useFormat();
  const name = new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" });
  const now = new Date();
  return Array.from({ length: MONTHS_BACK + 3 }, (_, index) => {
    const at = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2 - index, 1));
    return { value: at.toISOString().slice(0, 7), label: name.format(at) };
  });
}

function Totals({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation("morning");
  const format = useFormat();
  const { total, method, currency } = portfolio;
  const said = (plan: string | null) => (plan === null ? t("noPlan") : t("ofPlan", { plan }));
  const amount = (minor: string | null) => (minor === null ? null : format.money({ minor, currency }));
  const how = t(`method.${method.name}`, {
    done: format.number(method.done),
    of: format.number(method.of),
    factor: format.number(method.factor, { maximumFractionDigits: 2 }),
  });
  return (
    <Figures>
      <Figure
        label={t("ftdsLabel")}
        value={format.number(total.actual.ftds ?? 0)}
        compare={said(total.plan.ftds === null ? null : format.number(total.plan.ftds))}
      />
      <Figure
        label={t("forecast")}
        value={total.forecast.ftds === null ? "–" : format.number(total.forecast.ftds)}
        compare={method.factor === 0 ? t("tooEarly") : how}
      />
      <Figure
        label={t("revenue")}
        value={amount(total.actual.revenueMinor) ?? "–"}
        compare={said(amount(total.plan.revenueMinor))}
      />
      <Figure
        label={t("commission")}
        value={amount(total.actual.commissionMinor) ?? "–"}
        compare={said(amount(total.plan.commissionMinor))}
      />
    </Figures>
  );
}

interface RowsProps {
  readonly portfolio: Portfolio;
  readonly editing: boolean;
  readonly onSaved: () => void;
  /** Shows everybody's; undefined when they are shown. */
  readonly onAll: (() => void) | undefined;
}

function Rows({ portfolio, editing, onSaved, onAll }: RowsProps) {
  const { t } = useTranslation("morning");
  const [typed, setTyped] = useState<Typed>({});
  const save = useSave(portfolio, onSaved);
  const columns = useColumns(portfolio, editing, typed, setTyped);
  const count = Object.keys(typed).length;
  return (
    <Card
      title={t("rows", { count: portfolio.rows.length })}
      flush
      actions={
        editing ? (
          <Button size="compact-sm" disabled={count === 0} loading={save.isPending} onClick={() => save.mutate(typed)}>
            {t("savePlans", { count })}
          </Button>
        ) : undefined
      }
    >
      <PlainTable
        dense
        label={t("portfolio")}
        rows={portfolio.rows}
        rowId={(row) => row.id ?? "-"}
        columns={columns}
        empty={
          <EmptyState
            title={t("noRows")}
            text={t("noRowsText")}
            action={
              onAll === undefined ? undefined : (
                <Button variant="default" onClick={onAll}>
                  {t("showEverybodys")}
                </Button>
              )
            }
          />
        }
      />
    </Card>
  );
}

function useSave(portfolio: Portfolio, onSaved: () => void) {
  const { t } = useTranslation("morning");
  return useChange<Typed, { saved: number }>({
    send: (typed) => {
      const minor = (value: number | null | undefined, before: string | null) =>
        value === undefined
          ? before
          : value === null
            ? null
            : String(Math.round(value * 10 ** currencyDigits(portfolio.currency)));
      const rows = Object.entries(typed).map(([subjectId, one]) => {
        const before = portfolio.rows.find((row) => row.id === subjectId)?.plan;
        return {
          subjectKind: portfolio.by === "owner" ? "owner" : "partner",
          subjectId,
          ftds: one.ftds === undefined ? (before?.ftds ?? null) : one.ftds,
          revenueMinor: minor(one.revenue, before?.revenueMinor ?? null),
          commissionMinor: minor(one.commission, before?.commissionMinor ?? null),
        };
      });
      return api.put("/portfolio/plans", { month: portfolio.month, rows });
    },
    refresh: ["portfolio"],
    done: ({ saved }) => {
      say(t("plansSaved", { count: saved }));
      onSaved();
    },
  });
}
