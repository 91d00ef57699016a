import type { PayeeGap, PayeeSettings } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { DayText } from "../kit/date-text.tsx";
import { RecordForm } from "../kit/form/record-form.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Properties } from "../kit/record/card.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";

/** What holds for all payees, and of whom it is not said who is paid. */
export function SettingsPage() {
  const { t } = useTranslation("payees");
  return (
    <RecordPage
      title={t("settings")}
      parent={{ label: t("title"), to: "/payees" }}
      tabs={[
        { id: "settings", label: t("settingsTab"), content: () => <Settings /> },
        { id: "gaps", label: t("gaps"), content: () => <Gaps /> },
      ]}
    />
  );
}

function Settings() {
  const settings = useRecord<PayeeSettings>("/payee-settings");
  return <Loaded query={settings}>{(one) => <SettingsForm key={one.revision} settings={one} />}</Loaded>;
}

interface Entry {
  readonly coolingOffHours: string;
  readonly firstCoolingOffHours: string;
  readonly taxForms: PayeeSettings["taxForms"];
  readonly screening: PayeeSettings["screening"];
}

function SettingsForm({ settings }: { readonly settings: PayeeSettings }) {
  const { t } = useTranslation("payees");
  const { can } = useSession();
  if (!can("payees.approve"))
    return (
      <Properties
        items={[
          [t("coolingOff"), settings.coolingOffHours],
          [t("firstCoolingOff"), settings.firstCoolingOffHours],
          [t("taxForms"), t(`taxFormsOf.${settings.taxForms}`)],
          [t("screening"), t(`screeningOf.${settings.screening}`)],
        ]}
      />
    );
  return (
    <RecordForm<Entry, PayeeSettings>
      schema={z.object({
        coolingOffHours: z.string().regex(/^\d{1,3}$/),
        firstCoolingOffHours: z.string().regex(/^\d{1,3}$/),
      })}
      initial={{
        coolingOffHours: String(settings.coolingOffHours),
        firstCoolingOffHours: String(settings.firstCoolingOffHours),
        taxForms: settings.taxForms,
        screening: settings.screening,
      }}
      fields={[
        { kind: "integer", name: "coolingOffHours", label: t("coolingOff"), hint: t("coolingOffHint"), half: true },
        {
          kind: "integer",
          name: "firstCoolingOffHours",
          label: t("firstCoolingOff"),
          hint: t("firstCoolingOffHint"),
          half: true,
        },
        {
          kind: "select",
          name: "taxForms",
          label: t("taxForms"),
          half: true,
          options: (["if_given", "always"] as const).map((value) => ({ value, label: t(`taxFormsOf.${value}`) })),
        },
        {
          kind: "select",
          name: "screening",
          label: t("screening"),
          half: true,
          options: (["matches", "always"] as const).map((value) => ({ value, label: t(`screeningOf.${value}`) })),
        },
      ]}
      submit={t("save")}
      send={(values) =>
        api.put<PayeeSettings>("/payee-settings", {
          ...values,
          coolingOffHours: Number(values.coolingOffHours),
          firstCoolingOffHours: Number(values.firstCoolingOffHours),
          revision: settings.revision,
        })
      }
      done={() => undefined}
      refresh={["payee-settings", "payees", "audit"]}
    />
  );
}

function Gaps() {
  const { t } = useTranslation("payees");
  return (
    <ListPanel<PayeeGap>
      embedded
      name="payee-gaps"
      title={t("gaps")}
      resource="/payee-gaps"
      rowId={(one) => `${one.partnerId} ${one.programId ?? ""} ${one.from}`}
      open={(one) => `/partners/${one.partnerId}`}
      columns={[
        {
          id: "partner",
          label: t("partner"),
          cell: (one) => <NameText id={one.partnerId} />,
          text: (one) => one.partnerId,
          phone: "title",
        },
        {
          id: "program",
          label: t("program"),
          cell: (one) => (one.programId === null ? t("allPrograms") : <NameText id={one.programId} />),
          text: (one) => one.programId,
          width: 220,
          phone: "line",
        },
        {
          id: "from",
          label: t("from"),
          cell: (one) => <DayText day={one.from} />,
          text: (one) => one.from,
          width: 130,
          phone: "value",
        },
        { id: "to", label: t("to"), cell: (one) => <DayText day={one.to} />, text: (one) => one.to, width: 130 },
      ]}
      empty={{ title: t("noGaps"), text: t("noGapsText") }}
    />
  );
}
