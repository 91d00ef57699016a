import type { TrackingLink } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { CopyText } from "../kit/copy-text.tsx";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

export function PartnerLinks({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("partners");
  return (
    <ListPanel<TrackingLink>
      embedded
      name="partner-links"
      title={t("tabs.links")}
      resource="/links"
      fixed={{ partnerId }}
      rowId={(one) => one.id}
      open={(one) => `/links/${one.id}`}
      sort="-createdAt"
      columns={[
        { id: "name", label: t("name"), cell: (one) => one.name || one.code, text: (one) => one.name, phone: "title" },
        {
          id: "status",
          label: t("status"),
          cell: (one) => <StatusBadge state={one.status} label={t(`linkState.${one.status}`)} />,
          text: (one) => one.status,
          width: 110,
          phone: "value",
        },
        {
          id: "offer",
          label: t("offer"),
          cell: (one) => <NameText id={one.offerId} to={`/offers/${one.offerId}`} />,
          text: (one) => one.offerId,
          width: 180,
          phone: "line",
        },
        {
          id: "url",
          label: t("address"),
          cell: (one) => <CopyText text={one.url} />,
          text: (one) => one.url,
          width: 380,
        },
      ]}
      empty={{ title: t("emptyLinks"), text: t("emptyLinksText") }}
    />
  );
}
