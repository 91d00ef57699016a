import type { Attention } from "@tributary/contract";
import type { Tone } from "../kit/tone.ts";

type Kind = Attention["kind"];

const TONES: Readonly<Record<Kind, Tone>> = {
  rejected_calls: "bad",
  postbacks_dead: "bad",
  bot_share: "bad",
  unattributed_events: "warn",
  fading_partner: "warn",
  traffic_spike: "warn",
  partners_in_onboarding: "warn",
  agreements_to_approve: "info",
  agreements_to_send: "info",
  agreements_to_accept: "quiet",
  agreements_countered: "warn",
  agreements_ending: "warn",
  adjustments_to_approve: "info",
  statements_to_close: "info",
  statements_to_pay: "info",
};

export function toneOfAttention(kind: Kind): Tone {
  return TONES[kind];
}

/** Where a person deals with it. */
export function placeOf(one: Attention): string {
  const partner = one.partner?.id ?? "";
  const places: Readonly<Record<Kind, string>> = {
    fading_partner: `/partners/${partner}`,
    traffic_spike: `/reports/clicks?partnerId=${partner}&grain=day&by=source`,
    bot_share: `/intake?partnerId=${partner}&kind=click&fate=uncounted`,
    rejected_calls: "/intake?kind=call&fate=rejected",
    unattributed_events: "/intake?kind=call&fate=unattributed",
    agreements_to_approve: "/agreements?view=approvals",
    agreements_to_send: "/agreements?state=approved",
    agreements_to_accept: "/agreements?state=sent",
    agreements_countered: "/agreements?view=countered",
    agreements_ending: "/agreements?view=ending",
    adjustments_to_approve: "/adjustments?view=waiting",
    statements_to_close: "/statements?view=open",
    statements_to_pay: "/statements?view=toPay",
    partners_in_onboarding: "/partners?status=onboarding",
    postbacks_dead: "/postbacks",
  };
  return places[one.kind];
}
