import { Button } from "@mantine/core";
import type { WebhookDelivery, WebhookDeliveryDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { AgoText, DateText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { AttemptLog } from "../postbacks/attempt-log.tsx";
import { useSession } from "../session/session.tsx";

const TONES = { waiting: "warn" } as const;

/** Everything that was sent to an endpoint, or is still to be. */
export function WebhookDeliveries({ endpointId }: { readonly endpointId: string }) {
  const { t } = useTranslation("webhooks");
  return (
    <ListPanel<WebhookDelivery>
      embedded
      name="webhook-deliveries"
      title={t("deliveries")}
      resource={`/webhooks/${endpointId}/deliveries`}
      rowId={(one) => one.id}
      filters={[
        {
          kind: "choice",
          field: "state",
          label: t("status"),
          several: true,
          options: (["waiting", "delivered", "dead"] as const).map((value) => ({
            value,
            label: t(`deliveryState.${value}`),
          })),
        },
      ]}
      columns={useColumns()}
      preview={(one) => <DeliveryLog id={one.id} />}
      empty={{ title: t("emptyDeliveries"), text: t("emptyDeliveriesText") }}
      liveSeconds={5}
    />
  );
}

function useColumns(): readonly Column<WebhookDelivery>[] {
  const { t } = useTranslation("webhooks");
  return [
    { id: "type", label: t("type"), cell: (one) => one.type, text: (one) => one.type, phone: "title" },
    {
      id: "state",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.state} label={t(`deliveryState.${one.state}`)} tones={TONES} />,
      text: (one) => one.state,
      width: 120,
      phone: "value",
    },
    {
      id: "attempts",
      label: t("attempts"),
      cell: (one) => one.attempts,
      text: (one) => one.attempts,
      width: 90,
      align: "end",
    },
    {
      id: "answer",
      label: t("answer"),
      cell: (one) => one.lastStatus ?? one.lastError ?? "–",
      text: (one) => one.lastStatus ?? one.lastError,
      width: 150,
      phone: "line",
    },
    {
      id: "next",
      label: t("nextAttempt"),
      cell: (one) => <AgoText at={one.nextAt} />,
      text: (one) => one.nextAt,
      width: 110,
      align: "end",
    },
    {
      id: "created",
      label: t("queued"),
      cell: (one) => <DateText at={one.createdAt} />,
      text: (one) => one.createdAt,
      width: 160,
      align: "end",
    },
  ];
}

function DeliveryLog({ id }: { readonly id: string }) {
  const { t } = useTranslation("webhooks");
  const { can } = useSession();
  const delivery = useRecord<WebhookDeliveryDetail>(`/webhook-deliveries/${id}`);
  const resend = useChange({
    send: () => api.post(`/webhook-deliveries/${id}/resend`),
    refresh: ["webhooks", "webhook-deliveries"],
  });
  return (
    <Loaded query={delivery}>
      {(one) => (
        <>
          {can("settings.write") ? (
            <Button
              size="compact-sm"
              variant="default"
              loading={resend.isPending}
              onClick={() => resend.mutate(undefined)}
            >
              {t("resend")}
            </Button>
          ) : null}
          <AttemptLog log={one.log} />
        </>
      )}
    </Loaded>
  );
}
