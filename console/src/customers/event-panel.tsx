import type { Event } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { useEventColumns } from "./event-columns.tsx";
import { EventPreview } from "./event-preview.tsx";

export function EventPanel({ fixed }: { readonly fixed: Readonly<Record<string, string>> }) {
  const { t } = useTranslation("customers");
  return (
    <ListPanel<Event>
      embedded
      name="events-of-record"
      title={t("events")}
      resource="/events"
      fixed={fixed}
      rowId={(one) => one.id}
      columns={useEventColumns({ withCustomer: false })}
      preview={(one) => <EventPreview event={one} />}
      empty={{ title: t("emptyEvents"), text: t("emptyEventsText") }}
    />
  );
}
