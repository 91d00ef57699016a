import { Assumptions, type NewDeal, type SimulationDetail, USUAL_SCENARIOS } from "@tributary/contract";
import { comparedOf, NO_PLAN, type PickedPlan } from "./plan-picker.tsx";

/** What is filled in so far. */
export interface DealDraft {
  readonly name: string;
  readonly programId: string;
  readonly subject: "partner" | "segment";
  readonly partnerId: string;
  readonly regionId: string;
  readonly ownerUserId: string;
  readonly partnerKind: string;
  readonly country: string;
  readonly proposed: PickedPlan;
  readonly others: readonly PickedPlan[];
  readonly base: string;
  readonly history: boolean;
  readonly from: string;
  readonly to: string;
  readonly forecast: boolean;
  readonly assumptions: Assumptions;
  readonly whaleWin: string;
  readonly chargebackShare: string;
}

export function monthsBack(today: string, months: number): string {
  const day = new Date(`${today.slice(0, 7)}-01T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() - months);
  return day.toISOString().slice(0, 7);
}

/** A first guess that shows what every number means; it is meant to be replaced by the partner's own history. */
export function emptyDraft(programId: string, partnerId: string, today: string): DealDraft {
  return {
    name: "",
    programId,
    subject: "partner",
    partnerId,
    regionId: "",
    ownerUserId: "",
    partnerKind: "",
    country: "",
    proposed: NO_PLAN,
    others: [],
    base: "ngr",
    history: true,
    from: monthsBack(today, 3),
    to: monthsBack(today, 1),
    forecast: true,
    assumptions: Assumptions.parse({
      start: today.slice(0, 7),
      clicks: 2000,
      registrationRate: "0.1",
      ftdRate: "0.3",
      averageFirstDeposit: "80",
      repeatDeposits: "0.8",
      averageDeposit: "60",
      revenuePerActive: "45",
      churn: "0.25",
      paymentFees: "0.02",
    }),
    whaleWin: "50000",
    chargebackShare: "0.2",
  };
}

/** The question as the API takes it; null while something is missing. */
export function dealOf(draft: DealDraft): NewDeal | null {
  const plans = [draft.proposed, ...draft.others].map(comparedOf);
  const [proposed, ...others] = plans;
  if (proposed === undefined || proposed === null || others.some((one) => one === null)) return null;
  if (draft.name.trim() === "" || draft.programId === "" || (!draft.history && !draft.forecast)) return null;
  if (draft.subject === "partner" && draft.partnerId === "") return null;
  return {
    kind: "deal",
    name: draft.name.trim(),
    programId: draft.programId,
    subject: subjectOf(draft),
    proposed,
    others: others.filter((one) => one !== null),
    base: draft.base,
    history: draft.history ? { from: draft.from, to: draft.to } : null,
    forecast: draft.forecast
      ? {
          assumptions: draft.assumptions,
          scenarios: USUAL_SCENARIOS,
          stress: { whaleWin: draft.whaleWin, chargebackShare: draft.chargebackShare },
        }
      : null,
  };
}

function subjectOf(draft: DealDraft): NewDeal["subject"] {
  if (draft.subject === "partner") return { kind: "partner", partnerId: draft.partnerId };
  const { regionId, ownerUserId, partnerKind, country } = draft;
  const said = Object.entries({ regionId, ownerUserId, partnerKind, country }).filter(([, value]) => value !== "");
  return { kind: "segment", ...Object.fromEntries(said) };
}

/** A question that was asked before, to be asked again with changes. */
export function draftOf(
  simulation: SimulationDetail,
  write: (document: unknown) => string,
  today: string,
): DealDraft | null {
  const { input } = simulation;
  if (input.kind !== "deal") return null;
  const { subject, history, forecast } = input;
  const empty = emptyDraft(input.programId, "", today);
  const { kind, ...said } = subject;
  return {
    ...empty,
    name: input.name,
    partnerId: subject.kind === "partner" ? subject.partnerId : "",
    ...(kind === "segment" ? said : {}),
    subject: kind,
    proposed: written(simulation.plans[0], write),
    others: simulation.plans.slice(1).map((one) => written(one, write)),
    base: input.base,
    history: history !== null,
    ...(history ?? {}),
    forecast: forecast !== null,
    assumptions: forecast?.assumptions ?? empty.assumptions,
    whaleWin: forecast?.stress.whaleWin ?? empty.whaleWin,
    chargebackShare: forecast?.stress.chargebackShare ?? empty.chargebackShare,
  };
}

/** As it was then, to be changed here; the saved version may have moved on. */
function written(
  plan: SimulationDetail["plans"][number] | undefined,
  write: (document: unknown) => string,
): PickedPlan {
  return plan === undefined ? NO_PLAN : { ...NO_PLAN, kind: "document", name: plan.name, text: write(plan.document) };
}
