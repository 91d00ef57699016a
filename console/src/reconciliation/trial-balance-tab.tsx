import { Button, Group, Select, TextInput } from "@mantine/core";
import type { LedgerBasis, TrialBalance } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { lastMonthEnd, today } from "./month-ends.ts";

const BASES = ["period", "booked", "occurred"] as const satisfies readonly LedgerBasis[];

/** Balances at any day by any of a booking's times; a kind of account opens to its owners. */
export function TrialBalanceTab() {
  const { t } = useTranslation("reconciliation");
  const [on, setOn] = useState(lastMonthEnd(today()));
  const [from, setFrom] = useState("");
  const [basis, setBasis] = useState<LedgerBasis>("period");
  const [kind, setKind] = useState<string | null>(null);
  const query = { on, basis, ...(from !== "" && { from }), ...(kind !== null && { kind }) };
  const balance = useRecord<TrialBalance>("/accounting/trial-balance", query, { enabled: on !== "" });
  return (
    <>
      <Group mb={12} align="flex-end">
        <TextInput
          type="date"
          label={t("from")}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput type="date" label={t("onDay")} value={on} onChange={(event) => setOn(event.currentTarget.value)} />
        <Select
          label={t("basis")}
          allowDeselect={false}
          data={BASES.map((value) => ({ value, label: t(`basisIs.${value}`) }))}
          value={basis}
          onChange={(value) => setBasis((value ?? "period") as LedgerBasis)}
        />
        {kind === null ? null : (
          <Button variant="default" onClick={() => setKind(null)}>
            {t("allKinds")}
          </Button>
        )}
      </Group>
      <Loaded query={balance}>
        {(answer) =>
          answer.rows.length === 0 ? (
            <EmptyState title={t("noBookings")} text={t("noBookingsText")} />
          ) : (
            answer.totals.map((total) => (
              <Currency
                key={total.currency}
                total={total}
                rows={answer.rows.filter((one) => one.currency === total.currency)}
                open={kind === null ? setKind : undefined}
              />
            ))
          )
        }
      </Loaded>
    </>
  );
}

interface CurrencyProps {
  readonly total: TrialBalance["totals"][number];
  readonly rows: TrialBalance["rows"];
  readonly open: ((kind: string) => void) | undefined;
}

function Currency({ total, rows, open }: CurrencyProps) {
  const { t } = useTranslation("reconciliation");
  const money = (minor: string) => <MoneyText money={{ minor, currency: total.currency }} signed />;
  const title = `${t("tabs.balance")} · ${total.currency}`;
  return (
    <Card title={title} flush>
      <PlainTable
        label={title}
        rows={rows}
        rowId={(one) => `${one.kind} ${one.owner}`}
        columns={[
          { id: "code", label: t("code"), cell: (one) => one.code ?? "–" },
          {
            id: "kind",
            label: t("account"),
            cell: (one) =>
              one.owner !== null && one.owner !== "operator" ? (
                <NameText id={one.owner} />
              ) : open === undefined ? (
                t(`accountKind.${one.kind}`)
              ) : (
                <Button variant="subtle" size="compact-sm" onClick={() => open(one.kind)}>
                  {t(`accountKind.${one.kind}`)}
                </Button>
              ),
            foot: t("total"),
          },
          { id: "opening", label: t("opening"), align: "end", cell: (one) => money(one.opening) },
          { id: "debit", label: t("debit"), align: "end", cell: (one) => money(one.debit), foot: money(total.debit) },
          {
            id: "credit",
            label: t("credit"),
            align: "end",
            cell: (one) => money(one.credit),
            foot: money(total.credit),
          },
          {
            id: "closing",
            label: t("closing"),
            align: "end",
            cell: (one) => money(one.closing),
            foot: money(total.closing),
          },
        ]}
      />
    </Card>
  );
}
