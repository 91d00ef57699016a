import type { Launch, NewLaunch } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { say } from "../kit/notices.ts";
import { TOUCHED } from "./states.ts";

const Values = z.object({
  mode: z.enum(["soft", "full"]),
  clicks: z.string().regex(/^\d*$/),
  deposits: z.string().regex(/^\d*$/),
  endsOn: z.string(),
  criteria: z.string(),
  reason: z.string(),
});
type Values = z.infer<typeof Values>;

interface LaunchDialogProps {
  readonly partnerId: string;
  readonly caseId: string;
  readonly onClose: () => void;
}

/** Softly, with caps and a day to decide on, or fully. Every condition is asked again when it is sent. */
export function LaunchDialog({ partnerId, caseId, onClose }: LaunchDialogProps) {
  const { t } = useTranslation("onboarding");
  const isSoft = (values: Values) => values.mode === "soft";
  return (
    <FormDialog<Values, Launch>
      opened
      onClose={onClose}
      title={t("launch.do")}
      submit={t("launch.do")}
      schema={Values}
      initial={{ mode: "soft", clicks: "1000", deposits: "20", endsOn: "", criteria: "", reason: "" }}
      fields={[
        {
          kind: "select",
          name: "mode",
          label: t("launch.mode"),
          options: (["soft", "full"] as const).map((value) => ({ value, label: t(`launch.modes.${value}`) })),
        },
        { kind: "integer", name: "clicks", label: t("launch.clicksADay"), half: true, when: isSoft },
        { kind: "integer", name: "deposits", label: t("launch.depositsAWeek"), half: true, when: isSoft },
        { kind: "day", name: "endsOn", label: t("launch.endsOn"), required: true, when: isSoft },
        {
          kind: "textarea",
          name: "criteria",
          label: t("launch.criteria"),
          hint: t("launch.criteriaHint"),
          required: true,
          when: isSoft,
        },
        { kind: "text", name: "reason", label: t("launch.reason") },
      ]}
      send={(values, key) => api.post<Launch>(`/partners/${partnerId}/launch`, launchOf(values, caseId), key)}
      done={() => say(t("launch.done"))}
      refresh={TOUCHED}
    />
  );
}

function launchOf(values: Values, caseId: string): NewLaunch {
  const plain = { caseId, mode: values.mode, reason: values.reason };
  if (values.mode === "full") return plain;
  const clicks = { metric: "clicks" as const, limit: values.clicks, period: "day" as const };
  const deposits = {
    metric: "conversions" as const,
    eventType: "ftd",
    limit: values.deposits,
    period: "week" as const,
  };
  const caps = [...(values.clicks === "" ? [] : [clicks]), ...(values.deposits === "" ? [] : [deposits])];
  return { ...plain, caps, criteria: values.criteria, endsOn: values.endsOn === "" ? null : values.endsOn };
}
