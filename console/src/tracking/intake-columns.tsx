import type { IntakeRow } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DateText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

const TONES = { counted: "good", uncounted: "quiet" } as const;

export function useIntakeColumns(): readonly Column<IntakeRow>[] {
  const { t } = useTranslation("tracking");
  return [
    {
      id: "what",
      label: t("what"),
      cell: (one) =>
        one.kind === "click" ? t("click") : t(`types.${one.type}`, { defaultValue: one.type || t("call") }),
      text: (one) => one.type || one.kind,
      phone: "title",
    },
    {
      id: "fate",
      label: t("fate"),
      cell: (one) => (
        <StatusBadge state={one.fate} label={t(`fates.${one.fate}`, { defaultValue: one.fate })} tones={TONES} />
      ),
      text: (one) => one.fate,
      width: 130,
      phone: "value",
    },
    {
      id: "reason",
      label: t("reason"),
      cell: (one) => (one.reason ? one.reason.replaceAll("_", " ") : "–"),
      text: (one) => one.reason,
      width: 150,
    },
    {
      id: "door",
      label: t("door"),
      cell: (one) => t(`doors.${one.door}`, { defaultValue: one.door }),
      text: (one) => one.door,
      width: 110,
    },
    ...useOriginColumns(),
    {
      id: "at",
      label: t("arrived"),
      cell: (one) => <DateText at={one.at} detail="second" />,
      text: (one) => one.at,
      width: 190,
      phone: "line",
      align: "end",
    },
  ];
}

/** Whose it is, as far as the call said or the click tells. */
function useOriginColumns(): readonly Column<IntakeRow>[] {
  const { t } = useTranslation("tracking");
  return [
    {
      id: "partner",
      label: t("partner"),
      cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
      text: (one) => one.partnerId,
      width: 190,
      phone: "line",
    },
    {
      id: "customer",
      label: t("customer"),
      cell: (one) => one.customerRef || "–",
      text: (one) => one.customerRef,
      width: 170,
    },
    {
      id: "external",
      label: t("externalId"),
      cell: (one) => one.externalId || "–",
      text: (one) => one.externalId,
      width: 170,
      hidden: true,
    },
    {
      id: "program",
      label: t("program"),
      cell: (one) => <NameText id={one.programId} />,
      text: (one) => one.programId,
      width: 170,
      hidden: true,
    },
    {
      id: "click",
      label: t("clickId"),
      cell: (one) => one.clickId || "–",
      text: (one) => one.clickId,
      width: 240,
      hidden: true,
    },
  ];
}
