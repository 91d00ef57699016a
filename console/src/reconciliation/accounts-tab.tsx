import { Button } from "@mantine/core";
import { type BankAccount, NewBankAccount } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { DayText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { useSession } from "../session/session.tsx";

const REFRESH = ["reconciliation", "audit"];

/** The accounts: how far their statements reach, what is open, from which score on no person is asked. */
export function AccountsTab({ accounts }: { readonly accounts: readonly BankAccount[] }) {
  const { t } = useTranslation("reconciliation");
  const { can } = useSession();
  const [changed, setChanged] = useState<BankAccount | "new" | null>(null);
  const write = can("reconciliation.write");
  const money = (minor: string | null | undefined, one: BankAccount) => (
    <MoneyText money={minor == null ? null : { minor, currency: one.currency }} signed />
  );
  return (
    <Card
      title={t("tabs.accounts")}
      flush
      actions={
        write ? (
          <Button size="compact-sm" variant="default" onClick={() => setChanged("new")}>
            {t("newAccount")}
          </Button>
        ) : undefined
      }
    >
      <PlainTable
        label={t("tabs.accounts")}
        rows={accounts}
        rowId={(one) => one.id}
        empty={<p style={{ padding: 14, margin: 0 }}>{t("noAccounts")}</p>}
        columns={[
          { id: "name", label: t("account"), cell: (one) => one.name },
          { id: "iban", label: t("iban"), cell: (one) => one.iban ?? one.number ?? "–" },
          { id: "until", label: t("lastStatement"), cell: (one) => <DayText day={one.lastStatement?.until ?? null} /> },
          { id: "closing", label: t("closing"), align: "end", cell: (one) => money(one.lastStatement?.closing, one) },
          { id: "held", label: t("held"), align: "end", cell: (one) => one.held },
          { id: "open", label: t("openEntries"), align: "end", cell: (one) => one.open },
          { id: "openSum", label: t("openSum"), align: "end", cell: (one) => money(one.openMinor, one) },
          { id: "booked", label: t("bookedSum"), align: "end", cell: (one) => money(one.bookedMinor, one) },
          ...(write
            ? [
                {
                  id: "change",
                  label: t("change"),
                  align: "end" as const,
                  cell: (one: BankAccount) => (
                    <Button size="compact-xs" variant="default" onClick={() => setChanged(one)}>
                      {t("change")}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {changed === null || changed === "new" ? null : (
        <ChangeDialog account={changed} onClose={() => setChanged(null)} />
      )}
      {changed === "new" ? <NewDialog onClose={() => setChanged(null)} /> : null}
    </Card>
  );
}

const Draft = z.object({
  revision: z.int(),
  name: z.string().trim().min(1).max(120),
  autoScore: z.coerce.number().int().min(60).max(100),
  fee: z.object({ minor: z.string(), currency: z.string() }).nullable(),
});

function ChangeDialog({ account, onClose }: { readonly account: BankAccount; readonly onClose: () => void }) {
  const { t } = useTranslation("reconciliation");
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={account.name}
      submit={t("save")}
      schema={Draft}
      initial={{
        revision: account.revision,
        name: account.name,
        autoScore: account.autoScore,
        fee: { minor: account.feeMinor, currency: account.currency },
      }}
      fields={[
        { kind: "text", name: "name", label: t("name"), required: true },
        { kind: "integer", name: "autoScore", label: t("autoScore"), hint: t("autoScoreHint"), half: true },
        {
          kind: "money",
          name: "fee",
          label: t("bankMayKeep"),
          hint: t("bankMayKeepHint"),
          currency: account.currency,
          half: true,
        },
      ]}
      send={({ revision, name, autoScore, fee }) =>
        api.patch<BankAccount>(`/reconciliation/bank-accounts/${account.id}`, {
          revision,
          name,
          autoScore: Number(autoScore),
          feeMinor: fee?.minor ?? "0",
        })
      }
      done={() => undefined}
      refresh={REFRESH}
    />
  );
}

function NewDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("reconciliation");
  return (
    <FormDialog<z.input<typeof NewBankAccount>, BankAccount>
      opened
      onClose={onClose}
      title={t("newAccount")}
      submit={t("save")}
      schema={NewBankAccount}
      initial={{ name: "", iban: "", currency: "EUR" }}
      fields={[
        { kind: "note", name: "note", label: "", content: t("newAccountText") },
        { kind: "text", name: "name", label: t("name"), required: true },
        { kind: "text", name: "iban", label: t("iban"), required: true, half: true },
        { kind: "text", name: "currency", label: t("currency"), required: true, half: true },
      ]}
      send={(values) => api.post<BankAccount>("/reconciliation/bank-accounts", values)}
      done={() => undefined}
      refresh={REFRESH}
    />
  );
}
