import type { WebhookDelivery, WebhookDeliveryDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DeliveryList } from "../postbacks/delivery-list.tsx";

/** Everything that was sent to an endpoint, or is still to be. */
export function WebhookDeliveries({ endpointId }: { readonly endpointId: string }) {
  const { t } = useTranslation("webhooks");
  return (
    <DeliveryList<WebhookDelivery, WebhookDeliveryDetail>
      resource={`/webhooks/${endpointId}`}
      deliveries="/webhook-deliveries"
      subject={{ id: "type", label: t("type"), cell: (one) => one.type, text: (one) => one.type, phone: "title" }}
      writers="settings.write"
      refresh={["webhooks", "webhook-deliveries"]}
    />
  );
}
