import { Button } from "@mantine/core";
import type { Offer, TrafficCap } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ListPanel } from "../kit/list/list-panel.tsx";
import { useSession } from "../session/session.tsx";
import { useCapColumns } from "./cap-columns.tsx";
import { CapForm } from "./cap-form.tsx";

/** The caps of one offer. */
export function CapPanel({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  const [adding, setAdding] = useState(false);
  const add = can("programs.write") ? <Button onClick={() => setAdding(true)}>{t("caps.create")}</Button> : undefined;
  return (
    <>
      <ListPanel<TrafficCap>
        embedded
        name="offer-caps"
        title={t("caps.title")}
        resource="/caps"
        fixed={{ offerId: offer.id }}
        rowId={(one) => one.id}
        open={(one) => `/caps/${one.id}`}
        columns={useCapColumns({ withOffer: false })}
        empty={{ title: t("caps.empty"), text: t("caps.emptyText"), action: add }}
        actions={add}
      />
      <CapForm opened={adding} onClose={() => setAdding(false)} offerId={offer.id} programId={offer.programId} />
    </>
  );
}
