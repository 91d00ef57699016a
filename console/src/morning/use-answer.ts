import { useQueryClient } from "@tanstack/react-query";
import type { MorningAnswer, MorningItem } from "@tributary/contract";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { complain, sayWithUndo } from "../kit/notices.ts";

export const SNOOZES = [1, 3, 7, 14] as const;
const MORNING_HOUR = 7;

/** Early on a day to come, by the person's own clock. */
export function snoozeUntil(now: Date, days: number): string {
  const until = new Date(now);
  until.setDate(until.getDate() + days);
  until.setHours(MORNING_HOUR, 0, 0, 0);
  return until.toISOString();
}

/** Answers a thing at once and offers to take it back. */
export function useAnswer(): (item: MorningItem, answer: MorningAnswer) => void {
  const { t } = useTranslation("morning");
  const client = useQueryClient();
  return useCallback(
    (item, answer) => {
      const send = (body: MorningAnswer) =>
        api
          .post(`/morning/${item.id}/answer`, body)
          .then(() => client.invalidateQueries({ queryKey: ["morning"] }))
          .catch((error: Error) => complain(t("notSaved"), error.message));
      void send(answer);
      if (answer.answer !== "open")
        sayWithUndo(t(`said.${answer.answer}`, { title: item.title }), () => void send({ answer: "open" }));
    },
    [client, t],
  );
}
