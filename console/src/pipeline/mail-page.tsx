import { Button, Group } from "@mantine/core";
import { type Mailbox, NewMailbox, type WaitingMessage } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Page as Pages } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { AgoText, DateText } from "../kit/date-text.tsx";
import { EmptyState } from "../kit/empty-state.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { complain } from "../kit/notices.ts";
import { Page } from "../kit/page.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { PipelineNav } from "./pipeline-nav.tsx";
import { TOUCHED } from "./words.ts";

/** Mailboxes that are read, and mails that belonged to nobody. */
export function MailPage() {
  const { t } = useTranslation("pipeline");
  return (
    <Page title={t("mail")} subtitle={<PipelineNav here="mail" />}>
      <Waiting />
      <MailboxCard />
    </Page>
  );
}

function Waiting() {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const found = useRecord<Pages<WaitingMessage>>("/pipeline/messages", { limit: 100 });
  const answer = useChange<{ id: string; decision: string }, unknown>({
    send: (body) => api.post("/pipeline/messages/answers", body),
    refresh: TOUCHED,
  });
  const say = (id: string, decision: string) =>
    answer.mutate({ id, decision }, { onError: (error) => complain(error.message, error.detail) });
  return (
    <Card title={t("waitingMails")} flush>
      <Loaded query={found}>
        {({ data }) => (
          <PlainTable
            label={t("waitingMails")}
            rows={data}
            rowId={(one) => one.id}
            empty={<EmptyState title={t("noMails")} text={t("noMailsText")} />}
            columns={[
              { id: "from", label: t("from"), cell: (one) => one.senderName || one.sender },
              { id: "subject", label: t("subject"), cell: (one) => one.subject || one.body.slice(0, 80) },
              { id: "why", label: t("whyWaiting"), cell: (one) => t(`waiting.${one.why}`) },
              { id: "at", label: t("at"), cell: (one) => <DateText at={one.at} /> },
              {
                id: "answer",
                label: t("decision"),
                align: "end",
                cell: (one) =>
                  can("pipeline.write") ? (
                    <Group gap={6} wrap="nowrap" justify="flex-end">
                      <Button size="compact-sm" onClick={() => say(one.id, "lead")}>
                        {t("makeLead")}
                      </Button>
                      <Button size="compact-sm" variant="default" onClick={() => say(one.id, "leave")}>
                        {t("leave")}
                      </Button>
                    </Group>
                  ) : null,
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}

function MailboxCard() {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const [opened, setOpened] = useState(false);
  const found = useRecord<{ readonly data: readonly Mailbox[] }>("/pipeline/mailboxes");
  const turn = useChange<Mailbox, Mailbox>({
    send: (one) => api.patch(`/pipeline/mailboxes/${one.id}`, { revision: one.revision, active: !one.active }),
    refresh: ["pipeline"],
  });
  const add = can("pipeline.approve") ? (
    <Button size="compact-sm" onClick={() => setOpened(true)}>
      {t("addMailbox")}
    </Button>
  ) : undefined;
  return (
    <Card title={t("mailboxes")} actions={add} flush>
      <Loaded query={found}>
        {({ data }) => (
          <PlainTable
            label={t("mailboxes")}
            rows={data}
            rowId={(one) => one.id}
            empty={<EmptyState title={t("noMailboxes")} text={t("noMailboxesText")} />}
            columns={[
              { id: "name", label: t("name"), cell: (one) => one.name },
              {
                id: "host",
                label: t("host"),
                cell: (one) => `${one.userName} · ${one.host}:${one.port} · ${one.folder}`,
              },
              {
                id: "state",
                label: t("status"),
                cell: (one) =>
                  one.problem !== "" ? (
                    one.problem
                  ) : (
                    <StatusBadge
                      state={one.active ? "active" : "paused"}
                      label={t(one.active ? "reading" : "notReading")}
                    />
                  ),
              },
              { id: "looked", label: t("looked"), align: "end", cell: (one) => <AgoText at={one.lookedAt} /> },
              {
                id: "turn",
                label: t("decision"),
                align: "end",
                cell: (one) =>
                  can("pipeline.approve") ? (
                    <Button size="compact-sm" variant="default" onClick={() => turn.mutate(one)}>
                      {t(one.active ? "stopReading" : "startReading")}
                    </Button>
                  ) : null,
              },
            ]}
          />
        )}
      </Loaded>
      <MailboxForm opened={opened} onClose={() => setOpened(false)} />
    </Card>
  );
}

function MailboxForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("pipeline");
  return (
    <FormDialog<Readonly<Record<string, unknown>>, Mailbox>
      opened={opened}
      onClose={onClose}
      title={t("addMailbox")}
      submit={t("addMailbox")}
      schema={NewMailbox}
      initial={{
        name: "",
        host: "",
        port: "993",
        secure: true,
        userName: "",
        password: "",
        folder: "INBOX",
        programId: "",
        makesLeads: true,
      }}
      fields={[
        { kind: "text", name: "name", label: t("name"), required: true },
        { kind: "text", name: "host", label: t("host"), required: true, half: true },
        { kind: "integer", name: "port", label: t("port"), required: true, half: true },
        { kind: "switch", name: "secure", label: t("secure") },
        { kind: "text", name: "userName", label: t("userName"), required: true, half: true },
        {
          kind: "password",
          name: "password",
          label: t("password"),
          hint: t("passwordHint"),
          required: true,
          half: true,
        },
        { kind: "text", name: "folder", label: t("folder"), half: true },
        {
          kind: "record",
          name: "programId",
          label: t("program"),
          half: true,
          resource: "/programs",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "switch", name: "makesLeads", label: t("makesLeads"), hint: t("makesLeadsHint") },
      ]}
      send={(values, key) => api.post<Mailbox>("/pipeline/mailboxes", values, key)}
      done={() => undefined}
      refresh={["pipeline", "audit"]}
    />
  );
}
