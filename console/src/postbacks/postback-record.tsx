import { Button, Group } from "@mantine/core";
import type { Postback, PostbackSecret } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { CopyText } from "../kit/copy-text.tsx";
import { AgoText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { OnceDialog } from "../kit/once-dialog.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { DeliveryPanel } from "./delivery-panel.tsx";
import { Occasions } from "./occasions.tsx";
import { PostbackChangeForm } from "./postback-form.tsx";
import { SetUpPanel } from "./set-up-panel.tsx";

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
            { label: t("occasions"), value: <Occasions occasions={one.occasions} /> },
            { label: t("lastDelivered"), value: <AgoText at={one.lastDeliveredAt} /> },
            { label: t("url"), value: <CopyText text={one.url} /> },
          ]}
          tabs={[
            { id: "deliveries", label: t("deliveries"), content: () => <DeliveryPanel postbackId={id} /> },
            { id: "set-up", label: t("setUp"), content: () => <SetUpPanel postback={one} /> },
          ]}
        />
      )}
    </Loaded>
  );
}

function PostbackActions({ postback }: { readonly postback: Postback }) {
  const { t } = useTranslation("postbacks");
  const { can } = useSession();
  const [open, setOpen] = useState<"secret" | "archive" | "change" | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const refresh = ["postbacks", "deliveries", "audit"];
  const test = useChange({ send: () => api.post(`/postbacks/${postback.id}/test`), refresh });
  const other = postback.status === "active" ? "paused" : "active";
  const moveTo = (status: Postback["status"]) =>
    api.patch<Postback>(`/postbacks/${postback.id}`, { revision: postback.revision, status });
  const move = useChange({ send: () => moveTo(other), refresh });
  if (!can("postbacks.write") || postback.status === "archived") return null;
  const shared = { onClose: () => setOpen(null), refresh };
  const secretTitle = t(postback.signedSince === null ? "newSecret" : "newSecretAgain");
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => setOpen("archive")}>
        {t("archive")}
      </Button>
      <Button variant="default" onClick={() => setOpen("change")}>
        {t("edit")}
      </Button>
      <Button variant="default" onClick={() => setOpen("secret")}>
        {secretTitle}
      </Button>
      <Button variant="default" loading={move.isPending} onClick={() => move.mutate(undefined)}>
        {t(`move.${other}`)}
      </Button>
      <Button loading={test.isPending} onClick={() => test.mutate(undefined)}>
        {t("test")}
      </Button>
      <PostbackChangeForm postback={postback} opened={open === "change"} onClose={() => setOpen(null)} />
      <ConfirmDialog<PostbackSecret>
        {...shared}
        opened={open === "secret"}
        title={secretTitle}
        text={t("newSecretText")}
        action={secretTitle}
        send={() => api.post<PostbackSecret>(`/postbacks/${postback.id}/secret`, { overlapHours: 24 })}
        done={({ secret }) => setMade(secret)}
      />
      <ConfirmDialog<Postback>
        {...shared}
        opened={open === "archive"}
        title={t("archive")}
        text={t("archiveText")}
        action={t("archive")}
        danger
        send={() => moveTo("archived")}
      />
      <OnceDialog
        secret={made}
        title={t("secretOnce")}
        text={t("secretText")}
        done={t("secretKept")}
        onClose={() => setMade(null)}
      />
    </Group>
  );
}
