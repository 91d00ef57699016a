import { InvoiceSettings } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import type { Field } from "../kit/form/field-declaration.ts";
import { RecordForm } from "../kit/form/record-form.tsx";
import { Properties } from "../kit/record/card.tsx";
import { Loaded, RecordPage } from "../kit/record/record-page.tsx";
import { useSession } from "../session/session.tsx";

/** Who the customer of the invoices is, and how they are numbered. */
export function SettingsPage() {
  const { t } = useTranslation("invoices");
  const settings = useRecord<InvoiceSettings>("/invoice-settings");
  return (
    <RecordPage
      title={t("settings")}
      parent={{ label: t("title"), to: "/invoices" }}
      tabs={[
        {
          id: "settings",
          label: t("settings"),
          content: () => <Loaded query={settings}>{(one) => <Settings key={one.revision} settings={one} />}</Loaded>,
        },
      ]}
    />
  );
}

function Settings({ settings }: { readonly settings: InvoiceSettings }) {
  const { t } = useTranslation("invoices");
  const { can } = useSession();
  if (can("invoices.approve")) return <SettingsForm settings={settings} />;
  return (
    <Properties
      items={[
        [t("legalName"), settings.legalName || "–"],
        [t("vatNumber"), settings.vatNumber ?? "–"],
        [t("series"), settings.series],
        [t("creditSeries"), settings.creditSeries],
        [t("automatic"), t(settings.automatic ? "yes" : "no")],
      ]}
    />
  );
}

type Entry = Omit<InvoiceSettings, "revision" | "country" | "vatNumber" | "firstMonth" | "dueDays"> & {
  readonly country: string;
  readonly vatNumber: string;
  readonly firstMonth: string;
  readonly dueDays: string;
};

const Loose = z.object({
  country: z.string().regex(/^[A-Z]{2}$/),
  series: InvoiceSettings.shape.series,
  creditSeries: InvoiceSettings.shape.creditSeries,
});

function SettingsForm({ settings }: { readonly settings: InvoiceSettings }) {
  const { t } = useTranslation("invoices");
  const { revision, country, vatNumber, firstMonth, dueDays, ...rest } = settings;
  const text = (name: keyof Entry): Field<Entry> => ({ kind: "text", name, label: t(name), half: true });
  return (
    <RecordForm<Entry, InvoiceSettings>
      schema={Loose}
      initial={{
        ...rest,
        country: country ?? "",
        vatNumber: vatNumber ?? "",
        firstMonth: firstMonth ?? "",
        dueDays: String(dueDays),
      }}
      fields={[
        text("legalName"),
        text("vatNumber"),
        text("street"),
        text("postalCode"),
        text("city"),
        text("country"),
        text("registrationNumber"),
        text("email"),
        { kind: "text", name: "series", label: t("series"), hint: t("seriesHint"), half: true },
        text("creditSeries"),
        { kind: "integer", name: "dueDays", label: t("dueDays"), half: true },
        { kind: "month", name: "firstMonth", label: t("firstMonth"), hint: t("firstMonthHint"), half: true },
        { kind: "switch", name: "seriesPerPayee", label: t("seriesPerPayee"), hint: t("seriesPerPayeeHint") },
        { kind: "switch", name: "automatic", label: t("automatic"), hint: t("automaticHint") },
      ]}
      submit={t("save")}
      send={(values) => api.put<InvoiceSettings>("/invoice-settings", settingsOf(values, revision))}
      done={() => undefined}
      refresh={["invoice-settings", "invoices-waiting", "audit"]}
    />
  );
}

/** Empty texts were left out by the form: here they mean nothing, not "as before". */
function settingsOf(values: Partial<Entry>, revision: number) {
  const words = ["legalName", "street", "city", "postalCode", "region", "registrationNumber", "email"] as const;
  return {
    ...Object.fromEntries(words.map((name) => [name, values[name] ?? ""])),
    country: values.country || null,
    vatNumber: values.vatNumber || null,
    firstMonth: values.firstMonth || null,
    series: values.series,
    creditSeries: values.creditSeries,
    seriesPerPayee: values.seriesPerPayee ?? false,
    automatic: values.automatic ?? false,
    dueDays: Number(values.dueDays ?? 0),
    revision,
  };
}
