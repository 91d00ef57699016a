import { Button, FileButton, Group } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import type { Shadow, ShadowFile } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NoteLine, ProblemLine } from "../kit/problem-state.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { STATE_TONES } from "./states.ts";

/** Exports of theirs: upload, then say how they are read. */
export function FilesTab({ shadow }: { readonly shadow: Shadow }) {
  const { t } = useTranslation("shadow");
  const { can } = useSession();
  const go = useGo();
  const upload = useChange({
    send: (file: File) => api.upload<ShadowFile>(`/shadows/${shadow.id}/files`, file),
    refresh: ["shadows"],
    done: (file) => go(`/shadow-files/${file.id}`),
  });
  const action =
    can("events.write") && shadow.status === "active" ? (
      <FileButton accept=".csv,.tsv,.txt,.gz,.xlsx" onChange={(file) => file !== null && upload.mutate(file)}>
        {(props) => (
          <Button {...props} leftSection={<IconUpload size={15} />} loading={upload.isPending}>
            {t("upload")}
          </Button>
        )}
      </FileButton>
    ) : undefined;
  return (
    <>
      {shadow.sourceId === null ? null : <NoteLine tone="info">{t("liveNote")}</NoteLine>}
      {upload.isError ? <ProblemLine error={upload.error} /> : null}
      <Group justify="flex-end" mb={8}>
        {action}
      </Group>
      <ListPanel<ShadowFile>
        embedded
        name="shadow-files"
        title={t("tabs.files")}
        resource={`/shadows/${shadow.id}/files`}
        rowId={(one) => one.id}
        open={(one) => `/shadow-files/${one.id}`}
        columns={useColumns()}
        empty={{ title: t("noFiles"), text: t("noFilesText") }}
      />
    </>
  );
}

function useColumns(): readonly Column<ShadowFile>[] {
  const { t } = useTranslation("shadow");
  const format = useFormat();
  return [
    { id: "name", label: t("file"), cell: (one) => one.name, text: (one) => one.name, phone: "title" },
    {
      id: "state",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.state} label={t(`fileState.${one.state}`)} tones={STATE_TONES} />,
      text: (one) => one.state,
      width: 140,
      phone: "value",
    },
    {
      id: "rows",
      label: t("rows"),
      cell: (one) => format.number(one.rows),
      text: (one) => one.rows,
      align: "end",
      width: 110,
      phone: "line",
    },
    {
      id: "refused",
      label: t("refused"),
      cell: (one) => format.number(one.refused),
      text: (one) => one.refused,
      align: "end",
      width: 110,
    },
    {
      id: "createdAt",
      label: t("uploadedAt"),
      cell: (one) => <DateText at={one.createdAt} />,
      text: (one) => one.createdAt,
      align: "end",
      width: 170,
    },
  ];
}
