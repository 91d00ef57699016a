import { Button, FileButton, Group } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import type { Comparison, ComparisonFile } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange, useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { AgoText } from "../kit/date-text.tsx";
import { Go, useGo } from "../kit/link.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useSession } from "../session/session.tsx";
import { FILE_TONES } from "./states.ts";

/** The exports of both sides: upload, then say how they are read. */
export function SideFilesTab({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation("reconciliation");
  const files = useRecord<{ data: readonly ComparisonFile[] }>(`/reconciliation/comparisons/${comparison.id}/files`);
  return (
    <Loaded query={files}>
      {({ data }) =>
        (["office", "claim"] as const).map((side) => (
          <SideFiles
            key={side}
            side={side}
            comparison={comparison}
            files={data.filter((one) => one.side === side)}
            title={t(`side.${side}`)}
          />
        ))
      }
    </Loaded>
  );
}

interface SideFilesProps {
  readonly side: "office" | "claim";
  readonly comparison: Comparison;
  readonly files: readonly ComparisonFile[];
  readonly title: string;
}

function SideFiles({ side, comparison, files, title }: SideFilesProps) {
  const { t } = useTranslation("reconciliation");
  const { can } = useSession();
  const format = useFormat();
  const go = useGo();
  const upload = useChange({
    send: (file: File) =>
      api.upload<ComparisonFile>(`/reconciliation/comparisons/${comparison.id}/files`, file, { side }),
    refresh: ["reconciliation"],
    done: (file) => go(`/reconciliation/comparison-files/${file.id}`),
  });
  const action = can("reconciliation.write") ? (
    <FileButton accept=".csv,.tsv,.txt,.gz,.xlsx" onChange={(file) => file !== null && upload.mutate(file)}>
      {(props) => (
        <Button
          {...props}
          size="compact-sm"
          variant="default"
          leftSection={<IconUpload size={14} />}
          loading={upload.isPending}
        >
          {t("upload")}
        </Button>
      )}
    </FileButton>
  ) : undefined;
  return (
    <Card title={title} actions={<Group gap="xs">{action}</Group>} flush>
      {upload.isError ? <ProblemLine error={upload.error} /> : null}
      <PlainTable
        label={title}
        rows={files}
        rowId={(one) => one.id}
        empty={<p style={{ padding: 14, margin: 0 }}>{t(`noSideFiles.${side}`)}</p>}
        columns={[
          {
            id: "name",
            label: t("file"),
            cell: (one) => <Go to={`/reconciliation/comparison-files/${one.id}`}>{one.name}</Go>,
          },
          {
            id: "state",
            label: t("state"),
            cell: (one) => <StatusBadge state={one.state} label={t(`fileState.${one.state}`)} tones={FILE_TONES} />,
          },
          { id: "rows", label: t("rows"), align: "end", cell: (one) => format.number(one.rows) },
          { id: "refused", label: t("refused"), align: "end", cell: (one) => format.number(one.refused) },
          { id: "at", label: t("takenAt"), align: "end", cell: (one) => <AgoText at={one.uploadedAt} /> },
        ]}
      />
    </Card>
  );
}
