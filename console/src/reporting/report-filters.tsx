import { DIMENSIONS, type Dimension } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useAddress } from "../kit/address.ts";
import { FilterChips } from "../kit/list/filter-chips.tsx";
import type { Filter } from "../kit/list/list-declaration.ts";
import { useSession } from "../session/session.tsx";
import { fieldOf } from "./report-question.ts";

const DEVICES = ["desktop", "mobile", "tablet", "tv"] as const;
const LISTS = { program: "/programs", partner: "/partners", offer: "/offers", link: "/links" } as const;

/** What a report is narrowed to; it stands in the address. A program that is chosen for the whole console narrows everything already. */
export function ReportFilters({ dimensions = DIMENSIONS }: { readonly dimensions?: readonly Dimension[] }) {
  const { t } = useTranslation("reporting");
  const { program } = useSession();
  const [address, change] = useAddress();
  const offered = dimensions.filter((one) => one !== "program" || program === null);
  const filters = offered.map((dimension): Filter => {
    const base = { field: fieldOf(dimension), label: t(`by.${dimension}`) };
    if (dimension === "program" || dimension === "partner" || dimension === "offer" || dimension === "link")
      return {
        ...base,
        kind: "record",
        resource: LISTS[dimension],
        toOption: (row) => ({ value: row.id, label: row.name || row.code }),
      };
    if (dimension === "device")
      return { ...base, kind: "choice", options: DEVICES.map((value) => ({ value, label: t(`deviceKind.${value}`) })) };
    return { ...base, kind: "text", placeholder: dimension === "country" ? "DE" : "" };
  });
  const fields = filters.map((filter) => filter.field);
  const values = Object.fromEntries(fields.map((field) => [field, address[field] ?? ""]));
  return (
    <FilterChips
      filters={filters}
      values={values}
      onChange={(next) => change(Object.fromEntries(fields.map((field) => [field, next[field]])))}
    />
  );
}
