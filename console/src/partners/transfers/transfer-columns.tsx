import type { OwnershipTransfer } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { DayText } from "../../kit/date-text.tsx";
import type { Column } from "../../kit/list/list-declaration.ts";
import { NameText } from "../../kit/name-text.tsx";
import { StatusBadge } from "../../kit/status-badge.tsx";
import { TRANSFER_TONES } from "../states.ts";

export function useTransferColumns(): readonly Column<OwnershipTransfer>[] {
  const { t } = useTranslation("partners");
  return [
    {
      id: "owner",
      label: t("transfer.newOwner"),
      cell: (one) => <NameText id={one.ownerUserId} />,
      text: (one) => one.ownerUserId,
      phone: "title",
    },
    {
      id: "state",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.state} label={t(`transfer.state.${one.state}`)} tones={TRANSFER_TONES} />,
      text: (one) => one.state,
      width: 130,
      phone: "value",
    },
    {
      id: "on",
      label: t("transfer.on"),
      cell: (one) => <DayText day={one.effectiveOn} />,
      text: (one) => one.effectiveOn,
      width: 120,
      phone: "line",
    },
    {
      id: "partners",
      label: t("transfer.partners"),
      cell: (one) => one.partners,
      text: (one) => one.partners,
      width: 100,
      align: "end",
    },
    {
      id: "deputy",
      label: t("deputy"),
      cell: (one) => <NameText id={one.deputyUserId} />,
      text: (one) => one.deputyUserId,
      width: 150,
    },
    { id: "reason", label: t("record.reason"), cell: (one) => one.reason, text: (one) => one.reason, width: 220 },
    {
      id: "by",
      label: t("record.placedBy"),
      cell: (one) => one.createdName,
      text: (one) => one.createdName,
      width: 140,
    },
  ];
}
