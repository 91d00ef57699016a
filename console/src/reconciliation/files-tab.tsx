import type { BankFile } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { AgoText } from "../kit/date-text.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { FILE_TONES } from "./states.ts";

/** The files as they came, with what was new in each. */
export function FilesTab() {
  const { t } = useTranslation("reconciliation");
  return (
    <ListPanel<BankFile>
      embedded
      name="bank-files"
      title={t("tabs.files")}
      resource="/reconciliation/bank-files"
      rowId={(one) => one.id}
      open={(one) => `/reconciliation/files/${one.id}`}
      columns={[
        { id: "name", label: t("file"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
        {
          id: "format",
          label: t("format"),
          cell: (one) => one.variant ?? one.format ?? "–",
          text: (one) => one.variant ?? one.format,
          width: 200,
          phone: "line",
        },
        {
          id: "state",
          label: t("state"),
          cell: (one) => <StatusBadge state={one.state} label={t(`fileState.${one.state}`)} tones={FILE_TONES} />,
          text: (one) => one.state,
          width: 150,
          phone: "value",
        },
        {
          id: "entries",
          label: t("entries"),
          cell: (one) => one.entries,
          text: (one) => one.entries,
          align: "end",
          width: 100,
        },
        {
          id: "fresh",
          label: t("fresh"),
          cell: (one) => one.fresh,
          text: (one) => one.fresh,
          align: "end",
          width: 100,
        },
        {
          id: "pending",
          label: t("pending"),
          cell: (one) => one.pending,
          text: (one) => one.pending,
          align: "end",
          width: 110,
        },
        {
          id: "at",
          label: t("takenAt"),
          cell: (one) => <AgoText at={one.uploadedAt} />,
          text: (one) => one.uploadedAt,
          align: "end",
          width: 140,
        },
      ]}
      empty={{ title: t("noFiles"), text: t("noFilesText") }}
    />
  );
}
