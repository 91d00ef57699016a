import type { Adjustment, AdjustmentsDecided } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { FormDialogFrame } from "../kit/dialog-frame.tsx";
import { NameText } from "../kit/name-text.tsx";
import { DECISIONS_TOUCH } from "./adjustment-decide.tsx";

interface DecideManyProps {
  readonly chosen: { readonly rows: readonly Adjustment[]; readonly done: () => void } | null;
  readonly onClose: () => void;
}

/** Approves the clean ones of what was ticked; what has a warning, or was proposed by oneself, is named and left. */
export function DecideMany({ chosen, onClose }: DecideManyProps) {
  const { t } = useTranslation("money");
  const [outcome, setOutcome] = useState<AdjustmentsDecided | null>(null);
  const rows = chosen?.rows ?? [];
  const clean = rows.filter((one) => one.status === "proposed" && one.warnings.length === 0);
  const partnerOf = new Map(rows.map((one) => [one.id, one.partnerId]));
  return (
    <>
      <ConfirmDialog<AdjustmentsDecided>
        opened={chosen !== null && outcome === null}
        onClose={() => (outcome === null ? onClose() : undefined)}
        title={t("adjust.approveMany")}
        text={t("adjust.approveManyText", { clean: clean.length, rows: rows.length })}
        action={t("approve")}
        send={() =>
          api.post("/adjustments/decisions", { ids: rows.map((one) => one.id), approve: true, onlyClean: true })
        }
        refresh={DECISIONS_TOUCH}
        done={(result) => {
          chosen?.done();
          if (result.refused.length > 0) setOutcome(result);
          else onClose();
        }}
      />
      <FormDialogFrame
        opened={outcome !== null}
        title={t("adjust.decided", { count: outcome?.decided ?? 0 })}
        submit={t("adjust.understood")}
        onClose={() => setOutcome(null)}
        onSubmit={() => {
          setOutcome(null);
          onClose();
        }}
        ready
        busy={false}
        danger={false}
      >
        <p>{t("adjust.left", { count: outcome?.refused.length ?? 0 })}</p>
        <ul>
          {outcome?.refused.map((one) => (
            <li key={one.id}>
              <NameText id={partnerOf.get(one.id) ?? null} />: {one.detail}
            </li>
          ))}
        </ul>
      </FormDialogFrame>
    </>
  );
}
