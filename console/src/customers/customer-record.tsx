import { Button } from "@mantine/core";
import type { Customer } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { DateText, DayText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { MoneyText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";
import { AttributionPanel } from "./attribution-panel.tsx";
import { AttributionBadge } from "./customer-columns.tsx";
import { CustomerLines } from "./customer-lines.tsx";
import { EventPanel } from "./event-panel.tsx";
import { ManualAttributionForm } from "./manual-attribution-form.tsx";

export function CustomerRecord() {
  const { t } = useTranslation("customers");
  const id = useParam("id");
  const customer = useRecord<Customer>(`/customers/${id}`);
  return (
    <Loaded query={customer}>
      {(one) => (
        <RecordPage
          title={one.customerRef}
          parent={{ label: t("title"), to: "/customers" }}
          badge={<AttributionBadge status={one.status} />}
          actions={<Reassign customer={one} />}
          next={
            one.status === "unattributed"
              ? { title: t("next.unattributed"), text: t("next.unattributedText"), tone: "warn" }
              : undefined
          }
          facts={[
            { label: t("partner"), value: <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} /> },
            { label: t("program"), value: <NameText id={one.programId} to={`/programs/${one.programId}`} /> },
            { label: t("milestone.registeredAt"), value: <DateText at={one.registeredAt} /> },
            {
              label: t("firstDeposit"),
              value: one.firstDeposit === null ? "–" : <MoneyText money={one.firstDeposit} />,
            },
            {
              label: t("ownedUntil"),
              value: one.ownedUntil === null ? t("forLife") : <DayText day={one.ownedUntil} />,
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

function Reassign({ customer }: { readonly customer: Customer }) {
  const { t } = useTranslation("customers");
  const { can } = useSession();
  const [opened, setOpened] = useState(false);
  if (!can("customers.write")) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t("reassign")}
      </Button>
      <ManualAttributionForm customer={customer} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
