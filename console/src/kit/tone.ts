/** What a state means to the person who looks; a screen never chooses a colour. */
export type Tone = "good" | "warn" | "bad" | "info" | "quiet";

/** States that mean the same in every room. A screen adds its own with `tones`. */
const known: Readonly<Record<string, Tone>> = {
  active: "good",
  accepted: "good",
  approved: "good",
  paid: "good",
  passed: "good",
  delivered: "good",
  released: "good",
  qualified: "good",
  open: "info",
  running: "info",
  applied: "info",
  invited: "info",
  proposed: "info",
  corrected: "info",
  accrued: "info",
  pending: "warn",
  paused: "warn",
  hold: "warn",
  held: "warn",
  review: "warn",
  in_review: "warn",
  onboarding: "warn",
  retrying: "warn",
  unattributed: "warn",
  duplicate: "quiet",
  draft: "quiet",
  closed: "quiet",
  ended: "quiet",
  archived: "quiet",
  prefetch: "quiet",
  bot: "quiet",
  rejected: "bad",
  reversed: "bad",
  blocked: "bad",
  suspended: "bad",
  terminated: "bad",
  failed: "bad",
  dead: "bad",
  void: "bad",
  restricted: "bad",
};

export function toneOf(state: string, tones?: Readonly<Record<string, Tone>>): Tone {
  return tones?.[state] ?? known[state] ?? "quiet";
}

export function toneStyle(tone: Tone): Record<string, string> {
  return { "--tone": `var(--tb-${tone})`, "--ground": `var(--tb-${tone}-ground)` };
}
