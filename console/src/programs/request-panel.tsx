import type { Offer, OfferRequest } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { useRequestColumns } from "./request-columns.tsx";
import { RequestDecision } from "./request-decision.tsx";

/** Who asked for one offer, and who was let in. */
export function RequestPanel({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation("programs");
  const [deciding, setDeciding] = useState<OfferRequest | null>(null);
  return (
    <>
      <ListPanel<OfferRequest>
        embedded
        name="offer-access"
        title={t("requests.title")}
        resource="/offer-requests"
        fixed={{ offerId: offer.id }}
        rowId={(one) => one.id}
        columns={useRequestColumns({ withOffer: false, onDecide: setDeciding })}
        empty={{ title: t("requests.empty"), text: t("requests.emptyText") }}
      />
      {deciding === null ? null : <RequestDecision request={deciding} onClose={() => setDeciding(null)} />}
    </>
  );
}
