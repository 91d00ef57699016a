import { useTranslation } from "react-i18next";
import type { Filter } from "../kit/list/list-declaration.ts";
import { DOORS, FATES } from "./states.ts";

export function useIntakeFilters(): readonly Filter[] {
  const { t } = useTranslation("tracking");
  return [
    {
      kind: "choice",
      field: "fate",
      label: t("fate"),
      several: true,
      options: FATES.map((value) => ({ value, label: t(`fates.${value}`) })),
    },
    {
      kind: "choice",
      field: "door",
      label: t("door"),
      several: true,
      options: DOORS.map((value) => ({ value, label: t(`doors.${value}`) })),
    },
    {
      kind: "choice",
      field: "kind",
      label: t("what"),
      options: (["click", "call"] as const).map((value) => ({ value, label: t(value) })),
    },
    {
      kind: "record",
      field: "partnerId",
      label: t("partner"),
      resource: "/partners",
      toOption: (row) => ({ value: row.id, label: row.name }),
    },
    { kind: "text", field: "type", label: t("eventType"), placeholder: "deposit" },
    { kind: "text", field: "reason", label: t("reason") },
  ];
}
