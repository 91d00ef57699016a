import type { PublicEstimate } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import { Page } from "../kit/page.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { EstimateView } from "./estimate-view.tsx";
import { useEstimate } from "./use-estimate.ts";

/** The calculator on a public page: no sign-in, no data, one published plan. */
export function PublicCalculatorView() {
  const { t } = useTranslation("calculator");
  const token = window.location.pathname.split("/")[2] ?? "";
  const { query, state } = useEstimate(token, (asked) =>
    api.post<PublicEstimate>(`/public/calculators/${encodeURIComponent(token)}/estimates`, asked),
  );
  return (
    <main>
      <Loaded query={query}>
        {({ title, estimate }) => (
          <Page title={title} subtitle={t("publicSubtitle")}>
            <EstimateView estimate={estimate} funnel={state} />
          </Page>
        )}
      </Loaded>
    </main>
  );
}
