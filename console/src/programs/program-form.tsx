import { NewProgram, type Program, TrackerConsent } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";

const CURRENCIES = ["EUR", "USD", "GBP", "CHF", "PLN", "BRL", "MXN", "JPY", "AUD", "CAD", "AED", "ZAR"];

/** A new program. Time zone and currency cannot change later: months and amounts hang on them. */
export function ProgramForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("programs");
  const go = useGo();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("create")}
      submit={t("createDo")}
      schema={NewProgram}
      initial={{
        name: "",
        code: "",
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        currency: "EUR",
        fallbackUrl: "",
        trackerConsent: "required",
        description: "",
      }}
      draft="program-new"
      fields={[
        { kind: "text", name: "name", label: t("name"), required: true, half: true },
        { kind: "text", name: "code", label: t("code"), hint: t("codeHint"), required: true, half: true },
        {
          kind: "select",
          name: "timeZone",
          label: t("timeZone"),
          hint: t("fixedHint"),
          required: true,
          half: true,
          options: Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone, label: zone })),
        },
        {
          kind: "select",
          name: "currency",
          label: t("currency"),
          hint: t("fixedHint"),
          required: true,
          half: true,
          options: CURRENCIES.map((code) => ({ value: code, label: code })),
        },
        { kind: "url", name: "fallbackUrl", label: t("fallbackUrl"), hint: t("fallbackHint"), required: true },
        {
          kind: "select",
          name: "trackerConsent",
          label: t("trackerConsent"),
          hint: t("trackerConsentHint"),
          options: TrackerConsent.options.map((value) => ({ value, label: t(`trackerConsents.${value}`) })),
        },
        { kind: "textarea", name: "description", label: t("description"), rows: 2 },
      ]}
      send={(values, key) => api.post<Program>("/programs", values, key)}
      done={(program) => go(`/programs/${program.id}`)}
      refresh={["programs", "audit"]}
    />
  );
}
