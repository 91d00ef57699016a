import { Button, Group } from "@mantine/core";
import { LEAD_ACTIVITY_KINDS, type LeadActivity, NewLeadActivity, NewMail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { FormDialog } from "../kit/form/record-form.tsx";
import { Card } from "../kit/record/card.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { Timeline } from "../kit/timeline.tsx";
import { useSession } from "../session/session.tsx";
import { TOUCHED } from "./words.ts";

interface ActivityPanelProps {
  readonly leadId?: string;
  readonly partnerId?: string;
  /** Whom a mail goes to unless somebody else is named. */
  readonly email?: string;
}

/** What was said and done with a lead or partner; and a place to log more, or to write. */
export function ActivityPanel({ leadId, partnerId, email = "" }: ActivityPanelProps) {
  const { t } = useTranslation("pipeline");
  const { can } = useSession();
  const [open, setOpen] = useState<"log" | "mail" | null>(null);
  const about = leadId === undefined ? { partnerId } : { leadId };
  const found = useRecord<Page<LeadActivity>>("/activities", { ...about, limit: 100 });
  const actions = can("pipeline.write") ? (
    <Group gap={6}>
      <Button size="compact-sm" variant="default" onClick={() => setOpen("mail")}>
        {t("writeMail")}
      </Button>
      <Button size="compact-sm" onClick={() => setOpen("log")}>
        {t("log")}
      </Button>
    </Group>
  ) : undefined;
  return (
    <Card title={t("activities")} actions={actions}>
      <Loaded query={found}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title={t("noActivities")} text={t("noActivitiesText")} />
          ) : (
            <Timeline label={t("activities")} entries={data.map((one) => entryOf(one, t))} />
          )
        }
      </Loaded>
      <LogForm opened={open === "log"} onClose={() => setOpen(null)} about={about} />
      <MailForm opened={open === "mail"} onClose={() => setOpen(null)} about={about} email={email} />
    </Card>
  );
}

function entryOf(one: LeadActivity, t: (key: string, values?: Record<string, unknown>) => string) {
  const direction = one.direction === null ? "" : ` ${t(`directions.${one.direction}`)}`;
  const minutes = one.minutes === null ? "" : ` (${t("minutesOf", { count: one.minutes })})`;
  const words = [one.subject, one.body.slice(0, 600), one.people.join(", "), one.outcome].filter((text) => text !== "");
  return {
    id: one.id,
    at: one.at,
    what: (
      <>
        <b>{`${t(`kinds.${one.kind}`)}${direction}${minutes}`}</b>
        <div style={{ whiteSpace: "pre-line" }}>{words.join("\n")}</div>
      </>
    ),
    who: one.byName,
  };
}

interface FormProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly about: Readonly<Record<string, string | undefined>>;
}

function LogForm({ opened, onClose, about }: FormProps) {
  const { t } = useTranslation("pipeline");
  return (
    <FormDialog<Record<string, unknown>, LeadActivity>
      opened={opened}
      onClose={onClose}
      title={t("log")}
      submit={t("log")}
      schema={NewLeadActivity}
      initial={{ kind: "call", direction: "out", subject: "", body: "", minutes: "", outcome: "", at: "" }}
      fields={[
        {
          kind: "select",
          name: "kind",
          label: t("activityKind"),
          half: true,
          required: true,
          options: LEAD_ACTIVITY_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
        },
        {
          kind: "select",
          name: "direction",
          label: t("direction"),
          half: true,
          clearable: true,
          options: ["in", "out"].map((value) => ({ value, label: t(`directions.${value}`) })),
        },
        { kind: "text", name: "subject", label: t("subject") },
        { kind: "textarea", name: "body", label: t("said"), rows: 5 },
        { kind: "integer", name: "minutes", label: t("minutes"), half: true },
        { kind: "instant", name: "at", label: t("at"), half: true },
        { kind: "text", name: "outcome", label: t("outcome") },
      ]}
      send={(values, key) => api.post<LeadActivity>("/activities", { ...about, ...values }, key)}
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
}

function MailForm({ opened, onClose, about, email }: FormProps & { readonly email: string }) {
  const { t } = useTranslation("pipeline");
  return (
    <FormDialog<Record<string, unknown>, LeadActivity>
      opened={opened}
      onClose={onClose}
      title={t("writeMail")}
      submit={t("sendMail")}
      wide
      schema={NewMail}
      initial={{ to: email, subject: "", text: "" }}
      fields={[
        { kind: "email", name: "to", label: t("to"), required: true },
        { kind: "text", name: "subject", label: t("subject"), required: true },
        { kind: "textarea", name: "text", label: t("mailText"), rows: 10, required: true },
      ]}
      send={(values, key) => api.post<LeadActivity>("/activities/mails", { ...about, ...values }, key)}
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
}
