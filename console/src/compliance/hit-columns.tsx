import type { ScreeningHit } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { AgoText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { HIT_TONES, TOPIC_TONES } from "./states.ts";

export function useHitColumns(withPartner: boolean): readonly Column<ScreeningHit>[] {
  const { t } = useTranslation("compliance");
  const format = useFormat();
  const partner: Column<ScreeningHit> = {
    id: "partner",
    label: t("partner"),
    cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
    text: (one) => one.partnerId,
    width: 160,
    phone: "line",
  };
  return [
    {
      id: "subject",
      label: t("subject"),
      cell: (one) => one.subjectName,
      text: (one) => one.subjectName,
      phone: "title",
      width: 210,
    },
    {
      id: "state",
      label: t("state"),
      cell: (one) => <StatusBadge state={one.state} label={t(`states.${one.state}`)} tones={HIT_TONES} />,
      text: (one) => one.state,
      width: 170,
      phone: "value",
    },
    {
      id: "score",
      label: t("score"),
      cell: (one) => format.share(one.score),
      text: (one) => one.score,
      align: "end",
      width: 90,
    },
    {
      id: "matched",
      label: t("matched"),
      cell: (one) => one.matchedName,
      text: (one) => one.matchedName,
      width: 200,
      phone: "line",
    },
    {
      id: "topic",
      label: t("topic"),
      cell: (one) => <StatusBadge plain state={one.topic} label={t(`topics.${one.topic}`)} tones={TOPIC_TONES} />,
      text: (one) => one.topic,
      width: 120,
    },
    {
      id: "list",
      label: t("list"),
      cell: (one) => `${one.list} · ${one.entryId}`,
      text: (one) => `${one.list} ${one.entryId}`,
      width: 150,
    },
    ...(withPartner ? [partner] : []),
    {
      id: "opened",
      label: t("opened"),
      cell: (one) => <AgoText at={one.openedAt} />,
      text: (one) => one.openedAt,
      align: "end",
      width: 130,
    },
  ];
}
