import { Button, Group } from "@mantine/core";
import type { CaseDetail } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Reasoned, SteerDialog } from "./case-dialogs.tsx";

/** What may be done with the case as a whole. */
export function CaseActions({ detail }: { readonly detail: CaseDetail }) {
  const { t } = useTranslation("procedures");
  const [what, setWhat] = useState<Reasoned | null>(null);
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
      <SteerDialog opened={what !== null} onClose={() => setWhat(null)} detail={detail} what={what ?? "drop"} />
    </Group>
  );
}
