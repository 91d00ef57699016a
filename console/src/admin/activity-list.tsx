import type { Activity } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useActorText } from "../session/actor-text.ts";
import { useActionText } from "./action-text.ts";

const KINDS = ["change", "view", "reveal", "download", "refused", "failed", "search"] as const;
const TONES: Readonly<Record<string, string>> = {
  refused: "rejected",
  failed: "rejected",
  reveal: "paused",
  change: "active",
};

/** What people did, for finding out what happened: changes, looks at what is protected, files, refused and failed calls. */
export function ActivityList() {
  const { t } = useTranslation("admin");
  const toOption = (row: { id: string; name: string }) => ({ value: row.id, label: row.name });
  return (
    <ListPage<Activity>
      name="activity"
      title={t("activity")}
      subtitle={t("activityText")}
      resource="/activity"
      rowId={(one) => one.id}
      search={t("activitySearch")}
      filters={[
        { kind: "days", field: "at", label: t("at") },
        {
          kind: "choice",
          field: "kind",
          label: t("what"),
          options: KINDS.map((value) => ({ value, label: t(`deed.${value}`) })),
        },
        { kind: "record", field: "personId", label: t("who"), resource: "/users", toOption },
        { kind: "record", field: "partnerId", label: t("partner"), resource: "/partners", toOption },
        { kind: "text", field: "subjectId", label: t("id") },
      ]}
      columns={useActivityColumns()}
      empty={{ title: t("emptyActivity"), text: t("emptyActivityText") }}
    />
  );
}

/** The same for one partner, one person or one record. */
export function ActivityPanel({ fixed }: { readonly fixed: Readonly<Record<string, string>> }) {
  const { t } = useTranslation("admin");
  return (
    <ListPanel<Activity>
      embedded
      name="activity-of-record"
      title={t("activity")}
      resource="/activity"
      fixed={fixed}
      rowId={(one) => one.id}
      columns={useActivityColumns()}
      empty={{ title: t("emptyActivity"), text: t("emptyActivityText") }}
    />
  );
}

function useActivityColumns(): readonly Column<Activity>[] {
  const { t } = useTranslation("admin");
  const actionText = useActionText();
  const actorText = useActorText();
  return [
    {
      id: "action",
      label: t("what"),
      cell: (one) => (one.kind === "change" ? actionText(one.action) : <code>{one.action}</code>),
      text: (one) => one.action,
      phone: "title",
    },
    {
      id: "kind",
      label: t("sort"),
      cell: (one) => <StatusBadge state={TONES[one.kind] ?? "applied"} label={t(`deed.${one.kind}`)} />,
      text: (one) => one.kind,
      width: 130,
      phone: "value",
    },
    {
      id: "who",
      label: t("who"),
      cell: (one) => (
        <>
          {actorText({ kind: one.actorKind, name: one.name })}
          {one.actingFor === null ? null : (
            <>
              {" "}
              {t("for")} <NameText id={one.actingFor} />
            </>
          )}
        </>
      ),
      text: (one) => one.name,
      width: 200,
      phone: "line",
    },
    {
      id: "subject",
      label: t("record"),
      cell: (one) => <NameText id={one.subjectId} />,
      text: (one) => one.subjectId,
      width: 220,
    },
    { id: "detail", label: t("detail"), cell: (one) => one.detail ?? "–", text: (one) => one.detail, width: 180 },
    {
      id: "at",
      label: t("at"),
      cell: (one) => <DateText at={one.at} detail="second" />,
      text: (one) => one.at,
      width: 190,
      align: "end",
      phone: "line",
    },
  ];
}
