import type { Simulation } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { AgoText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { StatusBadge } from "../kit/status-badge.tsx";
import { TONES } from "./states.ts";

/** Columns that both lists of simulations have. */
export function useSimulationColumns() {
  const { t } = useTranslation("dealdesk");
  const name: Column<Simulation> = {
    id: "name",
    label: t("name"),
    cell: (one) => one.name,
    text: (one) => one.name,
    phone: "title",
  };
  const status: Column<Simulation> = {
    id: "status",
    label: t("status"),
    cell: (one) => <StatusBadge state={one.status} label={t(`state.${one.status}`)} tones={TONES} />,
    text: (one) => one.status,
    width: 130,
    phone: "value",
  };
  const createdBy: Column<Simulation> = {
    id: "createdBy",
    label: t("createdBy"),
    cell: (one) => one.createdByName,
    text: (one) => one.createdByName,
    width: 170,
  };
  const createdAt: Column<Simulation> = {
    id: "createdAt",
    label: t("createdAt"),
    cell: (one) => <AgoText at={one.createdAt} />,
    text: (one) => one.createdAt,
    align: "end",
    width: 150,
    phone: "line",
  };
  return { name, status, createdBy, createdAt };
}
