import { Button } from "@mantine/core";
import type { ProcedureListed } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { NumberText } from "../kit/money-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";

/** Every procedure, what of it is published, and how many cases run. */
export function ProcedureList() {
  const { t, i18n } = useTranslation("procedures");
  const { can } = useSession();
  const go = useGo();
  return (
    <ListPage<ProcedureListed>
      name="procedures"
      title={t("title")}
      resource="/procedures"
      fixed={{ language: i18n.language }}
      rowId={(one) => one.procedure}
      open={(one) => `/procedures/${one.procedure}`}
      actions={
        can("procedures.approve") ? (
          <Button onClick={() => go("/procedures/new/edit")}>{t("newProcedure")}</Button>
        ) : null
      }
      columns={[
        { id: "title", label: t("procedure"), cell: (one) => one.title, text: (one) => one.title, phone: "title" },
        {
          id: "state",
          label: t("version"),
          cell: (one) => <PublishedBadge one={one} />,
          text: (one) => one.published,
          width: 190,
          phone: "line",
        },
        {
          id: "running",
          label: t("runningCases"),
          align: "end",
          width: 120,
          cell: (one) => <NumberText value={one.running} />,
          text: (one) => one.running,
          phone: "value",
        },
        {
          id: "overdue",
          label: t("overdue"),
          align: "end",
          width: 100,
          cell: (one) => <NumberText value={one.overdue} />,
          text: (one) => one.overdue,
        },
        {
          id: "older",
          label: t("onOlder"),
          align: "end",
          width: 150,
          cell: (one) => <NumberText value={one.older} />,
          text: (one) => one.older,
        },
        {
          id: "published",
          label: t("publishedAt"),
          width: 160,
          cell: (one) => <DateText at={one.publishedAt} />,
          text: (one) => one.publishedAt,
        },
      ]}
      empty={{ title: t("empty"), text: t("emptyText") }}
    />
  );
}

function PublishedBadge({ one }: { readonly one: ProcedureListed }) {
  const { t } = useTranslation("procedures");
  if (one.published === null) return <StatusBadge plain state="draft" label={t("onlyDraft")} />;
  const label =
    one.draft === null
      ? t("versionNumber", { version: one.published })
      : t("versionAndDraft", { version: one.published });
  return <StatusBadge plain state={one.draft === null ? "active" : "pending"} label={label} />;
}
