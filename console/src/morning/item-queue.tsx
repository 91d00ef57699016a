import type { MorningItem } from "@tributary/contract";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { NameText } from "../kit/name-text.tsx";
import { Queue } from "../kit/queue/queue.tsx";
import { KIND_TONES } from "./tones.ts";

interface ItemQueueProps {
  readonly items: readonly MorningItem[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly inside?: ReactNode;
}

/** What is worth doing, in its order. */
export function ItemQueue({ items, chosen, onChoose, inside }: ItemQueueProps) {
  const { t } = useTranslation("morning");
  const format = useFormat();
  const due = useDue();
  return (
    <Queue
      label={t("today")}
      chosen={chosen}
      onChoose={onChoose}
      inside={inside}
      entries={items.map((one) => ({
        id: one.id,
        tone: KIND_TONES[one.kind],
        ...(one.partnerId === null ? {} : { subject: <NameText id={one.partnerId} /> }),
        title: one.title,
        note: one.handedBy === null ? one.cause : t("handedToYou", { cause: one.cause }),
        value: format.money(one.working.worth),
        due: one.state === "open" ? due(one) : t(`states.${one.state}`),
      }))}
    />
  );
}

/** Until when, or since when it has been too late. */
function useDue(): (item: MorningItem) => string {
  const { t } = useTranslation("morning");
  const format = useFormat();
  return ({ dueAt, since }) => {
    const now = Date.now();
    if (dueAt === null) return format.ago(since, Math.max(now, Date.parse(since)));
    const days = Math.floor((Date.parse(dueAt) - now) / 86_400_000);
    if (days < 0) return t("overdue", { count: -days - 1 });
    return days === 0 ? t("dueToday") : t("dueIn", { count: days });
  };
}
