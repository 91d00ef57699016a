import { Button } from "@mantine/core";
import type { OnboardingRow } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { AgoText, DateText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

const ROLES = ["key_account_manager", "partner_operations", "compliance", "finance", "approver", "owner", "partner"];

/** Everybody on the way to a launch: where, since when, and on whom each waits. */
export function OnboardingBoard() {
  const { t, i18n } = useTranslation("onboarding");
  const go = useGo();
  const roles = ROLES.map((value) => ({ value, label: t(`roles.${value}`) }));
  return (
    <ListPage<OnboardingRow>
      name="onboarding"
      title={t("title")}
      resource="/onboarding"
      fixed={{ language: i18n.language }}
      rowId={(one) => one.caseId}
      open={(one) => `/onboarding/${one.partnerId}`}
      liveSeconds={60}
      views={[
        { id: "all", label: t("views.all") },
        { id: "overdue", label: t("views.overdue"), filters: { overdue: "true" } },
        { id: "partner", label: t("views.partner"), filters: { waitingOn: "partner" } },
        { id: "compliance", label: t("views.compliance"), filters: { waitingOn: "compliance" } },
      ]}
      filters={[
        { kind: "choice", field: "waitingOn", label: t("waitingOn"), options: roles },
        { kind: "choice", field: "overdue", label: t("overdue"), options: [{ value: "true", label: t("overdue") }] },
      ]}
      columns={useColumns()}
      empty={{ title: t("empty"), text: t("emptyText") }}
      actions={
        <Button variant="default" onClick={() => go("/onboarding-settings")}>
          {t("settings")}
        </Button>
      }
    />
  );
}

/** The first two, and how many more there are. */
function shortened(titles: readonly string[]): string {
  return titles.slice(0, 2).join(" · ") + (titles.length > 2 ? ` +${titles.length - 2}` : "");
}

function useColumns(): readonly Column<OnboardingRow>[] {
  const { t } = useTranslation("onboarding");
  return [
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => <NameText id={one.partnerId} />,
      text: (one) => one.partnerId,
      phone: "title",
    },
    {
      id: "stage",
      label: t("stage"),
      width: 190,
      cell: (one) => `${one.stageNumber}/${one.stages} · ${one.stageTitle}`,
      text: (one) => one.stageTitle,
      phone: "line",
    },
    {
      id: "waits",
      label: t("stillShut"),
      width: 250,
      cell: (one) => shortened(one.waits.map(({ title }) => title)),
      text: (one) => one.waits.map(({ title }) => title).join("; "),
    },
    {
      id: "waitingOn",
      label: t("waitingOn"),
      width: 170,
      cell: (one) => one.waitingOn.map((role) => t(`roles.${role}`)).join(", "),
      text: (one) => one.waitingOn.join(","),
      phone: "line",
    },
    {
      id: "owner",
      label: t("owner"),
      width: 130,
      cell: (one) => <NameText id={one.ownerUserId} />,
      text: (one) => one.ownerUserId,
    },
    {
      id: "since",
      label: t("since"),
      width: 110,
      cell: (one) => <AgoText at={one.since} />,
      text: (one) => one.since,
    },
    {
      id: "due",
      label: t("due"),
      width: 130,
      cell: (one) =>
        one.overdue ? (
          <StatusBadge state="overdue" label={t("overdue")} tones={{ overdue: "bad" }} />
        ) : (
          <DateText at={one.dueAt} detail="day" />
        ),
      text: (one) => one.dueAt,
      phone: "value",
    },
  ];
}
