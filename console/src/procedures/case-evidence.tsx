import { Button, FileInput, Group } from "@mantine/core";
import type { CaseDetail, CaseEvidence } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { DateText } from "../kit/date-text.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { Card } from "../kit/record/card.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import { useSession } from "../session/session.tsx";
import css from "./procedures.module.css";
import { TOUCHED } from "./states.ts";

/** Files, texts and links that were handed in, with the hash that shows that they are what they were. */
export function CaseEvidenceTab({ detail }: { readonly detail: CaseDetail }) {
  const { t } = useTranslation("procedures");
  const { can } = useSession();
  return (
    <Card title={t("tabs.evidence")} flush>
      <PlainTable<CaseEvidence>
        label={t("tabs.evidence")}
        rows={detail.evidence}
        rowId={(one) => one.id}
        empty={
          <p className={css.note} style={{ padding: "4px 14px 12px" }}>
            {t("noEvidence")}
          </p>
        }
        columns={[
          {
            id: "name",
            label: t("evidence"),
            cell: (one) => (
              <a href={`/v1/procedure-cases/${detail.id}/evidence/${one.id}`} download={one.name}>
                {one.name}
              </a>
            ),
          },
          { id: "kind", label: t("waits.kind"), cell: (one) => t(`evidenceKinds.${one.kind}`) },
          { id: "by", label: t("addedBy"), cell: (one) => one.addedBy },
          { id: "at", label: t("addedAt"), cell: (one) => <DateText at={one.addedAt} /> },
          { id: "hash", label: "SHA-256", cell: (one) => <code title={one.sha256}>{one.sha256.slice(0, 16)}…</code> },
        ]}
      />
      {can("procedures.write") && detail.status !== "dropped" ? <AddFile id={detail.id} /> : null}
    </Card>
  );
}

function AddFile({ id }: { readonly id: string }) {
  const { t } = useTranslation("procedures");
  const [file, setFile] = useState<File | null>(null);
  const add = useChange<File, CaseEvidence>({
    send: (one) => api.upload<CaseEvidence>(`/procedure-cases/${id}/evidence`, one),
    refresh: TOUCHED,
    done: () => setFile(null),
  });
  return (
    <Group gap="xs" p="sm" align="flex-end">
      <FileInput label={t("evidenceFile")} value={file} onChange={setFile} clearable style={{ minWidth: 240 }} />
      <Button
        variant="default"
        disabled={file === null}
        loading={add.isPending}
        onClick={() => file && add.mutate(file)}
      >
        {t("addFile")}
      </Button>
      {add.isError ? <ProblemLine error={add.error} /> : null}
    </Group>
  );
}
