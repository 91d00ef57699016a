import { Button, Group } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { TrackingLink } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useGo } from "../kit/link.tsx";
import type { Filter } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { LinkBuilder } from "./link-builder.tsx";
import { useLinkColumns } from "./link-columns.tsx";
import { LINK_STATES } from "./states.ts";

/** All links; `?new=1` is the builder. */
export function LinkList() {
  const search: Record<string, string> = useSearch({ strict: false });
  const { can } = useSession();
  return search.new === "1" && can("links.write") ? <LinkBuilder /> : <Links />;
}

function Links() {
  const { t } = useTranslation("tracking");
  const { can } = useSession();
  const go = useGo();
  const create = can("links.write") ? <Button onClick={() => go("/links?new=1")}>{t("createLink")}</Button> : undefined;
  return (
    <ListPage<TrackingLink>
      name="links"
      title={t("links")}
      resource="/links"
      fixed={useProgramQuery()}
      rowId={(one) => one.id}
      open={(one) => `/links/${one.id}`}
      views={[
        { id: "all", label: t("views.current") },
        { id: "paused", label: t("views.paused"), filters: { status: "paused" } },
        { id: "archived", label: t("views.archived"), filters: { status: "archived" } },
      ]}
      filters={useLinkFilters()}
      search={t("searchLinks")}
      sort="-createdAt"
      columns={useLinkColumns()}
      empty={{ title: t("emptyLinks"), text: t("emptyLinksText"), action: create }}
      actions={
        create === undefined ? undefined : (
          <Group gap={8}>
            <Button variant="default" onClick={() => go("/links/bulk")}>
              {t("bulk.title")}
            </Button>
            {create}
          </Group>
        )
      }
    />
  );
}

function useLinkFilters(): readonly Filter[] {
  const { t } = useTranslation("tracking");
  return [
    {
      kind: "choice",
      field: "status",
      label: t("status"),
      several: true,
      options: LINK_STATES.map((value) => ({ value, label: t(`linkState.${value}`) })),
    },
    {
      kind: "record",
      field: "partnerId",
      label: t("partner"),
      resource: "/partners",
      toOption: (row) => ({ value: row.id, label: row.name }),
    },
    {
      kind: "record",
      field: "offerId",
      label: t("offer"),
      resource: "/offers",
      toOption: (row) => ({ value: row.id, label: row.name }),
    },
  ];
}
