import { Button } from "@mantine/core";
import { type EventSource, type EventSourceKeys, NewEventSource } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Card, Properties } from "../kit/record/card.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";

/** The operator's systems that may send events. */
export function SourceList() {
  const { t } = useTranslation("tracking");
  const { can } = useSession();
  const [adding, setAdding] = useState(false);
  const [keys, setKeys] = useState<EventSourceKeys | null>(null);
  const create = can("links.write") ? <Button onClick={() => setAdding(true)}>{t("createSource")}</Button> : undefined;
  return (
    <>
      <ListPage<EventSource>
        name="event-sources"
        title={t("sources")}
        resource="/event-sources"
        fixed={useProgramQuery()}
        rowId={(one) => one.id}
        above={keys === null ? undefined : <SourceKeys keys={keys} />}
        columns={[
          { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
          {
            id: "status",
            label: t("status"),
            cell: (one) => <StatusBadge state={one.status} label={t(`sourceState.${one.status}`)} />,
            text: (one) => one.status,
            width: 120,
            phone: "value",
          },
          {
            id: "program",
            label: t("program"),
            cell: (one) => <NameText id={one.programId} to={`/programs/${one.programId}`} />,
            text: (one) => one.programId,
            width: 220,
            phone: "line",
          },
          {
            id: "signed",
            label: t("requireSignature"),
            cell: (one) => t(one.requireSignature ? "yes" : "no"),
            text: (one) => String(one.requireSignature),
            width: 160,
          },
          {
            id: "createdAt",
            label: t("createdAt"),
            cell: (one) => <DateText at={one.createdAt} />,
            text: (one) => one.createdAt,
            width: 170,
            align: "end",
          },
        ]}
        empty={{ title: t("emptySources"), text: t("emptySourcesText"), action: create }}
        actions={create}
      />
      <SourceForm opened={adding} onClose={() => setAdding(false)} onMade={setKeys} />
    </>
  );
}

interface SourceFormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: (keys: EventSourceKeys) => void;
}

function SourceForm({ opened, onClose, onMade }: SourceFormProps) {
  const { t } = useTranslation("tracking");
  const { programs, program } = useSession();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("createSource")}
      submit={t("createSource")}
      schema={NewEventSource}
      initial={{ programId: program?.id ?? programs[0]?.id ?? "", name: "", requireSignature: false }}
      fields={[
        {
          kind: "select",
          name: "programId",
          label: t("program"),
          required: true,
          options: programs.map((one) => ({ value: one.id, label: one.name })),
        },
        { kind: "text", name: "name", label: t("name"), required: true },
        { kind: "switch", name: "requireSignature", label: t("requireSignature"), hint: t("signatureHint") },
      ]}
      send={(values, key) => api.post<EventSourceKeys>("/event-sources", values, key)}
      done={onMade}
      refresh={["event-sources", "audit"]}
    />
  );
}

/** Shown once, after the source was made. */
function SourceKeys({ keys }: { readonly keys: EventSourceKeys }) {
  const { t } = useTranslation("tracking");
  return (
    <Card title={t("keysOnce", { name: keys.name })}>
      <Properties
        items={[
          [t("postbackUrl"), <CopyText key="postback" text={keys.postbackUrl} />],
          [t("pixelUrl"), <CopyText key="pixel" text={keys.pixelUrl} />],
          [t("token"), <CopyText key="token" text={keys.token} />],
          [t("secret"), <CopyText key="secret" text={keys.secret} />],
        ]}
      />
    </Card>
  );
}
