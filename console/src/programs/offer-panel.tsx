import type { Offer } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { useOfferColumns } from "./offer-columns.tsx";

/** The offers of one program, inside its record. */
export function OfferPanel({ programId }: { readonly programId: string }) {
  const { t } = useTranslation("programs");
  return (
    <ListPanel<Offer>
      embedded
      name="program-offers"
      title={t("offers")}
      resource="/offers"
      fixed={{ programId }}
      rowId={(one) => one.id}
      open={(one) => `/offers/${one.id}`}
      sort="name"
      columns={useOfferColumns({ withProgram: false })}
      empty={{ title: t("emptyOffers"), text: t("emptyOffersText") }}
    />
  );
}
