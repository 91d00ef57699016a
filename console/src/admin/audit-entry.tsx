import { Button, Drawer, Stack } from "@mantine/core";
import type { AuditEntry } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ChangeList } from "../kit/change-list.tsx";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Properties } from "../kit/record/card.tsx";
import { useActorText } from "../session/actor-text.ts";
import { useSession } from "../session/session.tsx";
import { useActionText } from "./action-text.ts";

export function useSubjectText(): (kind: string) => string {
  const { t } = useTranslation("admin");
  return (kind) => t(`subjectKind.${kind}`, { defaultValue: kind.replaceAll("_", " ") });
}

/** One entry of the trail: who, what, why, and every field that changed. */
export function AuditEntryView({ entry: shut }: { readonly entry: AuditEntry }) {
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const entry = opened?.id === shut.id ? opened : shut;
  const { t } = useTranslation("admin");
  const subjectText = useSubjectText();
  const actorText = useActorText();
  return (
    <Stack gap="md">
      <Properties
        items={[
          [
            t("who"),
            entry.actor.kind === "system"
              ? actorText(entry.actor)
              : `${entry.actor.name} · ${t(`actorKind.${entry.actor.kind}`)}`,
          ],
          [t("at"), <DateText key="at" at={entry.at} detail="full" />],
          [
            t("subject"),
            <span key="subject">
              {subjectText(entry.subjectKind)} · <NameText id={entry.subjectId} />
            </span>,
          ],
          [t("id"), <CopyText key="id" text={entry.subjectId} />],
          [t("reason"), entry.reason ?? "–"],
          [t("number"), entry.id],
          [t("hash"), <CopyText key="hash" text={entry.hash} shown={`${entry.hash.slice(0, 16)}…`} />],
        ]}
      />
      <ChangeList before={entry.before} after={entry.after} />
      {entry === shut ? <OpenProtected entry={shut} done={setOpened} /> : null}
    </Stack>
  );
}

interface OpenProtectedProps {
  readonly entry: AuditEntry;
  readonly done: (entry: AuditEntry) => void;
}

/** What not every reader of the trail may see, for a reason that goes into the trail. */
function OpenProtected({ entry, done }: OpenProtectedProps) {
  const { t } = useTranslation("admin");
  const { can } = useSession();
  const [asking, setAsking] = useState(false);
  if (!entry.guards.some((guard) => can(guard))) return null;
  return (
    <>
      <Button variant="default" style={{ alignSelf: "start" }} onClick={() => setAsking(true)}>
        {t("openProtected")}
      </Button>
      <ConfirmDialog<AuditEntry>
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("openProtected")}
        text={t("openProtectedText")}
        action={t("openProtected")}
        reason="required"
        send={(reason) => api.post<AuditEntry>(`/audit/${entry.id}/open`, { reason })}
        refresh={["audit", "activity"]}
        done={done}
      />
    </>
  );
}

interface AuditDrawerProps {
  readonly entry: AuditEntry | null;
  readonly onClose: () => void;
}

export function AuditDrawer({ entry, onClose }: AuditDrawerProps) {
  const actionText = useActionText();
  return (
    <Drawer opened={entry !== null} onClose={onClose} size={520} title={actionText(entry?.action ?? "")}>
      {entry === null ? null : <AuditEntryView entry={entry} />}
    </Drawer>
  );
}
