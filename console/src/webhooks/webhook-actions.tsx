import { Button, Group } from "@mantine/core";
import type { WebhookDeliveryDetail, WebhookEndpoint, WebhookSecret } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { complain, say } from "../kit/notices.ts";
import { OnceDialog } from "../kit/once-dialog.tsx";
import { useSession } from "../session/session.tsx";
import { WebhookChangeForm } from "./webhook-form.tsx";

interface Replayed {
  readonly messages: number;
}

const REFRESH = ["webhooks", "webhook-deliveries", "audit"];
const Replay = z.object({ from: z.string().min(1) });

export function WebhookActions({ endpoint }: { readonly endpoint: WebhookEndpoint }) {
  const { t } = useTranslation("webhooks");
  const { can } = useSession();
  const [open, setOpen] = useState<"change" | "secret" | "replay" | null>(null);
  const [made, setMade] = useState<string | null>(null);
  const other = endpoint.status === "active" ? "paused" : "active";
  const move = useChange({
    send: () => api.patch(`/webhooks/${endpoint.id}`, { revision: endpoint.revision, status: other }),
    refresh: REFRESH,
  });
  const test = useChange({
    send: () => api.post<WebhookDeliveryDetail>(`/webhooks/${endpoint.id}/test`),
    refresh: REFRESH,
    done: ({ log }) => {
      const [last] = log;
      if (last?.error == null) say(t("testArrived", { status: last?.status, ms: last?.durationMs }));
      else complain(t("testFailed"), last.error);
    },
  });
  if (!can("settings.write") || endpoint.status === "archived") return null;
  const close = () => setOpen(null);
  return (
    <Group gap="xs">
      <Button variant="default" loading={move.isPending} onClick={() => move.mutate(undefined)}>
        {t(`move.${other}`)}
      </Button>
      <Button variant="default" onClick={() => setOpen("change")}>
        {t("change")}
      </Button>
      <Button variant="default" onClick={() => setOpen("secret")}>
        {t("newSecret")}
      </Button>
      <Button variant="default" onClick={() => setOpen("replay")}>
        {t("replay")}
      </Button>
      <Button loading={test.isPending} onClick={() => test.mutate(undefined)}>
        {t("test")}
      </Button>
      <WebhookChangeForm endpoint={endpoint} opened={open === "change"} onClose={close} />
      <ConfirmDialog<WebhookSecret>
        opened={open === "secret"}
        onClose={close}
        title={t("newSecret")}
        text={t("newSecretText")}
        action={t("newSecret")}
        send={() => api.post<WebhookSecret>(`/webhooks/${endpoint.id}/secret`, { overlapHours: 24 })}
        done={({ secret }) => setMade(secret)}
        refresh={REFRESH}
      />
      <ReplayForm id={endpoint.id} opened={open === "replay"} onClose={close} />
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

function ReplayForm(props: { readonly id: string; readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("webhooks");
  return (
    <FormDialog<{ from: string }, Replayed>
      opened={props.opened}
      onClose={props.onClose}
      title={t("replay")}
      submit={t("replayDo")}
      schema={Replay}
      initial={{ from: "" }}
      fields={[{ kind: "instant", name: "from", label: t("replayFrom"), hint: t("replayHint"), required: true }]}
      send={({ from }) => api.post<Replayed>(`/webhooks/${props.id}/replay`, { from })}
      done={({ messages }) => say(t("replayed", { count: messages }))}
      refresh={REFRESH}
    />
  );
}
