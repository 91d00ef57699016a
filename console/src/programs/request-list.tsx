import type { OfferRequest } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ListPage } from "../kit/list/list-page.tsx";
import { useProgramQuery } from "../session/session.tsx";
import { useRequestColumns } from "./request-columns.tsx";
import { RequestDecision } from "./request-decision.tsx";

/** Partners who ask for offers that are not open to everybody; those that wait come first. */
export function RequestList() {
  const { t } = useTranslation("programs");
  const [deciding, setDeciding] = useState<OfferRequest | null>(null);
  return (
    <>
      <ListPage<OfferRequest>
        name="offer-requests"
        title={t("requests.title")}
        resource="/offer-requests"
        fixed={useProgramQuery()}
        rowId={(one) => one.id}
        views={[
          { id: "waiting", label: t("requests.waiting"), filters: { status: "requested" } },
          { id: "in", label: t("requests.in"), filters: { status: "approved" } },
          { id: "out", label: t("requests.out"), filters: { status: "declined,revoked" } },
          { id: "all", label: t("views.all") },
        ]}
        filters={[
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
        ]}
        columns={useRequestColumns({ withOffer: true, onDecide: setDeciding })}
        empty={{ title: t("requests.empty"), text: t("requests.emptyText") }}
      />
      {deciding === null ? null : <RequestDecision request={deciding} onClose={() => setDeciding(null)} />}
    </>
  );
}
