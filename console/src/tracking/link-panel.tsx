import type { TrackingLink } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { useLinkColumns } from "./link-columns.tsx";

/** The links that stand for one smart link. */
export function LinkPanel({ smartLinkId }: { readonly smartLinkId: string }) {
  const { t } = useTranslation("tracking");
  return (
    <ListPanel<TrackingLink>
      embedded
      name="smart-links-of"
      title={t("links")}
      resource="/links"
      fixed={{ smartLinkId }}
      rowId={(one) => one.id}
      open={(one) => `/links/${one.id}`}
      sort="-createdAt"
      columns={useLinkColumns()}
      empty={{ title: t("emptyLinks"), text: t("smart.noLinksText") }}
    />
  );
}
