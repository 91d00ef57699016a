import type { WaitListed } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { AgoText, DateText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { factWords, useFactTitles } from "./fact-titles.ts";
import { ROLES } from "./states.ts";

/** What cases wait for: mine first, the most urgent on top. */
export function WaitList() {
  const { t, i18n } = useTranslation("procedures");
  return (
    <ListPage<WaitListed>
      name="procedure-waits"
      title={t("waits.title")}
      resource="/procedure-waits"
      fixed={{ language: i18n.language }}
      rowId={(one) => one.id}
      open={(one) => `/procedure-cases/${one.caseId}`}
      liveSeconds={60}
      views={[
        { id: "mine", label: t("waits.views.mine"), filters: { for: "me" } },
        { id: "late", label: t("waits.views.late"), filters: { for: "me", overdue: "true" } },
        { id: "everybody", label: t("waits.views.everybody"), filters: { for: "everybody" } },
        { id: "partners", label: t("waits.views.partners"), filters: { for: "everybody", role: "partner" } },
      ]}
      filters={[
        {
          kind: "choice",
          field: "role",
          label: t("waits.role"),
          several: true,
          options: ROLES.map((value) => ({ value, label: t(`roles.${value}`) })),
        },
        { kind: "choice", field: "overdue", label: t("overdue"), options: [{ value: "true", label: t("overdue") }] },
      ]}
      columns={useColumns()}
      empty={{ title: t("waits.empty"), text: t("waits.emptyText") }}
    />
  );
}

function useColumns(): readonly Column<WaitListed>[] {
  const { t } = useTranslation("procedures");
  const titles = useFactTitles();
  return [
    {
      id: "what",
      label: t("waits.what"),
      cell: (one) => (one.what === one.key ? factWords(one.key, titles) : one.what),
      text: (one) => one.what,
      phone: "title",
    },
    {
      id: "kind",
      label: t("waits.kind"),
      width: 130,
      cell: (one) => t(`kinds.${one.kind}`),
      text: (one) => one.kind,
    },
    {
      id: "about",
      label: t("cases.about"),
      width: 220,
      cell: (one) => <NameText id={one.subjectId} />,
      text: (one) => one.subjectId,
      phone: "line",
    },
    {
      id: "stage",
      label: t("stage"),
      width: 220,
      cell: (one) => one.stageTitle,
      text: (one) => one.stageTitle,
    },
    {
      id: "role",
      label: t("waits.role"),
      width: 170,
      cell: (one) => t(`roles.${one.role}`),
      text: (one) => one.role,
    },
    {
      id: "since",
      label: t("since"),
      width: 130,
      cell: (one) => <AgoText at={one.since} />,
      text: (one) => one.since,
    },
    {
      id: "due",
      label: t("due"),
      width: 170,
      cell: (one) =>
        one.overdue ? (
          <StatusBadge plain state="overdue" label={t("overdue")} tones={{ overdue: "bad" }} />
        ) : (
          <DateText at={one.dueAt} />
        ),
      text: (one) => one.dueAt,
      phone: "value",
    },
  ];
}
