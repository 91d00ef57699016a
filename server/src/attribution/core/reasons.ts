/**
 * The vocabulary of attribution. Codes are published (receipts, API, console, exports) and never change their meaning.
 * The texts are the reference in docs/reference/attribution-reasons.md; screens translate by code.
 */
export const WINNING_REASONS = {
  last_click: "The last counted click within the window, before the event.",
  first_click: "The first counted click within the window, in a program that goes by first clicks.",
  protected_click: "A click of a partner whose touches later ones do not overwrite.",
  impression: "An ad that was seen within its window, and nothing went before it.",
  code: "A coupon or referral code that belonged to the partner at that time.",
  customer_kept: "The customer stays bound as it was.",
  partner_named: "The source of the event named the partner.",
  manual: "A person decided, and wrote down why.",
} as const;

export const LOSING_REASONS = {
  later_click_won: "A later click won.",
  earlier_click_won: "An earlier click won: the program goes by first clicks.",
  later_impression_won: "A later impression won.",
  earlier_impression_won: "An earlier impression won: the program goes by first touches.",
  not_overwritten: "An earlier touch won whose partner's touches are not overwritten by later ones.",
  code_won: "A code goes before this kind of touch in this program.",
  click_won: "A click goes before this kind of touch in this program.",
  partner_won: "A partner named by the source goes before this kind of touch in this program.",
  impression_won: "An impression goes before this kind of touch in this program.",
  customer_won: "The customer was bound already, and in this program a binding goes before this kind of touch.",
  manual_won: "A person had decided, and in this program a decision by hand goes before this kind of touch.",
  kind_not_used: "This program does not use this kind of touch.",
  click_unknown: "The click ID is authentic, but the log has no such click (any more).",
  click_not_ours: "The click ID was not issued here.",
  click_not_counted: "The click did not count: a bot, a prefetch, or something was paused.",
  other_program: "The click belongs to another program.",
  after_event: "The click came after the event.",
  window_expired: "The click is older than its attribution window.",
  impression_not_counted: "The impression did not count: a bot, a prefetch, or something was paused.",
  impression_expired: "The impression is older than the window of impressions.",
  code_unknown: "The program has no such code.",
  code_not_valid: "The code was not valid at the time of the event.",
  partner_unknown: "There is no such partner.",
  overruled_by_hand: "A person decided otherwise.",
  existing_customer: "The customer was known before this touch, and the program keeps known customers.",
  imported_as_existing:
    "The customer was imported as existing before this touch, and the program keeps known customers.",
} as const;

export const UNDECIDED_REASONS = {
  no_touch: "The event carried neither a click, nor a code, nor a partner.",
  manual_none: "A person decided that the customer is nobody's, and wrote down why.",
} as const;

/** Reasons that a receipt may carry besides those above. */
export const FATE_REASONS = {
  same_content: "The same event had been sent before.",
  new_content: "The event had been sent before with other values; these count now.",
  restored: "The event had been reversed and was sent again; it counts again.",
  voided: "The event was reversed.",
  already_counts: "The call said only that the event counts, and it did already.",
  void_without_event: "A reversal of an event that has not arrived yet: when it does, it will not count.",
  void_arrived_first: "The reversal had arrived before the event.",
  cap_pend: "The conversion is beyond a cap: its commission waits until somebody decides.",
  cap_stop: "The conversion is beyond a cap and earns nothing.",
  before_ownership: "It happened before the customer was bound, and the program's rules do not reach back so far.",
  ownership_ended: "The customer's time with the partner was over, and nothing bound it again.",
} as const;

export type WinningReason = keyof typeof WINNING_REASONS;
export type LosingReason = keyof typeof LOSING_REASONS;
export type CandidateReason = Exclude<WinningReason, "manual"> | LosingReason;
/** Of an unattributed customer: why the best candidate lost. */
export type DecisionReason = WinningReason | LosingReason | keyof typeof UNDECIDED_REASONS;
export type FateReason = keyof typeof FATE_REASONS;
