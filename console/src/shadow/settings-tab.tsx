import type { Shadow } from "@tributary/contract";
import { ShadowChange } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { RecordForm } from "../kit/form/record-form.tsx";
import { say } from "../kit/notices.ts";
import { Card } from "../kit/record/card.tsx";
import { TYPES, zones } from "./shadow-form.tsx";

/** How it is compared, and from when on it is called safe. A change is compared again at once. */
export function SettingsTab({ shadow }: { readonly shadow: Shadow }) {
  const { t } = useTranslation("shadow");
  const { thresholds } = shadow;
  return (
    <Card title={t("tabs.settings")}>
      <RecordForm
        key={shadow.revision}
        schema={ShadowChange}
        initial={{
          revision: shadow.revision,
          name: shadow.name,
          types: shadow.types,
          timeZone: shadow.timeZone,
          currency: shadow.currency,
          toleranceMinutes: String(shadow.toleranceMinutes),
          lateHours: String(shadow.lateHours),
          status: shadow.status,
          thresholds: { ...thresholds, days: String(thresholds.days), conversions: String(thresholds.conversions) },
        }}
        submit={t("save")}
        fields={[
          { kind: "text", name: "name", label: t("name"), required: true },
          {
            kind: "choices",
            name: "types",
            label: t("types"),
            hint: t("typesHint"),
            options: [...new Set([...TYPES, ...shadow.types])].map((value) => ({
              value,
              label: t(`type.${value}`, { defaultValue: value }),
            })),
          },
          {
            kind: "select",
            name: "timeZone",
            label: t("timeZone"),
            hint: t("timeZoneHint"),
            half: true,
            options: zones(),
          },
          { kind: "text", name: "currency", label: t("currency"), hint: t("currencyHint"), half: true },
          { kind: "integer", name: "toleranceMinutes", label: t("tolerance"), hint: t("toleranceHint"), half: true },
          { kind: "integer", name: "lateHours", label: t("lateHours"), hint: t("lateHoursHint"), half: true },
          { kind: "integer", name: "thresholds.days", label: t("check.days"), half: true },
          { kind: "integer", name: "thresholds.conversions", label: t("check.conversions"), half: true },
          {
            kind: "decimal",
            name: "thresholds.agreement",
            label: t("check.agreement"),
            hint: t("shareHint"),
            half: true,
          },
          { kind: "decimal", name: "thresholds.worstDay", label: t("check.worst_day"), half: true },
          { kind: "decimal", name: "thresholds.amount", label: t("check.amount"), half: true },
          {
            kind: "select",
            name: "status",
            label: t("status"),
            half: true,
            options: (["active", "closed"] as const).map((value) => ({ value, label: t(value) })),
          },
        ]}
        send={(values) => api.patch<Shadow>(`/shadows/${shadow.id}`, values)}
        done={() => say(t("saved"))}
        refresh={["shadows", "audit"]}
      />
    </Card>
  );
}
