import { useTranslation } from "react-i18next";
import { RecordPage } from "../kit/record/record-page.tsx";
import { AccrualTab } from "./accrual-tab.tsx";
import { CodesTab } from "./codes-tab.tsx";
import { ExportsTab } from "./exports-tab.tsx";
import { TrialBalanceTab } from "./trial-balance-tab.tsx";

/** The ledger on its way to accounting. */
export function AccountingPage() {
  const { t } = useTranslation("reconciliation");
  return (
    <RecordPage
      title={t("accounting")}
      subtitle={t("accountingText")}
      tabs={[
        { id: "accrual", label: t("tabs.accrual"), content: () => <AccrualTab /> },
        { id: "balance", label: t("tabs.balance"), content: () => <TrialBalanceTab /> },
        { id: "exports", label: t("tabs.exports"), content: () => <ExportsTab /> },
        { id: "codes", label: t("tabs.codes"), content: () => <CodesTab /> },
      ]}
    />
  );
}
