import { Button, Group } from "@mantine/core";
import type { EventSource, EventSourceKeys } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { DateText } from "../kit/date-text.tsx";
import { useParam } from "../kit/link.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { useHistory } from "../session/history.ts";
import { useSession } from "../session/session.tsx";
import { IntakePanel } from "./intake-panel.tsx";
import { SourceAddresses } from "./source-addresses.tsx";
import { useDialectTitle } from "./source-dialects.ts";
import { SourceKeys } from "./source-keys.tsx";
import { SourceSettingsForm } from "./source-settings.tsx";
import { SourceState } from "./source-state.tsx";

/** A system that sends events: what to enter there, what its words mean here, and what came in. */
export function SourceRecord() {
  const { t } = useTranslation("tracking");
  const { can } = useSession();
  const id = useParam("id");
  const source = useRecord<EventSource>(`/event-sources/${id}`);
  const timeline = useHistory("event_source", id);
  const titleOf = useDialectTitle();
  const [keys, setKeys] = useState<EventSourceKeys | null>(null);
  return (
    <Loaded query={source}>
      {(one) => (
        <RecordPage
          title={one.name}
          parent={{ label: t("sources"), to: "/event-sources" }}
          badge={<SourceState source={one} />}
          next={one.test ? { title: t("testSource"), text: t("testSourceHint"), tone: "info" } : undefined}
          actions={<SourceActions source={one} onKeys={setKeys} />}
          facts={[
            { label: t("dialect"), value: titleOf(one.dialect) },
            { label: t("program"), value: <NameText id={one.programId} to={`/programs/${one.programId}`} /> },
            { label: t("createdAt"), value: <DateText at={one.createdAt} /> },
          ]}
          above={keys === null ? undefined : <SourceKeys keys={keys} />}
          tabs={[
            { id: "address", label: t("sourceAddress"), content: () => <SourceAddresses source={one} /> },
            ...(can("events.write") && one.status === "active"
              ? [{ id: "meaning", label: t("settings"), content: () => <SourceSettingsForm source={one} /> }]
              : []),
            {
              id: "received",
              label: t("requests"),
              content: () => <IntakePanel fixed={{ sourceId: one.id, kind: "call" }} />,
            },
          ]}
          timeline={timeline}
        />
      )}
    </Loaded>
  );
}

interface SourceActionsProps {
  readonly source: EventSource;
  readonly onKeys: (keys: EventSourceKeys) => void;
}

function SourceActions({ source, onKeys }: SourceActionsProps) {
  const { t } = useTranslation("tracking");
  const { can } = useSession();
  const [asking, setAsking] = useState<"keys" | "revoke" | "live" | null>(null);
  if (!can("events.write") || source.status === "revoked") return null;
  const shared = { onClose: () => setAsking(null), refresh: ["event-sources", "audit"] };
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => setAsking("keys")}>
        {t("newKeys")}
      </Button>
      <Button variant="default" onClick={() => setAsking("revoke")}>
        {t("revokeSource")}
      </Button>
      {source.test ? <Button onClick={() => setAsking("live")}>{t("goLive")}</Button> : null}
      <ConfirmDialog
        {...shared}
        opened={asking === "live"}
        title={t("goLive")}
        text={t("goLiveText")}
        action={t("goLive")}
        send={() => api.patch<EventSource>(`/event-sources/${source.id}`, { test: false })}
      />
      <ConfirmDialog<EventSourceKeys>
        {...shared}
        opened={asking === "keys"}
        title={t("newKeys")}
        text={t("newKeysText")}
        action={t("newKeys")}
        send={() => api.post<EventSourceKeys>(`/event-sources/${source.id}/keys`, undefined)}
        done={onKeys}
      />
      <ConfirmDialog
        {...shared}
        opened={asking === "revoke"}
        title={t("revokeSource")}
        text={t("revokeSourceText", { name: source.name })}
        action={t("revokeSource")}
        danger
        send={() => api.patch<EventSource>(`/event-sources/${source.id}`, { status: "revoked" })}
      />
    </Group>
  );
}
