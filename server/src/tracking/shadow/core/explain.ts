import type { ShadowClass } from "@tributary/contract";

/** Why two sides differ, in a sentence; screens say it in their own languages by class and notes. */
export const CLASS_TEXTS: Readonly<Record<ShadowClass, string>> = {
  agrees: "Both sides have this conversion, for the same partner and amount.",
  missing_here: "They have this conversion; no event of ours is the same.",
  missing_there: "We have this event; their data has no such conversion.",
  other_partner: "Both sides have this conversion, for different partners.",
  outside_window:
    "They gave this conversion to a partner; here the touch was too old, or the customer's time with the partner was over.",
  other_currency: "The amounts are in different currencies.",
  other_amount: "The amounts differ.",
  other_status: "One side takes the conversion for good, the other does not.",
  day_shift: "The conversion falls on different days.",
  duplicate_here: "We have this event twice: it was told by more than one source, or under two ids.",
  duplicate_there: "Their data has this conversion more than once; the other row stands for it.",
  late: "Too young to tell: the other side may still learn of it.",
};

/** What explains a result besides its class. Reasons of attribution stand among them under their own codes. */
export const NOTE_TEXTS: Readonly<Record<string, string>> = {
  partner_unmapped: "Nobody has said yet who their partner is here.",
  their_clock:
    "Their clock is ahead or behind by as much for many conversions: the file's time zone is probably another.",
  times_differ: "The two times differ by themselves, e.g. because one side notes the arrival.",
  rejected_there: "They rejected it.",
  pending_there: "They have not decided yet.",
  reversed_here: "It was reversed here.",
};

/** @param reasons texts of the reasons of attribution, by code */
export function explain(
  kinds: readonly ShadowClass[],
  notes: readonly string[],
  reasons: Readonly<Record<string, string>>,
): string {
  const told = [
    ...kinds.map((kind) => CLASS_TEXTS[kind]),
    ...notes.map((note) => NOTE_TEXTS[note] ?? reasons[note] ?? note),
  ];
  return told.length === 0 ? CLASS_TEXTS.agrees : told.join(" ");
}
