import { Select } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { Estimate, Plan, PlanDetail } from "@tributary/contract";
import { useTranslation } from "react-i18next";
import { api, type Page as Pages } from "../api/client.ts";
import { useRecord } from "../api/records.ts";
import { EmptyState } from "../kit/empty-state.tsx";
import { Page } from "../kit/page.tsx";
import { Loaded } from "../kit/record/record-page.tsx";
import { EstimateView } from "./estimate-view.tsx";
import { PublicCalculators } from "./public-calculators.tsx";
import { useEstimate } from "./use-estimate.ts";

const MOST_PLANS = 100;

/** What a plan would pay a partner for a funnel, before anybody is shown it; and the public pages that show it. */
export function CalculatorPage() {
  const { t } = useTranslation("calculator");
  const navigate = useNavigate();
  const search: Record<string, string> = useSearch({ strict: false });
  const plans = useRecord<Pages<Plan>>("/plans", { limit: MOST_PLANS });
  return (
    <Page title={t("title")} subtitle={t("subtitle")}>
      <Loaded query={plans}>
        {({ data }) => {
          const chosen = data.find((one) => one.id === search.plan) ?? data[0];
          if (chosen === undefined) return <EmptyState title={t("noPlans")} text={t("noPlansText")} />;
          return (
            <>
              <Select
                label={t("plan")}
                data={data.map((one) => ({ value: one.id, label: one.name }))}
                value={chosen.id}
                allowDeselect={false}
                searchable
                maw={420}
                mb={16}
                onChange={(plan) => plan !== null && void navigate({ to: ".", search: { plan } })}
              />
              <PlanCalculator key={chosen.id} planId={chosen.id} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function PlanCalculator({ planId }: { readonly planId: string }) {
  const plan = useRecord<PlanDetail>(`/plans/${planId}`);
  return <Loaded query={plan}>{(one) => <VersionCalculator plan={one} />}</Loaded>;
}

/** Of the published version, or of the newest where none is published yet. */
function VersionCalculator({ plan }: { readonly plan: PlanDetail }) {
  const published = plan.versions.find((one) => one.status === "published");
  const version = published ?? plan.versions[0];
  const { query, state } = useEstimate(version?.id ?? plan.id, (asked) =>
    api.post<Estimate>("/estimates", { of: { planVersionId: version?.id }, ...asked }),
  );
  return (
    <>
      <Loaded query={query}>{(estimate) => <EstimateView estimate={estimate} funnel={state} />}</Loaded>
      <PublicCalculators plan={plan} versionId={published?.id ?? null} />
    </>
  );
}
