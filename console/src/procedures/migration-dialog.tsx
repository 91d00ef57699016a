import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { CaseMove, MigrationOutcome, MigrationPreview } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { useChange } from "../api/records.ts";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { NameText } from "../kit/name-text.tsx";
import { ProblemLine } from "../kit/problem-state.tsx";
import { PlainTable } from "../kit/record/plain-table.tsx";
import css from "./procedures.module.css";
import { TOUCHED } from "./states.ts";

interface MigrationDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly procedure: string;
  readonly version: number;
}

/** Where running cases would lie on the newer version, and what of them still counts; then moves those that are chosen. */
export function MigrationDialog({ opened, onClose, procedure, version }: MigrationDialogProps) {
  const { t } = useTranslation("procedures");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const preview = useQuery({
    queryKey: ["procedure-cases", "preview", procedure, version],
    queryFn: () => api.post<MigrationPreview>(`/procedures/${procedure}/versions/${version}/preview`, { stages: {} }),
    enabled: opened,
  });
  const moves = preview.data?.moves ?? [];
  const chosen = moves.filter(({ caseId }) => !left.has(caseId));
  const migrate = useChange<void, MigrationOutcome>({
    send: () =>
      api.post<MigrationOutcome>(`/procedures/${procedure}/versions/${version}/migrate`, {
        cases: chosen.map(({ caseId, revision }) => ({ caseId, revision })),
      }),
    refresh: TOUCHED,
    done: ({ left: refused }) => refused.length === 0 && onClose(),
  });
  const toggle = (id: string) =>
    setLeft((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]));
  return (
    <FormDialogFrame
      opened={opened}
      wide
      title={t("migrateTitle", { version })}
      submit={t("migrate", { count: chosen.length })}
      onClose={onClose}
      onSubmit={() => migrate.mutate()}
      ready={chosen.length > 0}
      busy={migrate.isPending}
    >
      <p className={css.note}>{t("migrateText")}</p>
      {preview.isError ? <ProblemLine error={preview.error} /> : null}
      <PlainTable<CaseMove>
        label={t("migrateTitle", { version })}
        rows={moves}
        rowId={(one) => one.caseId}
        columns={[
          {
            id: "who",
            label: t("cases.about"),
            cell: (one) => (
              <Checkbox
                size="xs"
                checked={!left.has(one.caseId)}
                onChange={() => toggle(one.caseId)}
                label={<NameText id={one.subjectId} />}
              />
            ),
          },
          { id: "from", label: t("stage"), cell: (one) => `${one.fromStage} → ${one.toStage}` },
          { id: "kept", label: t("moves.kept"), cell: (one) => [...one.kept, ...one.signed].join(", ") || "–" },
          { id: "fresh", label: t("moves.fresh"), cell: (one) => one.fresh.join(", ") || "–" },
          { id: "gone", label: t("moves.gone"), cell: (one) => [...one.gone, ...one.void].join(", ") || "–" },
        ]}
      />
      {migrate.data?.left.map(({ caseId, detail }) => (
        <p key={caseId} className={css.note}>
          {caseId}: {detail}
        </p>
      ))}
      {migrate.isError ? <ProblemLine error={migrate.error} /> : null}
    </FormDialogFrame>
  );
}
