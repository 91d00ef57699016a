import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { Offer } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useGo } from "../kit/link.tsx";
import { ListPage } from "../kit/list/list-page.tsx";
import { useProgramQuery, useSession } from "../session/session.tsx";
import { useOfferColumns } from "./offer-columns.tsx";
import { OfferForm } from "./offer-form.tsx";
import { STATUSES } from "./states.ts";

export function OfferList() {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  const go = useGo();
  const fixed = useProgramQuery();
  const search: Record<string, string> = useSearch({ strict: false });
  const create = can("programs.write") ? (
    <Button onClick={() => go("/offers?new=1")}>{t("createOffer")}</Button>
  ) : undefined;
  return (
    <>
      <ListPage<Offer>
        name="offers"
        title={t("offers")}
        resource="/offers"
        fixed={fixed}
        rowId={(one) => one.id}
        open={(one) => `/offers/${one.id}`}
        views={[
          { id: "all", label: t("views.all") },
          { id: "active", label: t("views.active"), filters: { status: "active" } },
        ]}
        filters={[
          {
            kind: "choice",
            field: "status",
            label: t("status"),
            several: true,
            options: STATUSES.map((value) => ({ value, label: t(`state.${value}`) })),
          },
          { kind: "text", field: "tag", label: t("tag") },
        ]}
        search={t("search")}
        sort="name"
        columns={useOfferColumns({ withProgram: true })}
        empty={{ title: t("emptyOffers"), text: t("emptyOffersText"), action: create }}
        actions={create}
      />
      <OfferForm opened={search.new === "1"} onClose={() => go("/offers")} />
    </>
  );
}
