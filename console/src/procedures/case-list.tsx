import type { CaseListed, ProcedureListed } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { AgoText, DateText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { CASE_TONES } from "./states.ts";

const STATUSES = ["running", "finished", "dropped"] as const;

/** Every case: in which stage it is, since when, and who is waited on. */
export function CaseList() {
  const { t, i18n } = useTranslation("procedures");
  const procedures = useRecord<Page<ProcedureListed>>("/procedures", { limit: 100, language: i18n.language });
  const options = (procedures.data?.data ?? []).map(({ procedure, title }) => ({ value: procedure, label: title }));
  return (
    <ListPage<CaseListed>
      name="procedure-cases"
      title={t("cases.title")}
      resource="/procedure-cases"
      fixed={{ language: i18n.language }}
      rowId={(one) => one.id}
      open={(one) => `/procedure-cases/${one.id}`}
      liveSeconds={60}
      views={[
        { id: "running", label: t("cases.views.running"), filters: { status: "running" } },
        { id: "overdue", label: t("cases.views.overdue"), filters: { status: "running", overdue: "true" } },
        { id: "finished", label: t("cases.views.finished"), filters: { status: "finished" } },
        { id: "all", label: t("cases.views.all") },
      ]}
      filters={[
        { kind: "choice", field: "procedure", label: t("procedure"), options },
        {
          kind: "choice",
          field: "status",
          label: t("status"),
          several: true,
          options: STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) })),
        },
        { kind: "choice", field: "overdue", label: t("overdue"), options: [{ value: "true", label: t("overdue") }] },
      ]}
      columns={useCaseColumns(true)}
      empty={{ title: t("cases.empty"), text: t("cases.emptyText") }}
    />
  );
}

export function useCaseColumns(withPartner: boolean): readonly Column<CaseListed>[] {
  const { t } = useTranslation("procedures");
  const columns: Column<CaseListed>[] = [
    {
      id: "partner",
      label: t("cases.about"),
      cell: (one) => <NameText id={one.subjectId} />,
      text: (one) => one.subjectId,
      phone: "title",
    },
    { id: "procedure", label: t("procedure"), width: 180, cell: (one) => one.title, text: (one) => one.title },
    {
      id: "stage",
      label: t("stage"),
      width: 200,
      cell: (one) => (one.status === "running" ? `${one.stageNumber}/${one.stages} · ${one.stageTitle}` : ""),
      text: (one) => one.stageTitle,
      phone: "line",
    },
    {
      id: "waiting",
      label: t("cases.waitingOn"),
      width: 230,
      cell: (one) => one.waitingOn.map((role) => t(`roles.${role}`)).join(", "),
      text: (one) => one.waitingOn.join(","),
    },
    {
      id: "status",
      label: t("status"),
      width: 120,
      cell: (one) => <CaseBadge one={one} />,
      text: (one) => one.status,
      phone: "value",
    },
    {
      id: "since",
      label: t("since"),
      width: 130,
      cell: (one) => <AgoText at={one.since} />,
      text: (one) => one.since,
    },
    { id: "due", label: t("due"), width: 160, cell: (one) => <DateText at={one.dueAt} />, text: (one) => one.dueAt },
  ];
  return withPartner
    ? columns
    : columns
        .map((column) => (column.id === "procedure" ? { ...column, phone: "title" as const } : column))
        .filter(({ id }) => id !== "partner");
}

export function CaseBadge({ one }: { readonly one: Pick<CaseListed, "status" | "overdue"> }) {
  const { t } = useTranslation("procedures");
  if (one.overdue) return <StatusBadge state="overdue" label={t("overdue")} tones={{ overdue: "bad" }} />;
  return <StatusBadge state={one.status} label={t(`statuses.${one.status}`)} tones={CASE_TONES} />;
}

/** Cases of one partner, or of one procedure. */
export function CasePanel({
  fixed,
  withPartner,
}: {
  readonly fixed: Readonly<Record<string, string>>;
  readonly withPartner: boolean;
}) {
  const { t, i18n } = useTranslation("procedures");
  return (
    <ListPanel<CaseListed>
      embedded
      name="procedure-cases-of"
      title={t("cases.title")}
      resource="/procedure-cases"
      fixed={{ ...fixed, language: i18n.language }}
      rowId={(one) => one.id}
      open={(one) => `/procedure-cases/${one.id}`}
      columns={useCaseColumns(withPartner)}
      empty={{ title: t("cases.empty"), text: t("cases.emptyText") }}
    />
  );
}
