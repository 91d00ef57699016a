import { NewPartner, type Partner } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { KINDS } from "./states.ts";

export function PartnerForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("partners");
  const go = useGo();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("create")}
      submit={t("createDo")}
      schema={NewPartner}
      initial={{
        name: "",
        code: "",
        kind: "affiliate",
        legalName: "",
        regionId: "",
        country: "",
        ownerUserId: "",
        parentPartnerId: "",
        email: "",
        website: "",
      }}
      draft="partner-new"
      fields={[
        { kind: "text", name: "name", label: t("name"), required: true, half: true },
        { kind: "text", name: "code", label: t("code"), hint: t("codeHint"), required: true, half: true },
        {
          kind: "select",
          name: "kind",
          label: t("kind"),
          required: true,
          half: true,
          options: KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
        },
        { kind: "text", name: "legalName", label: t("legalName"), half: true },
        {
          kind: "record",
          name: "regionId",
          label: t("region"),
          half: true,
          resource: "/regions",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "text", name: "country", label: t("country"), placeholder: "DE", half: true },
        {
          kind: "record",
          name: "ownerUserId",
          label: t("owner"),
          half: true,
          resource: "/users",
          query: () => ({ side: "operator" }),
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        {
          kind: "record",
          name: "parentPartnerId",
          label: t("parent"),
          half: true,
          resource: "/partners",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "email", name: "email", label: t("email"), half: true },
        { kind: "url", name: "website", label: t("website"), half: true },
      ]}
      send={(values, key) => api.post<Partner>("/partners", values, key)}
      done={(partner) => go(`/partners/${partner.id}`)}
      refresh={["partners", "audit"]}
    />
  );
}
