import type { TrackingLink } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { CopyText } from "../kit/copy-text.tsx";
import { DateText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

/** Columns of tracking links. To a partner (`own`) all links are its own, and offers have no page. */
export function useLinkColumns(own = false): readonly Column<TrackingLink>[] {
  const { t } = useTranslation("tracking");
  const partner: Column<TrackingLink> = {
    id: "partner",
    label: t("partner"),
    cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
    text: (one) => one.partnerId,
    width: 200,
    phone: "line",
  };
  return [
    {
      id: "name",
      label: t("name"),
      cell: (one) => one.name || one.code,
      text: (one) => one.name || one.code,
      sort: "name",
      phone: "title",
    },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.status} label={t(`linkState.${one.status}`)} />,
      text: (one) => one.status,
      width: 110,
      phone: "value",
    },
    ...(own ? [] : [partner]),
    {
      id: "offer",
      label: t("offer"),
      cell: (one) => <NameText id={one.offerId} {...(own ? {} : { to: `/offers/${one.offerId}` })} />,
      text: (one) => one.offerId,
      width: 180,
    },
    {
      id: "url",
      label: t("address"),
      cell: (one) => <CopyText text={one.url} />,
      text: (one) => one.url,
      width: own ? 420 : 360,
      ...(own ? { phone: "line" as const } : {}),
    },
    {
      id: "createdAt",
      label: t("createdAt"),
      cell: (one) => <DateText at={one.createdAt} detail="day" />,
      text: (one) => one.createdAt,
      sort: "createdAt",
      width: 130,
      align: "end",
    },
  ];
}
