import type { Context, Jobs } from "../database/index.ts";
import { finishClosings } from "./closing/closing.ts";
import type { OnboardingNeeds } from "./contracts.ts";
import { endLapse, type GateNotice, holdForLapse } from "./lapses.ts";
import { type RiskOf, startFor, startMissing, startReviews } from "./starts.ts";

interface PartnerNotice {
  readonly partnerId: string;
  readonly programId?: string | null;
}

/** What other rooms announce starts cases; once a day the reviews that are due. */
export function onboardingJobs(ctx: Context, needs: OnboardingNeeds & { readonly riskOf: RiskOf }): Jobs {
  const start = (what: Parameters<typeof startFor>[1]) => async (payloads: readonly unknown[]) => {
    const notices = payloads.map((payload) => payload as PartnerNotice);
    await startFor(
      ctx,
      what,
      notices.filter(({ partnerId }) => typeof partnerId === "string"),
    );
  };
  return {
    sets: {
      "partners.created": start("partner_created"),
      "pipeline.lead_won": start("lead_won"),
      "compliance.document_expired": start("documents_expired"),
      "compliance.match_confirmed": start("list_match"),
    },
    tasks: {
      "procedures.gate_shut_again": (payload) => holdForLapse(ctx, payload as GateNotice),
      "procedures.gate_open_again": (payload) => endLapse(ctx, payload as GateNotice),
      "onboarding.daily": async () => {
        await startMissing(ctx);
        await startReviews(ctx, needs.riskOf);
        await finishClosings(ctx);
      },
    },
    schedule: [{ task: "onboarding.daily", cron: "10 5 * * *" }],
  };
}
