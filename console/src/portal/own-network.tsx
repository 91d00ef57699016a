import { useSearch } from "@tanstack/react-router";
import type { SubPartnersReport } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { useRecord } from "../api/records.ts";
import { useFormat } from "../i18n/use-format.ts";
import { dayIn } from "../kit/day-ranges.ts";
import { Page } from "../kit/page.tsx";
import { NetworkView } from "../partners/network-view.tsx";

/** The partners below one's own, as far as the program shows them: their clicks and customers, what they earned, and what was earned on each. */
export function OwnNetwork() {
  const { t } = useTranslation("portal");
  const { zone } = useFormat();
  const search: Record<string, string> = useSearch({ strict: false });
  const month = search.month ?? dayIn(zone, new Date()).slice(0, 7);
  const report = useRecord<SubPartnersReport>("/reports/sub-partners", daysOf(month));
  return (
    <Page title={t("subPartners")} subtitle={t("subPartnersText")}>
      <NetworkView traffic={report.data?.rows ?? []} />
    </Page>
  );
}

/** `2026-12` → from 2026-12-01 to 2027-01-01, the last day exclusive. */
function daysOf(month: string): { readonly from: string; readonly to: string } {
  const [year = "", number = ""] = month.split("-");
  const isLast = number === "12";
  const next = isLast ? "01" : String(Number(number) + 1).padStart(2, "0");
  return { from: `${month}-01`, to: `${isLast ? Number(year) + 1 : year}-${next}-01` };
}
