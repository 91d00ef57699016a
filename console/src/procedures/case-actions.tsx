import { Button, Group } from "@mantine/core";
import type { CaseDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { type Reasoned, SteerDialog } from "./case-dialogs.tsx";
import { TOUCHED } from "./states.ts";

/** What may be done with the case as a whole. */
export function CaseActions({ detail }: { readonly detail: CaseDetail }) {
  const { t } = useTranslation("procedures");
  const [what, setWhat] = useState<Reasoned | null>(null);
  const [undoing, setUndoing] = useState(false);
  if (!detail.may.steer) return null;
  const canGoBack = detail.status !== "dropped" && (detail.stageNumber > 1 || detail.status === "finished");
  const choices: readonly Reasoned[] = [
    ...(canGoBack ? (["send_back"] as const) : []),
    ...(detail.status === "running" ? (["drop"] as const) : (["reopen"] as const)),
  ];
  return (
    <Group gap="xs">
      {choices.map((choice) => (
        <Button key={choice} variant="default" onClick={() => setWhat(choice)}>
          {t(`steer.${choice}`)}
        </Button>
      ))}
      {detail.mayUndoMove ? (
        <Button variant="default" onClick={() => setUndoing(true)}>
          {t("undoMigration")}
        </Button>
      ) : null}
      <ConfirmDialog<CaseDetail>
        opened={undoing}
        onClose={() => setUndoing(false)}
        title={t("undoMigration")}
        text={t("undoMigrationText")}
        action={t("undoMigration")}
        send={() => api.post<CaseDetail>(`/procedure-cases/${detail.id}/undo-migration`)}
        refresh={TOUCHED}
      />
      <SteerDialog opened={what !== null} onClose={() => setWhat(null)} detail={detail} what={what ?? "drop"} />
    </Group>
  );
}
