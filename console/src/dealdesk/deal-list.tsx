import { Button } from "@mantine/core";
import type { Simulation } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useGo } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { ShareText } from "../kit/money-text.tsx";
import { NameText } from "../kit/name-text.tsx";
import { useProgramQuery } from "../session/session.tsx";
import { useSimulationColumns } from "./simulation-columns.tsx";

/** Deals that were looked at before they were signed. */
export function DealList() {
  const { t } = useTranslation("dealdesk");
  const go = useGo();
  const program = useProgramQuery();
  const columns = useSimulationColumns();
  const create = <Button onClick={() => go("/deal-desk/new")}>{t("create")}</Button>;
  return (
    <ListPage<Simulation>
      name="simulations-deal"
      title={t("title")}
      resource="/simulations"
      fixed={{ kind: "deal", ...program }}
      rowId={(one) => one.id}
      open={(one) => `/deal-desk/${one.id}`}
      columns={[
        columns.name,
        columns.status,
        {
          id: "partner",
          label: t("partner"),
          cell: (one) => (one.partnerId === null ? t("segment") : <NameText id={one.partnerId} />),
          text: (one) => one.partnerId,
          width: 200,
          phone: "line",
        },
        {
          id: "costShare",
          label: t("measure.costShare"),
          cell: (one) => <ShareText share={one.costShare === null ? null : Number(one.costShare)} />,
          text: (one) => one.costShare,
          align: "end",
          width: 150,
        },
        columns.createdBy,
        columns.createdAt,
      ]}
      empty={{ title: t("empty"), text: t("emptyText"), action: create }}
      actions={create}
    />
  );
}
