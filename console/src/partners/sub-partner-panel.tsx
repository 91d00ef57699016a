import type { Partner } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

/** Partners that stand directly under this one. */
export function SubPartnerPanel({ partnerId }: { readonly partnerId: string }) {
  const { t } = useTranslation("partners");
  return (
    <ListPanel<Partner>
      embedded
      name="sub-partners"
      title={t("tabs.subPartners")}
      resource="/partners"
      fixed={{ parentPartnerId: partnerId }}
      rowId={(one) => one.id}
      open={(one) => `/partners/${one.id}`}
      sort="name"
      columns={[
        {
          id: "name",
          label: t("name"),
          cell: (one) => one.name,
          text: (one) => one.name,
          sort: "name",
          phone: "title",
        },
        {
          id: "status",
          label: t("status"),
          cell: (one) => <StatusBadge state={one.status} label={t(`state.${one.status}`)} />,
          text: (one) => one.status,
          width: 130,
          phone: "value",
        },
        {
          id: "kind",
          label: t("kind"),
          cell: (one) => t(`kinds.${one.kind}`),
          text: (one) => one.kind,
          width: 160,
          phone: "line",
        },
        {
          id: "country",
          label: t("country"),
          cell: (one) => one.country ?? "–",
          text: (one) => one.country,
          width: 90,
        },
      ]}
      empty={{ title: t("emptySub"), text: t("emptySubText") }}
    />
  );
}
