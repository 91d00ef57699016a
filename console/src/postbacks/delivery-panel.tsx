import { Button } from "@mantine/core";
import type { Delivery, DeliveryDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { AgoText, DateText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { AttemptLog } from "./attempt-log.tsx";

const TONES = { waiting: "warn" } as const;

/** Every call that went out for a postback, or tried to. */
export function DeliveryPanel({ postbackId }: { readonly postbackId: string }) {
  const { t } = useTranslation("postbacks");
  return (
    <ListPanel<Delivery>
      embedded
      name="deliveries"
      title={t("deliveries")}
      resource={`/postbacks/${postbackId}/deliveries`}
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
      columns={useDeliveryColumns()}
      preview={(one) => <DeliveryLog id={one.id} />}
      empty={{ title: t("emptyDeliveries"), text: t("emptyDeliveriesText") }}
      liveSeconds={5}
    />
  );
}

function useDeliveryColumns(): readonly Column<Delivery>[] {
  const { t } = useTranslation("postbacks");
  return [
    {
      id: "occasion",
      label: t("occasions"),
      cell: (one) => t(`occasion.${one.occasion}`, { defaultValue: one.occasion }),
      text: (one) => one.occasion,
      phone: "title",
    },
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
      width: 100,
      align: "end",
    },
    {
      id: "answer",
      label: t("answer"),
      cell: (one) => one.lastStatus ?? one.lastError ?? "–",
      text: (one) => one.lastStatus ?? one.lastError,
      width: 220,
      phone: "line",
    },
    {
      id: "next",
      label: t("nextAttempt"),
      cell: (one) => <AgoText at={one.nextAt} />,
      text: (one) => one.nextAt,
      width: 150,
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
  const { t } = useTranslation("postbacks");
  const { can } = useSession();
  const delivery = useRecord<DeliveryDetail>(`/deliveries/${id}`);
  const resend = useChange({ send: () => api.post(`/deliveries/${id}/resend`), refresh: ["postbacks", "deliveries"] });
  return (
    <Loaded query={delivery}>
      {(one) => (
        <>
          {can("postbacks.write") ? (
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
          <Card title={t("values")}>
            <Properties items={Object.entries(one.values).filter(([, value]) => value !== "")} />
          </Card>
        </>
      )}
    </Loaded>
  );
}
