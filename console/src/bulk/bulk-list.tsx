import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { type BulkChange, BulkStatus } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { AgoText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { NewBulkDialog } from "./new-bulk.tsx";
import { STATE_TONES } from "./states.ts";
import { useBulkName } from "./use-bulk-words.ts";

/** Files and selections by which many partners or contacts were made or changed, and how far each is. */
export function BulkList() {
  const { t } = useTranslation("bulk");
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = <Button onClick={() => go("/bulk-changes?new=1")}>{t("create")}</Button>;
  return (
    <>
      <ListPage<BulkChange>
        name="bulk-changes"
        title={t("title")}
        resource="/bulk-changes"
        rowId={(one) => one.id}
        open={(one) => `/bulk-changes/${one.id}`}
        liveSeconds={5}
        filters={[
          {
            ...{ kind: "choice", field: "status", label: t("status"), several: true },
            options: BulkStatus.options.map((value) => ({ value, label: t(`state.${value}`) })),
          },
          {
            ...{ kind: "choice", field: "source", label: t("source"), several: true },
            options: (["file", "selection"] as const).map((value) => ({ value, label: t(`sources.${value}`) })),
          },
        ]}
        columns={useColumns()}
        empty={{ title: t("empty"), text: t("emptyText"), action: create }}
        actions={create}
      />
      <NewBulkDialog opened={search.new === "1"} onClose={() => go("/bulk-changes")} />
    </>
  );
}

function useColumns(): readonly Column<BulkChange>[] {
  const { t } = useTranslation("bulk");
  const format = useFormat();
  const nameOf = useBulkName();
  const count = (id: "create" | "update" | "refuse") => ({
    ...{ id, label: t(`actions.${id}`), align: "end" as const, width: 110 },
    cell: (one: BulkChange) => format.number(one.counts[id] ?? 0),
    text: (one: BulkChange) => one.counts[id] ?? 0,
  });
  return [
    { id: "name", label: t("name"), cell: nameOf, text: nameOf, phone: "title" },
    {
      ...{ id: "status", label: t("status"), width: 150, phone: "value" },
      cell: (one) => <StatusBadge state={one.status} label={t(`state.${one.status}`)} tones={STATE_TONES} />,
      text: (one) => one.status,
    },
    {
      ...{ id: "subject", label: t("subject"), width: 120 },
      cell: (one) => t(`subjects.${one.subject}`),
      text: (one) => one.subject,
    },
    count("create"),
    count("update"),
    count("refuse"),
    {
      ...{ id: "by", label: t("by"), width: 150, phone: "line" },
      cell: (one) => one.createdByName,
      text: (one) => one.createdByName,
    },
    {
      ...{ id: "createdAt", label: t("createdAt"), align: "end", width: 150 },
      cell: (one) => <AgoText at={one.createdAt} />,
      text: (one) => one.createdAt,
    },
  ];
}
