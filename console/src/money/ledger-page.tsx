import type { LedgerAccount, LedgerBalances } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import { useRecord } from "../api/records.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { AccountOwner } from "./account-text.tsx";
import { amountOf } from "./minor.ts";
import { TransferPanel } from "./transfer-panel.tsx";

type Balances = z.infer<typeof LedgerBalances>;

/** The books: trial balance, accounts, bookings. */
export function LedgerPage() {
  const { t } = useTranslation("money");
  return (
    <RecordPage
      title={t("ledger")}
      subtitle={t("ledgerText")}
      tabs={[
        { id: "balance", label: t("tabs.trialBalance"), content: () => <TrialBalance /> },
        { id: "accounts", label: t("tabs.accounts"), content: () => <Accounts /> },
        { id: "transfers", label: t("transfers"), content: () => <TransferPanel /> },
      ]}
    />
  );
}

function TrialBalance() {
  const { t } = useTranslation("money");
  const balances = useRecord<Balances>("/ledger/balances");
  return (
    <Loaded query={balances}>
      {(answer) => {
        const currencies = [...Map.groupBy(answer.data, (one) => one.currency)];
        if (currencies.length === 0) return <EmptyState title={t("emptyTransfers")} text={t("emptyTransfersText")} />;
        return currencies.map(([currency, rows]) => (
          <BalanceOfCurrency key={currency} currency={currency} rows={rows} />
        ));
      }}
    </Loaded>
  );
}

interface BalanceOfCurrencyProps {
  readonly currency: string;
  readonly rows: Balances["data"];
}

/** Debits and credits of a currency; that they come to nothing is the point of the books. */
function BalanceOfCurrency({ currency, rows }: BalanceOfCurrencyProps) {
  const { t } = useTranslation("money");
  const title = `${t("tabs.trialBalance")} · ${currency}`;
  const sum = rows.reduce((total, one) => total + BigInt(one.balance), 0n);
  return (
    <Card title={title} flush>
      <PlainTable
        label={title}
        rows={rows}
        rowId={(one) => one.kind}
        columns={[
          { id: "kind", label: t("account"), cell: (one) => t(`account_kind.${one.kind}`), foot: t("total") },
          { id: "accounts", label: t("accountCount"), align: "end", cell: (one) => one.accounts },
          {
            id: "balance",
            label: t("balance"),
            align: "end",
            cell: (one) => <MoneyText money={amountOf(one, one.balance)} signed />,
            foot: <MoneyText money={{ minor: String(sum), currency }} signed />,
          },
        ]}
      />
    </Card>
  );
}

function Accounts() {
  const { t } = useTranslation("money");
  return (
    <ListPanel<LedgerAccount>
      embedded
      name="accounts"
      title={t("tabs.accounts")}
      resource="/ledger/accounts"
      rowId={(one) => one.id}
      columns={[
        {
          id: "kind",
          label: t("account"),
          cell: (one) => t(`account_kind.${one.kind}`),
          text: (one) => one.kind,
          phone: "title",
        },
        {
          id: "owner",
          label: t("accountOwner"),
          cell: (one) => <AccountOwner owner={one.owner} />,
          text: (one) => one.owner,
          width: 240,
          phone: "line",
        },
        {
          id: "balance",
          label: t("balance"),
          cell: (one) => <MoneyText money={amountOf(one, one.balance)} signed />,
          text: (one) => one.balance,
          width: 180,
          align: "end",
          phone: "value",
        },
      ]}
      empty={{ title: t("emptyTransfers"), text: t("emptyTransfersText") }}
    />
  );
}
