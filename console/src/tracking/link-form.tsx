import { NewTrackingLink, type TrackingLink } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";

const LinkEntry = NewTrackingLink.extend({
  partnerId: z.string().min(1),
  offerId: z.string().min(1),
});

export function LinkForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("tracking");
  const go = useGo();
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("createLink")}
      submit={t("createLinkDo")}
      schema={LinkEntry}
      initial={{ partnerId: "", offerId: "", name: "", code: "", source: "", creative: "", deepLink: "" }}
      draft="link-new"
      fields={[
        {
          kind: "record",
          name: "partnerId",
          label: t("partner"),
          required: true,
          half: true,
          resource: "/partners",
          query: () => ({ status: "active,onboarding" }),
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        {
          kind: "record",
          name: "offerId",
          label: t("offer"),
          required: true,
          half: true,
          resource: "/offers",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "text", name: "name", label: t("name"), half: true },
        { kind: "text", name: "code", label: t("vanityCode"), hint: t("vanityHint"), half: true },
        { kind: "text", name: "source", label: t("source"), half: true },
        { kind: "text", name: "creative", label: t("creative"), half: true },
        { kind: "url", name: "deepLink", label: t("deepLink"), hint: t("deepLinkHint") },
      ]}
      send={(values, key) => api.post<TrackingLink>("/links", LinkEntry.parse(values), key)}
      done={(link) => go(`/links/${link.id}`)}
      refresh={["links", "audit"]}
    />
  );
}
