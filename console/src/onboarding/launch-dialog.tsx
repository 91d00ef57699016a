import type { Launch, NewLaunch } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { say } from "../kit/notices.ts";
import { TOUCHED } from "./states.ts";

interface Values {
  readonly mode: "soft" | "full";
  /** A number once it was typed in. */
  readonly clicks?: string | number;
  readonly deposits?: string | number;
  readonly endsOn?: string;
  readonly criteria?: string;
  readonly reason?: string;
}

const Cap = z.coerce.number().int().positive().optional();
/** What is empty is left out before this is asked. */
const Given = z.discriminatedUnion("mode", [
  z.object({ mode: z.literal("soft"), clicks: Cap, deposits: Cap, endsOn: z.string(), criteria: z.string() }),
  z.object({ mode: z.literal("full") }),
]);

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
      schema={Given}
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

function launchOf({ mode, clicks, deposits, endsOn, criteria = "", reason = "" }: Values, caseId: string): NewLaunch {
  const plain = { caseId, mode, reason };
  if (mode === "full") return plain;
  const caps: NewLaunch["caps"] = [
    ...(clicks === undefined ? [] : [{ metric: "clicks" as const, limit: String(clicks), period: "day" as const }]),
    ...(deposits === undefined
      ? []
      : [
          {
            ...{ metric: "conversions" as const, eventType: "ftd" },
            ...{ limit: String(deposits), period: "week" as const },
          },
        ]),
  ];
  return { ...plain, caps, criteria, endsOn: endsOn ?? null };
}
