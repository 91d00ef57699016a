import { Button } from "@mantine/core";
import type { Agreement, Offer } from "@tributary/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Page } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { useGo } from "../kit/link.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { ListPage } from "../kit/list/list-page.tsx";
import { NameText } from "../kit/name-text.tsx";
import { Properties } from "../kit/record/card.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { TargetingText } from "../kit/targeting/targeting-text.tsx";
import type { Tone } from "../kit/tone.ts";
import { useSession } from "../session/session.tsx";
import { AccessForm } from "./access-form.tsx";

const TONES: Readonly<Record<string, Tone>> = {
  open: "good",
  terms: "quiet",
  needed: "quiet",
  requested: "info",
  declined: "bad",
};

/** What there is to promote: what is open to the partner, what it may ask for, and what it asked for already. */
export function OwnOffers() {
  const { t } = useTranslation("portal");
  const [asking, setAsking] = useState<Offer | null>(null);
  return (
    <>
      <ListPage<Offer>
        name="own-offers"
        title={t("offers")}
        resource="/offers"
        fixed={{ status: "active" }}
        rowId={(one) => one.id}
        search={t("searchOffers")}
        sort="name"
        columns={useOwnOfferColumns(setAsking, useStateOf())}
        preview={(one) => <OfferPreview offer={one} />}
        empty={{ title: t("emptyOffers"), text: t("emptyOffersText") }}
      />
      {asking === null ? null : <AccessForm offer={asking} onClose={() => setAsking(null)} />}
    </>
  );
}

type OfferState = "open" | "terms" | "needed" | "requested" | "declined";

/** An offer that is open to all is open to a partner once it has an agreement in the program. */
function useStateOf(): (offer: Offer) => OfferState {
  const agreements = useRecord<Page<Agreement>>("/agreements", { limit: 200 });
  const known = agreements.data?.data;
  const programs = new Set(known?.filter((one) => one.inForce !== null).map((one) => one.programId));
  return ({ myAccess, programId }) =>
    (myAccess ?? "open") === "open" && known !== undefined && !programs.has(programId) ? "terms" : (myAccess ?? "open");
}

function useOwnOfferColumns(
  onAsk: (offer: Offer) => void,
  stateOf: (offer: Offer) => OfferState,
): readonly Column<Offer>[] {
  const { t } = useTranslation("portal");
  return [
    { id: "name", label: t("offer"), cell: (one) => one.name, text: (one) => one.name, sort: "name", phone: "title" },
    {
      id: "program",
      label: t("program"),
      cell: (one) => <NameText id={one.programId} />,
      text: (one) => one.programId,
      width: 170,
      phone: "line",
    },
    {
      id: "description",
      label: t("description"),
      cell: (one) => one.description || "–",
      text: (one) => one.description,
      width: 300,
    },
    {
      id: "access",
      label: t("access"),
      cell: (one) => <StatusBadge state={stateOf(one)} label={t(`accessState.${stateOf(one)}`)} tones={TONES} />,
      text: (one) => stateOf(one),
      width: 170,
      phone: "value",
    },
    {
      id: "do",
      label: "",
      cell: (one) => <OfferAction offer={one} state={stateOf(one)} onAsk={onAsk} />,
      width: 150,
      align: "end",
      phone: "line",
    },
  ];
}

interface OfferActionProps {
  readonly offer: Offer;
  readonly state: OfferState;
  readonly onAsk: (offer: Offer) => void;
}

/** The one thing to do with an offer: promote it, or ask for it. */
function OfferAction({ offer, state, onAsk }: OfferActionProps) {
  const { t } = useTranslation("portal");
  const { can } = useSession();
  const go = useGo();
  if (!can("links.write") || state === "requested" || state === "terms") return null;
  if (state === "needed" || state === "declined")
    return (
      <Button size="compact-sm" variant="default" onClick={() => onAsk(offer)}>
        {t("askAccess")}
      </Button>
    );
  return (
    <Button size="compact-sm" variant="light" onClick={() => go(`/links?new=1&offer=${offer.id}`)}>
      {t("createLink")}
    </Button>
  );
}

function OfferPreview({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation("portal");
  return (
    <>
      <p>{offer.description}</p>
      <Properties
        items={[
          [t("program"), <NameText key="program" id={offer.programId} />],
          [t("access"), t(`accessState.${useStateOf()(offer)}`)],
          [t("whoMayCome"), <TargetingText key="who" targeting={offer.targeting} />],
          [t("allowedHosts"), offer.allowedHosts.join(", ")],
        ]}
      />
    </>
  );
}
