import { Group, TextInput } from "@mantine/core";
import type { AccrualDifferencePage, AccrualRow, AccrualTotals } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { AgoText, DayText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { Go } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { lastMonthEnd, today } from "./month-ends.ts";

type Difference = z.infer<typeof AccrualDifferencePage>["data"][number];

/** What was owed on a day: as it was known then, as it is known now, and what makes the difference. */
export function AccrualTab() {
  const { t } = useTranslation("reconciliation");
  const [on, setOn] = useState(lastMonthEnd(today()));
  const [known, setKnown] = useState(on);
  const query = { on, known };
  const totals = useRecord<AccrualTotals>("/accounting/accrual-totals", query, { enabled: on !== "" && known !== "" });
  return (
    <>
      <Group mb={12} align="flex-end">
        <TextInput type="date" label={t("owedOn")} value={on} onChange={(event) => setOn(event.currentTarget.value)} />
        <TextInput
          type="date"
          label={t("asKnownOn")}
          value={known}
          onChange={(event) => setKnown(event.currentTarget.value)}
        />
      </Group>
      <Loaded query={totals}>
        {(answer) =>
          answer.totals.length === 0 ? (
            <EmptyState title={t("nothingOwed")} text={t("nothingOwedText")} />
          ) : (
            answer.totals.map((one) => <Currency key={one.currency} one={one} />)
          )
        }
      </Loaded>
      <Partners query={query} />
      <Differences query={query} />
    </>
  );
}

/** From what was known then to what is known now, by what was booked since. */
function Currency({ one }: { readonly one: AccrualTotals["totals"][number] }) {
  const { t } = useTranslation("reconciliation");
  const money = (minor: string) => <MoneyText money={{ minor, currency: one.currency }} signed />;
  const lines = [
    { id: "then", label: t("knownThen"), amount: one.knownThen, transfers: null },
    ...one.byRecipe.map((row) => ({ id: row.recipe, label: t(`recipe.${row.recipe}`), ...row })),
  ];
  return (
    <Card title={`${t("tabs.accrual")} · ${one.currency}`} flush>
      <PlainTable
        label={`${t("tabs.accrual")} ${one.currency}`}
        rows={lines}
        rowId={(line) => line.id}
        columns={[
          { id: "label", label: t("bookedSince"), cell: (line) => line.label, foot: t("knownNow") },
          { id: "transfers", label: t("bookings"), align: "end", cell: (line) => line.transfers ?? "–", foot: "" },
          {
            id: "amount",
            label: t("amount"),
            align: "end",
            cell: (line) => money(line.amount),
            foot: money(one.knownNow),
          },
        ]}
      />
    </Card>
  );
}

interface Asked {
  readonly query: { readonly on: string; readonly known: string };
}

function Partners({ query }: Asked) {
  const { t } = useTranslation("reconciliation");
  return (
    <ListPanel<AccrualRow>
      embedded
      name="accruals"
      title={t("byPartner")}
      resource="/accounting/accruals"
      fixed={query}
      rowId={(one) => `${one.partnerId} ${one.currency}`}
      filters={[
        { kind: "choice", field: "changed", label: t("changed"), options: [{ value: "yes", label: t("onlyChanged") }] },
      ]}
      columns={usePartnerColumns()}
      empty={{ title: t("nothingOwed"), text: t("nothingOwedText") }}
    />
  );
}

function Differences({ query }: Asked) {
  const { t } = useTranslation("reconciliation");
  return (
    <ListPanel<Difference>
      embedded
      name="accrual-differences"
      title={t("whatWasBookedSince")}
      resource="/accounting/accrual-differences"
      fixed={query}
      rowId={(one) => `${one.sourceKey} ${one.recipe} ${one.partnerId} ${one.currency}`}
      columns={[
        {
          id: "key",
          label: t("key"),
          cell: (one) => (
            <Go to={`/ledger?tab=transfers&sourceKey=${encodeURIComponent(one.sourceKey)}`}>
              <SourceText sourceKey={one.sourceKey} />
            </Go>
          ),
          text: (one) => one.sourceKey,
          phone: "title",
        },
        {
          id: "recipe",
          label: t("booking"),
          cell: (one) => t(`recipe.${one.recipe}`),
          text: (one) => one.recipe,
          width: 150,
          phone: "line",
        },
        {
          id: "partner",
          label: t("partner"),
          cell: (one) => <NameText id={one.partnerId} />,
          text: (one) => one.partnerId,
          width: 170,
        },
        {
          id: "occurred",
          label: t("occurredOn"),
          cell: (one) => <DayText day={one.occurredOn} />,
          text: (one) => one.occurredOn,
          width: 120,
        },
        {
          id: "booked",
          label: t("bookedAt"),
          cell: (one) => <AgoText at={one.bookedAt} />,
          text: (one) => one.bookedAt,
          width: 140,
        },
        {
          id: "amount",
          label: t("amount"),
          cell: (one) => <MoneyText money={{ minor: one.amount, currency: one.currency }} signed />,
          text: (one) => one.amount,
          align: "end",
          width: 140,
          phone: "value",
        },
      ]}
      empty={{ title: t("nothingSince"), text: t("nothingSinceText") }}
    />
  );
}

function usePartnerColumns(): readonly Column<AccrualRow>[] {
  const { t } = useTranslation("reconciliation");
  const money = (minor: string, one: AccrualRow) => <MoneyText money={{ minor, currency: one.currency }} signed />;
  return [
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
      text: (one) => one.partnerId,
      phone: "title",
    },
    { id: "currency", label: t("currency"), cell: (one) => one.currency, text: (one) => one.currency, width: 90 },
    {
      id: "payable",
      label: t("payable"),
      cell: (one) => money(one.payableThen, one),
      text: (one) => one.payableThen,
      align: "end",
      width: 130,
    },
    {
      id: "heldThen",
      label: t("heldBack"),
      cell: (one) => money(one.heldThen, one),
      text: (one) => one.heldThen,
      align: "end",
      width: 130,
    },
    {
      id: "then",
      label: t("knownThen"),
      cell: (one) => money(one.knownThen, one),
      text: (one) => one.knownThen,
      align: "end",
      width: 140,
      phone: "line",
    },
    {
      id: "now",
      label: t("knownNow"),
      cell: (one) => money(one.knownNow, one),
      text: (one) => one.knownNow,
      align: "end",
      width: 140,
      phone: "value",
    },
    {
      id: "difference",
      label: t("difference"),
      cell: (one) => money(one.difference, one),
      text: (one) => one.difference,
      align: "end",
      width: 130,
    },
    {
      id: "later",
      label: t("laterBookings"),
      cell: (one) => one.later,
      text: (one) => one.later,
      align: "end",
      width: 110,
    },
  ];
}

/** What was booked: of a commission line its component and month (`agv_…:net_share:customer:…:2026-10`), of everything else the key. */
function SourceText({ sourceKey }: { readonly sourceKey: string }) {
  const format = useFormat();
  const [version = "", component, ...rest] = sourceKey.split(":");
  const month = rest.at(-1) ?? "";
  if (!version.startsWith("agv_") || component === undefined || !/^\d{4}-\d\d$/.test(month)) return sourceKey;
  return `${component.replaceAll("_", " ")} · ${format.day(month)}`;
}
