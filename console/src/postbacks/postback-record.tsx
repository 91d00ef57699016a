import { Button, Group } from "@mantine/core";
import type { Postback } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { AgoText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { DeliveryPanel } from "./delivery-panel.tsx";

export function PostbackRecord() {
  const { t } = useTranslation("postbacks");
  const id = useParam("id");
  const postback = useRecord<Postback>(`/postbacks/${id}`, {}, { liveSeconds: 10 });
  return (
    <Loaded query={postback}>
      {(one) => (
        <RecordPage
          title={one.name || t("postback")}
          parent={{ label: t("title"), to: "/postbacks" }}
          badge={<StatusBadge state={one.status} label={t(`state.${one.status}`)} />}
          actions={<PostbackActions postback={one} />}
          next={
            one.dead > 0
              ? { title: t("next.dead", { count: one.dead }), text: t("next.deadText"), tone: "bad" }
              : undefined
          }
          facts={[
            { label: t("partner"), value: <NameText id={one.partnerId} /> },
            { label: t("occasions"), value: one.occasions.join(", ") },
            { label: t("lastDelivered"), value: <AgoText at={one.lastDeliveredAt} /> },
            { label: t("url"), value: <CopyText text={one.url} /> },
          ]}
          tabs={[{ id: "deliveries", label: t("deliveries"), content: () => <DeliveryPanel postbackId={id} /> }]}
        />
      )}
    </Loaded>
  );
}

function PostbackActions({ postback }: { readonly postback: Postback }) {
  const { t } = useTranslation("postbacks");
  const { can } = useSession();
  const refresh = ["postbacks", "deliveries", "audit"];
  const test = useChange({ send: () => api.post(`/postbacks/${postback.id}/test`), refresh });
  const other = postback.status === "active" ? "paused" : "active";
  const move = useChange({
    send: () => api.patch(`/postbacks/${postback.id}`, { revision: postback.revision, status: other }),
    refresh,
  });
  if (!can("postbacks.write")) return null;
  return (
    <Group gap="xs">
      <Button variant="default" loading={move.isPending} onClick={() => move.mutate(undefined)}>
        {t(`move.${other}`)}
      </Button>
      <Button loading={test.isPending} onClick={() => test.mutate(undefined)}>
        {t("test")}
      </Button>
    </Group>
  );
}
