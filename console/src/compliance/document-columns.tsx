import type { PartnerDocument } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { AgoText, DayText } from "../kit/date-text.tsx";
import type { Column } from "../kit/list/list-declaration.ts";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { DOCUMENT_TONES } from "./states.ts";
import { useSay } from "./use-say.ts";

export function useDocumentColumns(withPartner: boolean): readonly Column<PartnerDocument>[] {
  const { t } = useTranslation("compliance");
  const say = useSay();
  const partner: Column<PartnerDocument> = {
    id: "partner",
    label: t("partner"),
    cell: (one) => <NameText id={one.partnerId} to={`/partners/${one.partnerId}`} />,
    text: (one) => one.partnerId,
    width: 160,
    phone: "line",
  };
  return [
    {
      id: "kind",
      label: t("documents.kind"),
      cell: (one) => say(one.kindName),
      text: (one) => one.kind,
      phone: "title",
      width: 200,
    },
    {
      id: "state",
      label: t("state"),
      cell: (one) => (
        <StatusBadge state={one.state} label={t(`documents.states.${one.state}`)} tones={DOCUMENT_TONES} />
      ),
      text: (one) => one.state,
      width: 160,
      phone: "value",
    },
    ...(withPartner ? [partner] : []),
    {
      id: "person",
      ...(withPartner ? {} : { phone: "line" as const }),
      label: t("documents.of"),
      cell: (one) => one.personName ?? "–",
      text: (one) => one.personName,
      width: 140,
    },
    {
      id: "expires",
      label: t("documents.expiresOn"),
      cell: (one) => <DayText day={one.expiresOn} />,
      text: (one) => one.expiresOn,
      width: 120,
    },
    { id: "file", label: t("documents.file"), cell: (one) => one.fileName, text: (one) => one.fileName, width: 150 },
    {
      id: "by",
      label: t("documents.uploadedBy"),
      cell: (one) => one.uploadedBy,
      text: (one) => one.uploadedBy,
      width: 140,
    },
    {
      id: "at",
      label: t("documents.uploadedAt"),
      cell: (one) => <AgoText at={one.uploadedAt} />,
      text: (one) => one.uploadedAt,
      align: "end",
      width: 130,
    },
  ];
}
