import { type Lead, type LeadDetail, LeadLoss, LeadReopening, LeadWin } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { TOUCHED, useSettings } from "./words.ts";

interface EndProps {
  readonly lead: Lead | null;
  readonly onClose: () => void;
}

function codeOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
}

/** A lead becomes a partner: its code is all that is not known yet. */
export function WinForm({ lead, onClose }: EndProps) {
  const { t } = useTranslation("pipeline");
  const go = useGo();
  if (lead === null) return null;
  return (
    <FormDialog<LeadWin, LeadDetail>
      opened
      onClose={onClose}
      title={t("winTitle", { name: lead.name })}
      submit={t("win")}
      schema={LeadWin}
      initial={{ revision: lead.revision, code: codeOf(lead.name) }}
      fields={[
        { kind: "note", name: "note", label: "", content: t("winText") },
        { kind: "text", name: "code", label: t("partnerCode"), hint: t("partnerCodeHint"), required: true },
      ]}
      send={(values, key) => api.post<LeadDetail>(`/leads/${lead.id}/win`, values, key)}
      done={(won) => go(`/partners/${won.partnerId}`)}
      refresh={[...TOUCHED, "partners"]}
    />
  );
}

export function LoseForm({ lead, onClose }: EndProps) {
  const { t } = useTranslation("pipeline");
  const { reasons, reasonName } = useSettings();
  if (lead === null) return null;
  const again = (days: number | null) =>
    days === null ? t("reapplyNever") : days === 0 ? t("reapplyAtOnce") : t("reapplyAfter", { count: days });
  return (
    <FormDialog<LeadLoss, LeadDetail>
      opened
      onClose={onClose}
      title={t("loseTitle", { name: lead.name })}
      submit={t("lose")}
      danger
      schema={LeadLoss}
      initial={{ revision: lead.revision, reason: "", note: "" }}
      fields={[
        {
          kind: "select",
          name: "reason",
          label: t("lostReason"),
          hint: t("lostReasonHint"),
          required: true,
          options: reasons
            .filter((one) => one.active)
            .map((one) => ({ value: one.id, label: `${reasonName(one.id)} (${again(one.reapplyDays)})` })),
        },
        { kind: "textarea", name: "note", label: t("note"), rows: 3 },
      ]}
      send={(values, key) => api.post<LeadDetail>(`/leads/${lead.id}/lose`, values, key)}
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
}

export function ReopenForm({ lead, onClose }: EndProps) {
  const { t } = useTranslation("pipeline");
  if (lead === null) return null;
  return (
    <FormDialog<LeadReopening, LeadDetail>
      opened
      onClose={onClose}
      title={t("reopen")}
      submit={t("reopen")}
      schema={LeadReopening}
      initial={{ revision: lead.revision, reason: "" }}
      fields={[{ kind: "textarea", name: "reason", label: t("reason"), required: true, rows: 3 }]}
      send={(values, key) => api.post<LeadDetail>(`/leads/${lead.id}/reopen`, values, key)}
      done={() => undefined}
      refresh={TOUCHED}
    />
  );
}
