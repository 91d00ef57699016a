import type { Customer } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { AttributionPanel } from "../customers/attribution-panel.tsx";
import { CustomerLines } from "../customers/customer-lines.tsx";
import { EventPanel } from "../customers/event-panel.tsx";
import { DateText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";

export function OwnCustomer() {
  const { t } = useTranslation("portal");
  const id = useParam("id");
  const customer = useRecord<Customer>(`/customers/${id}`);
  return (
    <Loaded query={customer}>
      {(one) => (
        <RecordPage
          title={one.customerRef}
          parent={{ label: t("customers"), to: "/customers" }}
          facts={[
            { label: t("registered"), value: <DateText at={one.registeredAt} /> },
            { label: t("firstDepositOn"), value: <DateText at={one.firstDepositAt} /> },
            {
              label: t("firstDeposit"),
              value: one.firstDeposit === null ? "–" : <MoneyText money={one.firstDeposit} />,
            },
          ]}
          tabs={[
            { id: "events", label: t("events"), content: () => <EventPanel fixed={{ customerId: id }} /> },
            { id: "attribution", label: t("attribution"), content: () => <AttributionPanel id={id} /> },
            { id: "commission", label: t("commission"), content: () => <CustomerLines customerId={id} /> },
          ]}
        />
      )}
    </Loaded>
  );
}
