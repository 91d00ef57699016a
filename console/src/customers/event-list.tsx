import type { Event } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ListPage } from "../kit/list/list-page.tsx";
import { useProgramQuery } from "../session/session.tsx";
import { useEventColumns } from "./event-columns.tsx";
import { EventPreview } from "./event-preview.tsx";

const TYPES = [
  "registration",
  "kyc_passed",
  "deposit",
  "withdrawal",
  "trade",
  "activity",
  "sale",
  "refund",
  "chargeback",
] as const;
const FATES = ["accepted", "corrected", "reversed", "unattributed"] as const;

export function EventList() {
  const { t } = useTranslation("customers");
  return (
    <ListPage<Event>
      name="events"
      title={t("events")}
      resource="/events"
      fixed={useProgramQuery()}
      rowId={(one) => one.id}
      views={[
        { id: "all", label: t("views.all") },
        { id: "deposits", label: t("views.deposits"), filters: { type: "deposit" } },
        { id: "unattributed", label: t("views.unattributed"), filters: { fate: "unattributed" } },
      ]}
      filters={[
        {
          kind: "choice",
          field: "type",
          label: t("event"),
          several: true,
          options: TYPES.map((value) => ({ value, label: t(`types.${value}`) })),
        },
        {
          kind: "choice",
          field: "fate",
          label: t("fate"),
          several: true,
          options: FATES.map((value) => ({ value, label: t(`fates.${value}`) })),
        },
        {
          kind: "record",
          field: "partnerId",
          label: t("partner"),
          resource: "/partners",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "days", field: "occurred", label: t("at") },
      ]}
      search={t("searchEvents")}
      columns={useEventColumns({ withCustomer: true })}
      preview={(one) => <EventPreview event={one} />}
      empty={{ title: t("emptyEvents"), text: t("emptyEventsText") }}
      liveSeconds={10}
    />
  );
}
