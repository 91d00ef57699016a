import { type Partner, PartnerChange } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { RecordForm } from "../kit/form/record-form.tsx";
import { useSession } from "../session/session.tsx";
import { PartnerDetails } from "./partner-details.tsx";

export function PartnerSettings({ partner }: { readonly partner: Partner }) {
  const { t } = useTranslation("partners");
  const { can } = useSession();
  if (!can("partners.write")) return <PartnerDetails partner={partner} />;
  return (
    <RecordForm
      key={partner.revision}
      schema={PartnerChange}
      initial={{
        revision: partner.revision,
        name: partner.name,
        legalName: partner.legalName,
        email: partner.email,
        website: partner.website,
        note: partner.note,
        ownerUserId: partner.ownerUserId ?? "",
      }}
      fields={[
        { kind: "text", name: "name", label: t("name"), required: true, half: true },
        { kind: "text", name: "legalName", label: t("legalName"), half: true },
        { kind: "email", name: "email", label: t("email"), half: true },
        { kind: "url", name: "website", label: t("website"), half: true },
        {
          kind: "record",
          name: "ownerUserId",
          label: t("owner"),
          resource: "/users",
          query: () => ({ side: "operator" }),
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "textarea", name: "note", label: t("note"), hint: t("noteHint"), rows: 4 },
      ]}
      submit={t("save")}
      send={(values) =>
        api.patch<Partner>(`/partners/${partner.id}`, {
          ...values,
          ownerUserId: values.ownerUserId === "" ? null : values.ownerUserId,
        })
      }
      done={() => undefined}
      refresh={["partners", "names", "audit"]}
    />
  );
}
