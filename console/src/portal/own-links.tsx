import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { TrackingLink } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useGo } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { useSession } from "../session/session.tsx";
import { LinkBuilder } from "../tracking/link-builder.tsx";
import { useLinkColumns } from "../tracking/link-columns.tsx";

/** The partner's links; `?new=1` is the builder. */
export function OwnLinks() {
  const { can } = useSession();
  const search: Record<string, string> = useSearch({ strict: false });
  return search.new === "1" && can("links.write") ? <LinkBuilder own /> : <Links />;
}

function Links() {
  const { t } = useTranslation("portal");
  const { can } = useSession();
  const go = useGo();
  const create = can("links.write") ? <Button onClick={() => go("/links?new=1")}>{t("createLink")}</Button> : undefined;
  return (
    <ListPage<TrackingLink>
      name="own-links"
      title={t("links")}
      resource="/links"
      rowId={(one) => one.id}
      open={(one) => `/links/${one.id}`}
      search={t("searchLinks")}
      sort="-createdAt"
      columns={useLinkColumns(true)}
      empty={{ title: t("emptyLinks"), text: t("emptyLinksText"), action: create }}
      actions={create}
    />
  );
}
