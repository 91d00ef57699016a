import type { RunApproved, RunDetail, RunItem } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { ConfirmDialog } from "../kit/confirm-dialog.tsx";
import { say } from "../kit/notices.ts";
import { TOUCHED } from "./states.ts";

export interface Answer {
  readonly decision: "approve" | "send_back" | "exclude" | "include";
  readonly items: readonly Pick<RunItem, "partnerId" | "currency">[];
  readonly done?: () => void;
}

interface AnswerDialogProps {
  readonly run: Pick<RunDetail, "id" | "revision">;
  readonly answer: Answer;
  readonly onClose: () => void;
}

/** A word about the partners that were picked: approved, sent back, left out, taken in again. */
export function AnswerDialog({ run, answer, onClose }: AnswerDialogProps) {
  const { t } = useTranslation("runs");
  const { decision } = answer;
  const items = answer.items.map(({ partnerId, currency }) => ({ partnerId, currency }));
  const close = () => {
    answer.done?.();
    onClose();
  };
  const shared = {
    opened: true,
    onClose: close,
    title: t(`decide.${decision}`),
    action: t(`decide.${decision}`),
    text: t(`decideText.${decision}`, { count: items.length }),
    refresh: TOUCHED,
  };
  if (decision === "approve")
    return (
      <ConfirmDialog
        {...shared}
        reason="optional"
        send={(comment) =>
          api.post<RunApproved>(`/runs/${run.id}/approvals`, { revision: run.revision, items, comment })
        }
        done={(result) => {
          say(t("approvedCount", { count: result.approved }));
          const [first] = result.refused;
          if (first !== undefined)
            say(t("refusedCount", { count: result.refused.length, why: t(`whyNot.${first.reason}`) }));
        }}
      />
    );
  return (
    <ConfirmDialog
      {...shared}
      reason="required"
      danger={decision === "exclude"}
      send={(comment) => api.post(`/runs/${run.id}/answers`, { revision: run.revision, items, decision, comment })}
    />
  );
}
