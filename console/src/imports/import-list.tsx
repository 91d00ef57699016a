import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { type Import, ImportStatus, ImportVendor } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { AgoText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { NewImportDialog } from "./new-import.tsx";
import { STATE_TONES } from "./states.ts";

/** What was taken over from other platforms, and how far it is. */
export function ImportList() {
  const { t } = useTranslation("imports");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const adding = search.new !== undefined;
  const create = can("partners.approve") ? (
    <Button onClick={() => go("/imports?new=1")}>{t("create")}</Button>
  ) : undefined;
  return (
    <>
      <ListPage<Import>
        name="imports"
        title={t("title")}
        resource="/imports"
        fixed={useProgramQuery()}
        rowId={(one) => one.id}
        open={(one) => `/imports/${one.id}`}
        liveSeconds={5}
        filters={[
          {
            kind: "choice",
            field: "status",
            label: t("status"),
            several: true,
            options: ImportStatus.options.map((value) => ({ value, label: t(`state.${value}`) })),
          },
          {
            kind: "choice",
            field: "vendor",
            label: t("vendor"),
            several: true,
            options: ImportVendor.options.map((value) => ({ value, label: t(`vendors.${value}`) })),
          },
        ]}
        columns={useImportColumns()}
        empty={{ title: t("empty"), text: t("emptyText"), action: create }}
        actions={create}
      />
      <NewImportDialog opened={adding} onClose={() => go("/imports")} />
    </>
  );
}

function useImportColumns(): readonly Column<Import>[] {
  const { t } = useTranslation("imports");
  const format = useFormat();
  return [
    {
      id: "name",
      label: t("name"),
      cell: (one) => one.name || t(`vendors.${one.vendor}`),
      text: (one) => one.name,
      phone: "title",
    },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.status} label={t(`state.${one.status}`)} tones={STATE_TONES} />,
      text: (one) => one.status,
      width: 140,
      phone: "value",
    },
    {
      id: "vendor",
      label: t("vendor"),
      cell: (one) => t(`vendors.${one.vendor}`),
      text: (one) => one.vendor,
      width: 150,
      phone: "line",
    },
    {
      id: "program",
      label: t("program"),
      cell: (one) => <NameText id={one.programId} to={`/programs/${one.programId}`} />,
      text: (one) => one.programId,
      width: 200,
    },
    {
      id: "done",
      label: t("done"),
      cell: (one) => `${format.number(one.done)} / ${format.number(one.total)}`,
      text: (one) => one.done,
      align: "end",
      width: 140,
    },
    {
      id: "refused",
      label: t("refused"),
      cell: (one) => format.number(refused(one)),
      text: refused,
      align: "end",
      width: 110,
    },
    {
      id: "createdAt",
      label: t("createdAt"),
      cell: (one) => <AgoText at={one.createdAt} />,
      text: (one) => one.createdAt,
      align: "end",
      width: 150,
    },
  ];
}

function refused(one: Import): number {
  return Object.values(one.counts).reduce((sum, counts) => sum + (counts.refuse ?? 0), 0);
}
