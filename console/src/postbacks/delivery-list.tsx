import { Button } from "@mantine/core";
import type { DeliveryAttempt, DeliveryProgress } from "@tributary/contract";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { AgoText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { AttemptLog } from "./attempt-log.tsx";

const TONES = { waiting: "warn" } as const;
const STATES = ["waiting", "delivered", "dead"] as const;

type Row = DeliveryProgress & { readonly id: string };
type Detail = { readonly log: readonly DeliveryAttempt[] };

/** Every call that went out to one receiver, or is still to: a partner's postback or a webhook of the operator. */
export function DeliveryList<T extends Row, D extends Detail>(props: {
  /** of the receiver */
  readonly resource: string;
  /** of one delivery, without its id */
  readonly deliveries: string;
  /** what of the delivery says what is told */
  readonly subject: Column<T>;
  readonly writers: string;
  readonly refresh: readonly string[];
  readonly more?: (delivery: D) => ReactNode;
}) {
  const { t } = useTranslation("postbacks");
  return (
    <ListPanel<T>
      embedded
      name={props.deliveries.slice(1)}
      title={t("deliveries")}
      resource={`${props.resource}/deliveries`}
      rowId={(one) => one.id}
      filters={[
        {
          kind: "choice",
          field: "state",
          label: t("status"),
          several: true,
          options: STATES.map((value) => ({ value, label: t(`deliveryState.${value}`) })),
        },
      ]}
      columns={[props.subject, ...useProgressColumns()]}
      preview={(one) => (
        <DeliveryLog<D>
          address={`${props.deliveries}/${one.id}`}
          writers={props.writers}
          refresh={props.refresh}
          more={props.more}
        />
      )}
      empty={{ title: t("emptyDeliveries"), text: t("emptyDeliveriesText") }}
      liveSeconds={5}
    />
  );
}

function useProgressColumns(): readonly Column<Row>[] {
  const { t } = useTranslation("postbacks");
  return [
    {
      id: "state",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.state} label={t(`deliveryState.${one.state}`)} tones={TONES} />,
      text: (one) => one.state,
      width: 110,
      phone: "value",
    },
    {
      id: "attempts",
      label: t("attempts"),
      cell: (one) => one.attempts,
      text: (one) => one.attempts,
      width: 85,
      align: "end",
    },
    {
      id: "answer",
      label: t("answer"),
      cell: (one) => one.lastStatus ?? one.lastError ?? "–",
      text: (one) => one.lastStatus ?? one.lastError,
      width: 170,
      phone: "line",
    },
    {
      id: "next",
      label: t("nextAttempt"),
      cell: (one) => <AgoText at={one.nextAt} />,
      text: (one) => one.nextAt,
      width: 120,
      align: "end",
    },
    {
      id: "created",
      label: t("queued"),
      cell: (one) => <AgoText at={one.createdAt} />,
      text: (one) => one.createdAt,
      width: 120,
      align: "end",
    },
  ];
}

function DeliveryLog<D extends Detail>(props: {
  readonly address: string;
  readonly writers: string;
  readonly refresh: readonly string[];
  readonly more: ((delivery: D) => ReactNode) | undefined;
}) {
  const { t } = useTranslation("postbacks");
  const { can } = useSession();
  const delivery = useRecord<D>(props.address);
  const resend = useChange({ send: () => api.post(`${props.address}/resend`), refresh: props.refresh });
  return (
    <Loaded query={delivery}>
      {(one) => (
        <>
          {can(props.writers) ? (
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
          {props.more?.(one)}
        </>
      )}
    </Loaded>
  );
}
