import type { Partner } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/use-format.ts";
import { DateText } from "../kit/date-text.tsx";
import type { Column, Filter } from "../kit/list/list-declaration.ts";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";
import { useFieldColumns, useFieldFilters } from "./fields/field-columns.tsx";
import { KINDS, RESTRICTIONS, STATUSES } from "./states.ts";

export function usePartnerColumns(): readonly Column<Partner>[] {
  const { t } = useTranslation("partners");
  const format = useFormat();
  return [
    {
      id: "name",
      label: t("name"),
      cell: (one) => one.name,
      text: (one) => one.name,
      sort: "name",
      phone: "title",
    },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.status} label={t(`state.${one.status}`)} />,
      text: (one) => one.status,
      width: 130,
      phone: "value",
    },
    {
      id: "kind",
      label: t("kind"),
      cell: (one) => t(`kinds.${one.kind}`),
      text: (one) => one.kind,
      width: 145,
      phone: "line",
    },
    {
      id: "region",
      label: t("region"),
      cell: (one) => <NameText id={one.regionId} />,
      text: (one) => one.regionId,
      width: 190,
    },
    {
      id: "country",
      label: t("country"),
      cell: (one) => (one.country === null ? "–" : format.country(one.country)),
      text: (one) => one.country,
      width: 130,
      phone: "line",
    },
    {
      id: "owner",
      label: t("owner"),
      cell: (one) => <NameText id={one.ownerUserId} />,
      text: (one) => one.ownerUserId,
      width: 150,
    },
    ...useHiddenColumns(),
    ...useFieldColumns(),
    {
      id: "tags",
      label: t("tags"),
      cell: (one) => one.tags.join(", "),
      text: (one) => one.tags.join(" "),
      width: 120,
    },
    {
      id: "createdAt",
      label: t("createdAt"),
      cell: (one) => <DateText at={one.createdAt} detail="day" />,
      text: (one) => one.createdAt,
      sort: "newest",
      width: 130,
      align: "end",
    },
  ];
}

/** Shown to whoever switches them on. */
function useHiddenColumns(): readonly Column<Partner>[] {
  const { t } = useTranslation("partners");
  return [
    {
      id: "parent",
      label: t("parent"),
      cell: (one) => <NameText id={one.parentPartnerId} to={`/partners/${one.parentPartnerId}`} />,
      text: (one) => one.parentPartnerId,
      width: 190,
      hidden: true,
    },
    { id: "code", label: t("code"), cell: (one) => one.code, text: (one) => one.code, width: 190, hidden: true },
    {
      id: "email",
      label: t("email"),
      cell: (one) => one.email,
      text: (one) => one.email,
      width: 220,
      hidden: true,
    },
  ];
}

export function usePartnerFilters(): readonly Filter[] {
  const { t } = useTranslation("partners");
  return [
    {
      kind: "choice",
      field: "status",
      label: t("status"),
      several: true,
      options: STATUSES.map((value) => ({ value, label: t(`state.${value}`) })),
    },
    {
      kind: "choice",
      field: "kind",
      label: t("kind"),
      several: true,
      options: KINDS.map((value) => ({ value, label: t(`kinds.${value}`) })),
    },
    {
      kind: "record",
      field: "regionId",
      label: t("region"),
      resource: "/regions",
      toOption: (row) => ({ value: row.id, label: row.name }),
    },
    {
      kind: "record",
      field: "ownerUserId",
      label: t("owner"),
      resource: "/users",
      toOption: (row) => ({ value: row.id, label: row.name }),
    },
    { kind: "text", field: "country", label: t("country"), placeholder: "DE" },
    { kind: "text", field: "tag", label: t("tag") },
    {
      kind: "choice",
      field: "restriction",
      label: t("filter.restriction"),
      options: [
        { value: "any", label: t("filter.any") },
        ...RESTRICTIONS.map((value) => ({ value, label: t(`restriction.${value}`) })),
      ],
    },
    ...useFieldFilters(),
  ];
}
