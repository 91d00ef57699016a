import { Button } from "@mantine/core";
import type { OfferRequest } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { AgoText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import type { Tone } from "../kit/tone.ts";
import { useSession } from "../session/session.tsx";

const TONES: Readonly<Record<string, Tone>> = { requested: "warn", approved: "good", declined: "bad", revoked: "bad" };

interface RequestColumns {
  readonly withOffer: boolean;
  readonly onDecide: (request: OfferRequest) => void;
}

/** Requests for access wherever they are listed. */
export function useRequestColumns({ withOffer, onDecide }: RequestColumns): readonly Column<OfferRequest>[] {
  const { t } = useTranslation("programs");
  const { can } = useSession();
  const offer: Column<OfferRequest> = {
    id: "offer",
    label: t("offer"),
    cell: (one) => <NameText id={one.offerId} to={`/offers/${one.offerId}`} />,
    text: (one) => one.offerId,
    width: 190,
    phone: "line",
  };
  return [
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
      text: (one) => one.partnerId,
      phone: "title",
    },
    ...(withOffer ? [offer] : []),
    {
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.status} label={t(`requests.state.${one.status}`)} tones={TONES} />,
      text: (one) => one.status,
      width: 140,
      phone: "value",
    },
    {
      id: "note",
      label: t("requests.says"),
      cell: (one) => one.note || one.answers[0]?.answer || "–",
      text: (one) => one.note,
      width: 200,
    },
    {
      id: "requestedAt",
      label: t("requests.at"),
      cell: (one) => <AgoText at={one.requestedAt} />,
      text: (one) => one.requestedAt,
      width: 130,
      align: "end",
      phone: "line",
    },
    {
      id: "do",
      label: "",
      cell: (one) =>
        can("links.write") ? (
          <Button
            size="compact-sm"
            variant={one.status === "requested" ? "light" : "default"}
            onClick={() => onDecide(one)}
          >
            {t(one.status === "requested" ? "requests.decide" : "requests.look")}
          </Button>
        ) : null,
      width: 130,
      align: "end",
      phone: "line",
    },
  ];
}
