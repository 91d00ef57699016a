import { type TrackingLink, TrackingLinkChange } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { RecordForm } from "../kit/form/record-form.tsx";
import { UtmFields } from "../kit/form/utm-fields.tsx";
import { TargetingFields } from "../kit/targeting/targeting-fields.tsx";

/** What may change of a link: its address never does. */
export function LinkSettings({ link }: { readonly link: TrackingLink }) {
  const { t } = useTranslation("tracking");
  return (
    <RecordForm
      key={link.revision}
      schema={TrackingLinkChange}
      initial={{
        revision: link.revision,
        name: link.name,
        source: link.source,
        creative: link.creative,
        deepLink: link.deepLink ?? "",
        utm: link.utm,
        targeting: link.targeting,
        validFrom: link.validFrom ?? "",
        validTo: link.validTo ?? "",
      }}
      fields={[
        { kind: "text", name: "name", label: t("name") },
        { kind: "text", name: "source", label: t("source"), half: true },
        { kind: "text", name: "creative", label: t("creative"), half: true },
        { kind: "url", name: "deepLink", label: t("deepLink"), hint: t("deepLinkHint") },
        { kind: "instant", name: "validFrom", label: t("validFrom"), half: true },
        { kind: "instant", name: "validTo", label: t("validTo"), hint: t("expiryHint"), half: true },
        {
          kind: "own",
          name: "utm",
          label: t("utm"),
          content: ({ utm }, change) => <UtmFields value={utm} onChange={(next) => change("utm", next)} />,
        },
        {
          kind: "own",
          name: "targeting",
          label: t("targeting"),
          content: ({ targeting }, change) => (
            <TargetingFields value={targeting} onChange={(next) => change("targeting", next)} />
          ),
        },
      ]}
      submit={t("save")}
      send={(values) =>
        api.patch<TrackingLink>(`/links/${link.id}`, {
          ...values,
          name: values.name ?? "",
          source: values.source ?? "",
          creative: values.creative ?? "",
          deepLink: values.deepLink || null,
          validFrom: values.validFrom || null,
          validTo: values.validTo || null,
        })
      }
      done={() => undefined}
      refresh={["links", "audit"]}
    />
  );
}
