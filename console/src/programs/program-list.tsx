import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { Program } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { ProgramForm } from "./program-form.tsx";
import { STATUSES } from "./states.ts";

export function ProgramList() {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("programs.write") ? (
    <Button onClick={() => go("/programs?new=1")}>{t("create")}</Button>
  ) : undefined;
  return (
    <>
      <ListPage<Program>
        name="programs"
        title={t("title")}
        resource="/programs"
        rowId={(one) => one.id}
        open={(one) => `/programs/${one.id}`}
        views={[
          { id: "all", label: t("views.all") },
          { id: "active", label: t("views.active"), filters: { status: "active" } },
        ]}
        filters={[
          {
            kind: "choice",
            field: "status",
            label: t("status"),
            several: true,
            options: STATUSES.map((value) => ({ value, label: t(`state.${value}`) })),
          },
        ]}
        search={t("search")}
        sort="name"
        columns={useProgramColumns()}
        empty={{ title: t("empty"), text: t("emptyText"), action: create }}
        actions={create}
      />
      <ProgramForm opened={search.new === "1"} onClose={() => go("/programs")} />
    </>
  );
}

function useProgramColumns(): readonly Column<Program>[] {
  const { t } = useTranslation("programs");
  return [
    {
      id: "name",
      label: t("name"),
      cell: (one) => one.name,
      text: (one) => one.name,
      sort: "name",
      phone: "title",
    },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.status} label={t(`state.${one.status}`)} />,
      text: (one) => one.status,
      width: 120,
      phone: "value",
    },
    { id: "code", label: t("code"), cell: (one) => one.code, text: (one) => one.code, width: 170 },
    {
      id: "currency",
      label: t("currency"),
      cell: (one) => one.currency,
      text: (one) => one.currency,
      width: 100,
      phone: "line",
    },
    {
      id: "timeZone",
      label: t("timeZone"),
      cell: (one) => one.timeZone,
      text: (one) => one.timeZone,
      width: 180,
      phone: "line",
    },
    {
      id: "owner",
      label: t("owner"),
      cell: (one) => <NameText id={one.ownerUserId} />,
      text: (one) => one.ownerUserId,
      width: 160,
    },
    {
      id: "createdAt",
      label: t("createdAt"),
      cell: (one) => <DateText at={one.createdAt} />,
      text: (one) => one.createdAt,
      width: 170,
      align: "end",
    },
  ];
}
