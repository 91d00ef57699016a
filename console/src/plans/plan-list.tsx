import { Button } from "@mantine/core";
import type { Plan } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { useLabels } from "./form/labels.ts";

export function PlanList() {
  const { t } = useTranslation("plans");
  const { can } = useSession();
  const go = useGo();
  const create = can("plans.write") ? <Button onClick={() => go("/plans/new")}>{t("create")}</Button> : undefined;
  return (
    <ListPage<Plan>
      name="plans"
      title={t("title")}
      resource="/plans"
      fixed={useProgramQuery()}
      rowId={(one) => one.id}
      open={(one) => `/plans/${one.id}`}
      columns={usePlanColumns()}
      empty={{ title: t("empty"), text: t("emptyText"), action: create }}
      actions={create}
    />
  );
}

function usePlanColumns(): readonly Column<Plan>[] {
  const { t } = useTranslation("plans");
  const { model } = useLabels();
  const models = (one: Plan) => [...new Set(one.models)].map(model).join(", ");
  return [
    { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
    { id: "models", label: t("components"), cell: models, text: models, width: 230, phone: "line" },
    {
      id: "program",
      label: t("program"),
      cell: (one) => <NameText id={one.programId} />,
      text: (one) => one.programId,
      width: 150,
    },
    { id: "currency", label: t("currency"), cell: (one) => one.currency, text: (one) => one.currency, width: 90 },
    {
      id: "cases",
      label: t("cases.title"),
      cell: (one) => <CasesState plan={one} />,
      text: (one) => one.casesFailing,
      width: 140,
    },
    {
      id: "published",
      label: t("publishedVersion"),
      cell: (one) => one.publishedVersion ?? t("state.draft"),
      text: (one) => one.publishedVersion,
      width: 130,
      align: "end",
      phone: "value",
    },
    {
      id: "createdBy",
      label: t("createdBy"),
      cell: (one) => <NameText id={one.createdBy} />,
      text: (one) => one.createdBy,
      width: 150,
      hidden: true,
    },
    {
      id: "createdAt",
      label: t("createdAt"),
      cell: (one) => <DateText at={one.createdAt} detail="day" />,
      text: (one) => one.createdAt,
      width: 120,
      align: "end",
    },
  ];
}

function CasesState({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation("plans");
  if (plan.caseCount === 0) return "–";
  const failing = plan.casesFailing ?? 0;
  return failing === 0 ? (
    <StatusBadge state="passed" label={t("cases.passing", { count: plan.caseCount })} />
  ) : (
    <StatusBadge state="failed" label={t("cases.failing", { count: failing })} />
  );
}
