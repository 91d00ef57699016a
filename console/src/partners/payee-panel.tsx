import type { PayeeSummary } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { usePayeeColumns } from "../payees/payee-list.tsx";

/** Who is paid for the partner, how, and why somebody cannot be. */
export function PayeePanel({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("partners");
  return (
    <ListPanel<PayeeSummary>
      embedded
      name="partner-payees"
      title={t("tabs.payees")}
      resource="/payees"
      fixed={{ partnerId }}
      rowId={(one) => one.id}
      open={(one) => `/payees/${one.id}`}
      columns={usePayeeColumns(true)}
      empty={{ title: t("noPayee"), text: t("noPayeeText") }}
    />
  );
}
