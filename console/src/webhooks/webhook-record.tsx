import type { WebhookEndpoint } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { AgoText, DateText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useHistory } from "../session/history.ts";
import { WebhookActions } from "./webhook-actions.tsx";
import { CataloguePanel } from "./webhook-catalogue.tsx";
import { WebhookDeliveries } from "./webhook-deliveries.tsx";

/** One endpoint: what it listens to, what was sent, and by hand a test, a new secret, a replay. */
export function WebhookRecord() {
  const { t } = useTranslation("webhooks");
  const id = useParam("id");
  const endpoint = useRecord<WebhookEndpoint>(`/webhooks/${id}`, {}, { liveSeconds: 10 });
  const timeline = useHistory("webhook", id);
  return (
    <Loaded query={endpoint}>
      {(one) => (
        <RecordPage
          title={one.name || t("endpoint")}
          parent={{ label: t("title"), to: "/webhooks" }}
          badge={<StatusBadge state={one.status} label={t(`state.${one.status}`)} />}
          actions={<WebhookActions endpoint={one} />}
          next={
            one.dead > 0
              ? { title: t("next.dead", { count: one.dead }), text: t("next.deadText"), tone: "bad" }
              : undefined
          }
          facts={[
            { label: t("types"), value: one.types.length === 0 ? t("allTypes") : one.types.join(", ") },
            { label: t("lastDelivered"), value: <AgoText at={one.lastDeliveredAt} /> },
            { label: t("secretSince"), value: <DateText at={one.secretSince} /> },
            { label: t("url"), value: <CopyText text={one.url} /> },
          ]}
          tabs={[
            { id: "deliveries", label: t("deliveries"), content: () => <WebhookDeliveries endpointId={id} /> },
            { id: "catalogue", label: t("catalogue"), content: () => <CataloguePanel types={one.types} /> },
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}
