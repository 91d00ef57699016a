import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { SmartLink } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { SmartEditor } from "./smart-editor.tsx";

/** Addresses that lead to one of several offers; `?new=1` is the editor. */
export function SmartList() {
  const { can } = useSession();
  const search: Record<string, string> = useSearch({ strict: false });
  return search.new === "1" && can("links.write") ? <SmartEditor smart={null} /> : <SmartLinks />;
}

function SmartLinks() {
  const { t } = useTranslation("tracking");
  const { can } = useSession();
  const go = useGo();
  const create = can("links.write") ? (
    <Button onClick={() => go("/smart-links?new=1")}>{t("smart.create")}</Button>
  ) : undefined;
  return (
    <ListPage<SmartLink>
      name="smart-links"
      title={t("smart.title")}
      resource="/smart-links"
      fixed={useProgramQuery()}
      rowId={(one) => one.id}
      open={(one) => `/smart-links/${one.id}`}
      views={[
        { id: "all", label: t("views.current") },
        { id: "archived", label: t("views.archived"), filters: { status: "archived" } },
      ]}
      search={t("smart.search")}
      columns={[
        { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
        {
          id: "status",
          label: t("status"),
          cell: (one) => <StatusBadge state={one.status} label={t(`linkState.${one.status}`)} />,
          text: (one) => one.status,
          width: 120,
          phone: "value",
        },
        {
          id: "program",
          label: t("program"),
          cell: (one) => <NameText id={one.programId} />,
          text: (one) => one.programId,
          width: 180,
          phone: "line",
        },
        {
          id: "mode",
          label: t("smart.mode"),
          cell: (one) => t(`smart.modes.${one.mode}`),
          text: (one) => one.mode,
          width: 220,
          phone: "line",
        },
        {
          id: "options",
          label: t("smart.options"),
          cell: (one) => one.options.length,
          text: (one) => one.options.length,
          width: 90,
          align: "end",
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
      empty={{ title: t("smart.empty"), text: t("smart.emptyText"), action: create }}
      actions={create}
    />
  );
}
