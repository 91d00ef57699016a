import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { Plan } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { PlanForm } from "./plan-form.tsx";

export function PlanList() {
  const { t } = useTranslation("agreements");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("plans.write") ? <Button onClick={() => go("/plans?new=1")}>{t("createPlan")}</Button> : undefined;
  return (
    <>
      <ListPage<Plan>
        name="plans"
        title={t("plans")}
        resource="/plans"
        fixed={useProgramQuery()}
        rowId={(one) => one.id}
        open={(one) => `/plans/${one.id}`}
        columns={[
          { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
          {
            id: "program",
            label: t("program"),
            cell: (one) => <NameText id={one.programId} />,
            text: (one) => one.programId,
            width: 200,
            phone: "line",
          },
          {
            id: "published",
            label: t("publishedVersion"),
            cell: (one) => one.publishedVersion ?? t("draft"),
            text: (one) => one.publishedVersion,
            width: 160,
            align: "end",
            phone: "value",
          },
          {
            id: "createdBy",
            label: t("proposedBy"),
            cell: (one) => <NameText id={one.createdBy} />,
            text: (one) => one.createdBy,
            width: 160,
          },
          {
            id: "createdAt",
            label: t("createdAt"),
            cell: (one) => <DateText at={one.createdAt} detail="day" />,
            text: (one) => one.createdAt,
            width: 130,
            align: "end",
          },
        ]}
        empty={{ title: t("emptyPlans"), text: t("emptyPlansText"), action: create }}
        actions={create}
      />
      <PlanForm opened={search.new === "1"} onClose={() => go("/plans")} />
    </>
  );
}
