import type { Partner } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { usePartnerColumns } from "./partner-columns.tsx";

const SHOWN = new Set(["name", "status", "kind", "country"]);

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
      columns={usePartnerColumns().filter((column) => SHOWN.has(column.id))}
      empty={{ title: t("emptySub"), text: t("emptySubText") }}
    />
  );
}
