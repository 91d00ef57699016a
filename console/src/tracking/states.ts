export const LINK_STATES = ["active", "paused", "archived"] as const;
export const FATES = [
  "accepted",
  "duplicate",
  "corrected",
  "reversed",
  "unattributed",
  "rejected",
  "test",
  "counted",
  "uncounted",
] as const;
export const DOORS = ["link", "postback", "pixel", "api", "file", "console", "demo"] as const;
