import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { NewTrackingLink, type TrackingLink } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { api } from "../api/client.ts";
import { FormDialog } from "../kit/form/record-form.tsx";
import { useGo } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { useSession } from "../session/session.tsx";
import { useLinkColumns } from "../tracking/link-columns.tsx";

export function OwnLinks() {
  const { t } = useTranslation("portal");
  const { can } = useSession();
  const go = useGo();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("links.write") ? <Button onClick={() => go("/links?new=1")}>{t("createLink")}</Button> : undefined;
  return (
    <>
      <ListPage<TrackingLink>
        name="own-links"
        title={t("links")}
        resource="/links"
        rowId={(one) => one.id}
        search={t("searchLinks")}
        sort="-createdAt"
        columns={useLinkColumns(true)}
        empty={{ title: t("emptyLinks"), text: t("emptyLinksText"), action: create }}
        actions={create}
      />
      <OwnLinkForm opened={search.new === "1"} onClose={() => go("/links")} />
    </>
  );
}

const Entry = NewTrackingLink.pick({ offerId: true, name: true, source: true }).extend({
  offerId: z.string().min(1),
});

function OwnLinkForm({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation("portal");
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("createLink")}
      submit={t("createLink")}
      schema={Entry}
      initial={{ offerId: "", name: "", code: "", source: "", deepLink: "" }}
      draft="own-link-new"
      fields={[
        {
          kind: "record",
          name: "offerId",
          label: t("offer"),
          required: true,
          resource: "/offers",
          toOption: (row) => ({ value: row.id, label: row.name }),
        },
        { kind: "text", name: "name", label: t("name"), half: true },
        { kind: "text", name: "code", label: t("vanityCode"), hint: t("vanityHint"), half: true },
        { kind: "text", name: "source", label: t("source"), half: true },
        { kind: "url", name: "deepLink", label: t("deepLink"), hint: t("deepLinkHint") },
      ]}
      send={(values, key) => api.post<TrackingLink>("/links", Entry.parse(values), key)}
      done={() => undefined}
      refresh={["links"]}
    />
  );
}
