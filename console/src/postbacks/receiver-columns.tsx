import { useTranslation } from "react-i18next";
import { AgoText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { StatusBadge } from "../kit/status-badge.tsx";

/** What a partner's postback and a webhook of the operator have in common. */
interface Receiver {
  readonly name: string;
  readonly url: string;
  readonly status: "active" | "paused" | "archived";
  readonly waiting: number;
  readonly dead: number;
  readonly lastDeliveredAt: string | null;
}

/** Columns of an address that is called: who it is, and how the calls go. */
export function useReceiverColumns(): {
  readonly identity: readonly Column<Receiver>[];
  readonly health: readonly Column<Receiver>[];
} {
  const { t } = useTranslation("postbacks");
  return {
    identity: [
      {
        id: "name",
        label: t("name"),
        cell: (one) => one.name || one.url,
        text: (one) => one.name || one.url,
        phone: "title",
      },
      {
        id: "status",
        label: t("status"),
        cell: (one) => <StatusBadge state={one.status} label={t(`state.${one.status}`)} />,
        text: (one) => one.status,
        width: 110,
        phone: "value",
      },
    ],
    health: [
      {
        id: "waiting",
        label: t("waiting"),
        cell: (one) => one.waiting,
        text: (one) => one.waiting,
        width: 100,
        align: "end",
      },
      { id: "dead", label: t("dead"), cell: (one) => one.dead, text: (one) => one.dead, width: 120, align: "end" },
      {
        id: "last",
        label: t("lastDelivered"),
        cell: (one) => <AgoText at={one.lastDeliveredAt} />,
        text: (one) => one.lastDeliveredAt,
        width: 160,
        align: "end",
      },
    ],
  };
}
