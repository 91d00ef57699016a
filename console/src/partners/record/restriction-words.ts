import type { Restriction } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../i18n/use-format.ts";

/** Sentences about a restriction: who placed it and until when it holds, who wants it lifted. */
export function useRestrictionWords() {
  const { t } = useTranslation("partners");
  const format = useFormat();
  return {
    placed: ({ placedName, placedAt, until }: Restriction) =>
      t(until === null ? "record.placedOpen" : "record.placedUntil", {
        name: placedName,
        day: format.day(placedAt.slice(0, 10)),
        until: format.day((until ?? "").slice(0, 10) || placedAt.slice(0, 10)),
      }),
    asked: ({ liftAskedName, liftReason }: Restriction) =>
      t("record.liftAsked", { name: liftAskedName ?? "", reason: liftReason }),
  };
}
