import { Partner, PartnerChange } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { RecordForm } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";
import { PartnerDetails } from "./partner-details.tsx";
import { TrafficRows } from "./record/traffic-rows.tsx";

/** Lists are typed with commas between. */
const commas = z.string().transform((text) =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== ""),
);
const countries = commas.transform((list) => list.map((one) => one.toUpperCase())).pipe(Partner.shape.allowedCountries);
const person = z
  .string()
  .nullable()
  .transform((id) => id || null);
const Entry = PartnerChange.extend({
  ...{ tags: commas, allowedCountries: countries, blockedCountries: countries },
  ...{ ownerUserId: person, deputyUserId: person, parentPartnerId: person },
  country: z
    .string()
    .transform((code) => (code.trim() === "" ? null : code.trim().toUpperCase()))
    .pipe(Partner.shape.country),
});

export function PartnerSettings({ partner }: { readonly partner: Partner }) {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  if (!can("partners.write") || partner.mergedInto !== null) return <PartnerDetails partner={partner} />;
  const people = {
    ...{ kind: "record" as const, resource: "/users", query: () => ({ side: "operator" }), half: true },
    toOption: (row: { id: string; name: string }) => ({ value: row.id, label: row.name }),
  };
  return (
    <RecordForm
      key={partner.revision}
      schema={Entry}
      initial={initialOf(partner)}
      fields={[
        { kind: "text", name: "name", label: t("name"), required: true, half: true },
        { kind: "text", name: "legalName", label: t("legalName"), half: true },
        { kind: "email", name: "email", label: t("email"), half: true },
        { kind: "text", name: "phone", label: t("phone"), half: true },
        { kind: "url", name: "website", label: t("website"), half: true },
        { kind: "text", name: "taxNumber", label: t("taxNumber"), half: true },
        { kind: "text", name: "country", label: t("country"), placeholder: "DE", half: true },
        { kind: "text", name: "tags", label: t("tags"), hint: t("tagsHint"), half: true },
        { ...people, name: "ownerUserId", label: t("owner") },
        { ...people, name: "deputyUserId", label: t("deputy"), hint: t("deputyHint") },
        {
          ...{ kind: "record", name: "parentPartnerId", label: t("parent"), half: true, resource: "/partners" },
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "text", name: "allowedCountries", label: t("allowedCountries"), hint: t("countriesHint"), half: true },
        { kind: "text", name: "blockedCountries", label: t("blockedCountries"), hint: t("countriesHint"), half: true },
        {
          kind: "own",
          name: "trafficSources",
          label: t("traffic"),
          content: (values, change, error) => (
            <TrafficRows
              rows={values.trafficSources ?? []}
              change={(rows) => change("trafficSources", rows)}
              error={error}
            />
          ),
        },
        { kind: "textarea", name: "note", label: t("note"), hint: t("noteHint"), rows: 4 },
      ]}
      submit={t("save")}
      send={(values) => api.patch<Partner>(`/partners/${partner.id}`, Entry.parse(values))}
      done={() => undefined}
      refresh={["partners", "names", "audit"]}
    />
  );
}

function initialOf(partner: Partner) {
  return {
    revision: partner.revision,
    name: partner.name,
    legalName: partner.legalName,
    email: partner.email,
    phone: partner.phone,
    website: partner.website,
    taxNumber: partner.taxNumber,
    country: partner.country ?? "",
    tags: partner.tags.join(", "),
    ownerUserId: partner.ownerUserId ?? "",
    deputyUserId: partner.deputyUserId ?? "",
    parentPartnerId: partner.parentPartnerId ?? "",
    allowedCountries: partner.allowedCountries.join(", "),
    blockedCountries: partner.blockedCountries.join(", "),
    trafficSources: partner.trafficSources,
    note: partner.note,
  };
}
