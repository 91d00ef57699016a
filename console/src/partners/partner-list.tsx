import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { Partner } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useEditMany } from "../bulk/use-edit-many.tsx";
import { useGo } from "../kit/link.tsx";
import type { BulkAction } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { usePartnerColumns, usePartnerFilters } from "./partner-columns.tsx";
import { PartnerForm } from "./partner-form.tsx";
import { PartnerPreview } from "./partner-preview.tsx";

export function PartnerList() {
  const { t } = useTranslation("partners");
  const { can, me } = useSession();
  const go = useGo();
  const fixed = useProgramQuery();
  const search: Record<string, string> = useSearch({ strict: false });
  const editMany = useEditMany();
  const handOver: BulkAction<Partner> = {
    id: "hand-over",
    label: t("transfer.plan"),
    run: (rows) => go(`/ownership-transfers/new?partners=${rows.map((one) => one.id).join(",")}`),
  };
  const create = can("partners.write") ? (
    <Button onClick={() => go("/partners?new=1")}>{t("create")}</Button>
  ) : undefined;
  return (
    <>
      <ListPage<Partner>
        name="partners"
        title={t("title")}
        resource="/partners"
        fixed={fixed}
        rowId={(one) => one.id}
        open={(one) => `/partners/${one.id}`}
        views={[
          { id: "all", label: t("views.all") },
          { id: "active", label: t("views.active"), filters: { status: "active" } },
          { id: "mine", label: t("views.mine"), filters: { ownerUserId: me.id } },
          { id: "waiting", label: t("views.waiting"), filters: { status: "applied,onboarding" }, sort: "oldest" },
        ]}
        filters={usePartnerFilters()}
        search={t("search")}
        sort="name"
        columns={usePartnerColumns()}
        preview={(one) => <PartnerPreview partner={one} />}
        {...(can("partners.write") ? { bulk: [...editMany.bulk, handOver] } : {})}
        empty={{ title: t("empty"), text: t("emptyText"), action: create }}
        actions={create}
      />
      {editMany.dialog}
      <PartnerForm opened={search.new === "1"} onClose={() => go("/partners")} />
    </>
  );
}
