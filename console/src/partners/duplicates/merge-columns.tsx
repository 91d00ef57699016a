import { Button, Group } from "@mantine/core";
import type { PartnerMerge } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useChange } from "../../api/records.ts";
import { ConfirmDialog } from "../../kit/confirm-dialog.tsx";
import { DateText } from "../../kit/date-text.tsx";
import type { Column } from "../../kit/list/list-declaration.ts";
import { NameText } from "../../kit/name-text.tsx";
import { complain } from "../../kit/notices.ts";
import { StatusBadge } from "../../kit/status-badge.tsx";
import { useSession } from "../../session/session.tsx";
import { MERGE_TONES } from "../states.ts";

export function useMergeColumns(): readonly Column<PartnerMerge>[] {
  const { t } = useTranslation("partners");
  return [
    {
      id: "winner",
      label: t("merge.winner"),
      cell: (one) => <NameText id={one.winnerId} to={`/partners/${one.winnerId}`} />,
      text: (one) => one.winnerId,
      width: 200,
      phone: "title",
    },
    {
      id: "loser",
      label: t("merge.loser"),
      cell: (one) => <NameText id={one.loserId} to={`/partners/${one.loserId}`} />,
      text: (one) => one.loserId,
      width: 200,
      phone: "line",
    },
    {
      id: "state",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.state} label={t(`merge.state.${one.state}`)} tones={MERGE_TONES} />,
      text: (one) => one.state,
      width: 150,
      phone: "value",
    },
    {
      id: "by",
      label: t("record.placedBy"),
      cell: (one) => one.proposedName,
      text: (one) => one.proposedName,
      width: 140,
    },
    {
      id: "until",
      label: t("merge.undoUntil"),
      cell: (one) => <DateText at={one.undoUntil} detail="day" />,
      text: (one) => one.undoUntil,
      width: 130,
    },
    { id: "actions", label: t("change"), cell: (one) => <MergeActions merge={one} />, text: () => "", width: 190 },
  ];
}

function MergeActions({ merge }: { readonly merge: PartnerMerge }) {
  const { t } = useTranslation("partners");
  const { can, me } = useSession();
  const [undoing, setUndoing] = useState(false);
  const refresh = ["partners", "partner-merges", "partner-duplicates", "links", "audit"];
  const decide = useChange({
    send: (decision: "confirm" | "drop") => api.post(`/partner-merges/${merge.id}/${decision}`, {}),
    refresh,
  });
  const act = (decision: "confirm" | "drop") =>
    decide.mutate(decision, { onError: (problem) => complain(problem.message, problem.detail) });
  if (merge.state === "proposed")
    return (
      <Group gap={6}>
        {can("partners.approve") && merge.proposedBy !== me.id ? (
          <Button size="compact-xs" onClick={() => act("confirm")}>
            {t("merge.confirm")}
          </Button>
        ) : null}
        {can("partners.write") ? (
          <Button size="compact-xs" variant="default" onClick={() => act("drop")}>
            {t("merge.drop")}
          </Button>
        ) : null}
      </Group>
    );
  if (merge.state !== "done" || !can("partners.approve")) return null;
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setUndoing(true)}>
        {t("merge.undo")}
      </Button>
      <ConfirmDialog
        opened={undoing}
        onClose={() => setUndoing(false)}
        title={t("merge.undo")}
        text={t("merge.undoText")}
        action={t("merge.undo")}
        reason="required"
        send={(reason) => api.post(`/partner-merges/${merge.id}/undo`, { reason })}
        refresh={refresh}
      />
    </>
  );
}
