import type { MorningItem } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useGo } from "../kit/link.tsx";
import { useShortcuts } from "../kit/shortcuts.ts";
import { snoozeUntil, useAnswer } from "./use-answer.ts";

/** j and k walk, Enter goes to where it is dealt with, s snoozes until tomorrow, d is done. */
export function useItemKeys(
  items: readonly MorningItem[],
  chosen: MorningItem | undefined,
  choose: (id: string) => void,
): void {
  const { t } = useTranslation("morning");
  const go = useGo();
  const answer = useAnswer();
  const at = items.findIndex(({ id }) => id === chosen?.id);
  const step = (by: number) => {
    const next = items[Math.min(Math.max(at + by, 0), items.length - 1)];
    if (next === undefined) return;
    choose(next.id);
    document.getElementById(`queue-${next.id}`)?.scrollIntoView({ block: "nearest" });
  };
  const onChosen = (act: (item: MorningItem) => void) => () => {
    if (chosen === undefined) return;
    const next = items[at + 1] ?? items[at - 1];
    act(chosen);
    if (next !== undefined) choose(next.id);
  };
  const group = t("today");
  useShortcuts([
    { keys: "j", label: t("keys.next"), group, run: () => step(1) },
    { keys: "k", label: t("keys.before"), group, run: () => step(-1) },
    { keys: "Enter", label: t("keys.open"), group, run: () => chosen !== undefined && go(chosen.action.to) },
    {
      keys: "s",
      label: t("keys.snooze"),
      group,
      run: onChosen((item) => answer(item, { answer: "snooze", until: snoozeUntil(new Date(), 1) })),
    },
    { keys: "d", label: t("keys.done"), group, run: onChosen((item) => answer(item, { answer: "done" })) },
  ]);
}
