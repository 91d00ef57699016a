import type { Offer } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import type { Column } from "../kit/list/list-declaration.ts";
import { NameText } from "../kit/name-text.tsx";
import { StatusBadge } from "../kit/status-badge.tsx";

/** How an offer is shown wherever offers are listed. */
export function useOfferColumns(options: { readonly withProgram: boolean }): readonly Column<Offer>[] {
  const { t } = useTranslation("programs");
  const program: Column<Offer> = {
    id: "program",
    label: t("program"),
    cell: (one) => <NameText id={one.programId} to={`/programs/${one.programId}`} />,
    text: (one) => one.programId,
    width: 180,
    phone: "line",
  };
  return [
    { id: "name", label: t("name"), cell: (one) => one.name, text: (one) => one.name, sort: "name", phone: "title" },
    {
      id: "status",
      label: t("status"),
      cell: (one) => <StatusBadge state={one.status} label={t(`state.${one.status}`)} />,
      text: (one) => one.status,
      width: 120,
      phone: "value",
    },
    ...(options.withProgram ? [program] : []),
    { id: "code", label: t("code"), cell: (one) => one.code, text: (one) => one.code, width: 110 },
    { id: "landing", label: t("landingUrl"), cell: (one) => one.landingUrl, text: (one) => one.landingUrl, width: 250 },
    {
      id: "countries",
      label: t("countries"),
      cell: (one) => <Countries offer={one} />,
      text: (one) => countriesText(one),
      width: 140,
    },
  ];
}

function countriesText(offer: Offer): string {
  return [
    ...offer.allowedCountries.map((code) => `+${code}`),
    ...offer.blockedCountries.map((code) => `-${code}`),
  ].join(" ");
}

function Countries({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation("programs");
  if (offer.allowedCountries.length > 0)
    return <>{t("onlyCountries", { countries: offer.allowedCountries.join(", ") })}</>;
  if (offer.blockedCountries.length > 0)
    return <>{t("withoutCountries", { countries: offer.blockedCountries.join(", ") })}</>;
  return <>{t("everywhere")}</>;
}
