import { Anchor } from "@mantine/core";
import type { AuditEntry } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NameText } from "../kit/name-text.tsx";
import { useActorText } from "../session/actor-text.ts";
import { useActionText } from "./action-text.ts";
import { AuditDrawer, useSubjectText } from "./audit-entry.tsx";

/** The part of the trail that belongs to a record. */
export function AuditPanel({ fixed }: { readonly fixed: Readonly<Record<string, string>> }) {
  const { t } = useTranslation("admin");
  const [shown, setShown] = useState<AuditEntry | null>(null);
  return (
    <>
      <ListPanel<AuditEntry>
        embedded
        name="audit-of-record"
        title={t("audit")}
        resource="/audit"
        fixed={fixed}
        rowId={(one) => one.id}
        columns={useAuditColumns(setShown)}
        empty={{ title: t("emptyAudit"), text: t("emptyAuditText") }}
      />
      <AuditDrawer entry={shown} onClose={() => setShown(null)} />
    </>
  );
}

/** What, on what, who, when; the first opens the entry. */
export function useAuditColumns(onOpen: (entry: AuditEntry) => void): readonly Column<AuditEntry>[] {
  const { t } = useTranslation("admin");
  const actionText = useActionText();
  const actorText = useActorText();
  const subjectText = useSubjectText();
  return [
    {
      id: "action",
      label: t("what"),
      cell: (one) => (
        <Anchor component="button" type="button" c="inherit" fw={500} underline="hover" onClick={() => onOpen(one)}>
          {actionText(one.action)}
        </Anchor>
      ),
      text: (one) => one.action,
      phone: "title",
    },
    {
      id: "kind",
      label: t("subject"),
      cell: (one) => subjectText(one.subjectKind),
      text: (one) => one.subjectKind,
      width: 150,
      phone: "line",
    },
    {
      id: "subject",
      label: t("record"),
      cell: (one) => <NameText id={one.subjectId} />,
      text: (one) => one.subjectId,
      width: 260,
    },
    {
      id: "who",
      label: t("who"),
      cell: (one) => actorText(one.actor),
      text: (one) => one.actor.name,
      width: 180,
      phone: "line",
    },
    { id: "reason", label: t("reason"), cell: (one) => one.reason ?? "–", text: (one) => one.reason, width: 200 },
    {
      id: "number",
      label: t("number"),
      cell: (one) => one.id,
      text: (one) => one.id,
      width: 90,
      align: "end",
      hidden: true,
    },
    {
      id: "at",
      label: t("at"),
      cell: (one) => <DateText at={one.at} detail="second" />,
      text: (one) => one.at,
      width: 190,
      align: "end",
      phone: "value",
    },
  ];
}
