import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { Day, Instant } from "./values.ts";

/** What is watched. */
export const HEALTH_KINDS = ["clicks", "conversions", "delay", "postback_errors", "rejected_calls"] as const;
export const HealthKind = z.enum(HEALTH_KINDS);
export type HealthKind = z.infer<typeof HealthKind>;
export const HealthDirection = z.enum(["drop", "surge", "longer", "shorter", "errors"]);
export type HealthDirection = z.infer<typeof HealthDirection>;
export const HealthState = z.enum(["open", "acknowledged", "closed"]);
export type HealthState = z.infer<typeof HealthState>;

/** What may lie behind it; `code` says what the rest means. */
export const HealthReason = z.object({
  code: z.enum([
    "setting_changed",
    "postback_error",
    "link_test_failed",
    "calls_rejected",
    "clicks_go_on",
    "all_offers",
    "last_seen",
  ]),
  at: Instant.nullable(),
  text: z.string().describe("an action of the trail, an error as it came, a reason code"),
  who: z.string().describe("who changed it; may be empty"),
  subjectKind: z.string().describe("what can be opened: offer, link, partner, program, source, postback, test …"),
  subjectId: z.string(),
});
export type HealthReason = z.infer<typeof HealthReason>;

export const HealthAlert = z.object({
  id: z.string(),
  programId: z.string(),
  partnerId: z.string().nullable(),
  offerId: z.string().nullable().describe("null: all offers together"),
  sourceId: z.string().nullable().describe("of rejected calls"),
  kind: HealthKind,
  eventType: z.string().describe("of conversions; else empty"),
  direction: HealthDirection,
  state: HealthState,
  since: Instant.describe("the hour from which on it was most likely so"),
  openedAt: Instant,
  updatedAt: Instant,
  closedAt: Instant.nullable(),
  closedWhy: z.enum(["recovered", "new_normal", "explained"]).nullable(),
  expected: z.number().describe("events since then; of delays: typical seconds; of errors: bad calls"),
  seen: z.number(),
  factor: z.number().nullable().describe("seen over expected"),
  chance: z.number().describe("how likely it was without a cause when it was told"),
  cause: z.string().describe("in one sentence, in the language asked for"),
  reasons: z.array(HealthReason),
  forPartner: z.boolean().describe("whether the partner sees it"),
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: Instant.nullable(),
  note: z.string(),
  mutedUntil: Instant.nullable(),
  spark: z.array(z.number()).describe("seen per day of the last fourteen, oldest first; may be empty"),
  revision: z.number().int(),
});
export type HealthAlert = z.infer<typeof HealthAlert>;

/** The last days beside what was to be expected. */
export const HealthCourse = z.object({
  unit: z.enum(["events", "seconds", "share"]),
  stepHours: z.number().int(),
  times: z.array(Instant),
  seen: z.array(z.number()),
  expected: z.array(z.number().nullable()),
  low: z.array(z.number().nullable()).describe("nineteen of twenty hours lie between low and high"),
  high: z.array(z.number().nullable()),
  timeZone: z.string(),
});
export type HealthCourse = z.infer<typeof HealthCourse>;
export const HealthAlertDetail = HealthAlert.extend({ course: HealthCourse.nullable() });
export type HealthAlertDetail = z.infer<typeof HealthAlertDetail>;

const language = z.enum(["en", "es"]).default("en");
export const HealthLanguage = z.object({ language });
export const HealthQuery = PageQuery.extend({
  language,
  state: manyOf(HealthState).optional(),
  kind: manyOf(HealthKind).optional(),
  programId: manyOf(z.string()).optional(),
  partnerId: manyOf(z.string()).optional(),
  offerId: manyOf(z.string()).optional(),
});
export type HealthQuery = z.infer<typeof HealthQuery>;
export const HealthPage = pageOf(HealthAlert);

export const HealthAcknowledge = z.object({
  revision: z.number().int(),
  note: z.string().trim().max(1000).default(""),
  newNormal: z.boolean().default(false).describe("this is how it is from now on: closes the alert, learns anew"),
});
export type HealthAcknowledge = z.infer<typeof HealthAcknowledge>;
export const HealthMute = z.object({
  revision: z.number().int(),
  until: Instant.nullable().describe("until then nothing is told of this; null: tell again"),
});
export type HealthMute = z.infer<typeof HealthMute>;

export const QuietDays = z.object({
  from: Day,
  to: Day.describe("the day after the last one"),
  name: z.string().trim().max(100).default(""),
  partnerId: z.string().max(60).nullable().default(null).describe("null: of all partners"),
});
export type QuietDays = z.infer<typeof QuietDays>;
export const HealthSettings = z.object({
  programId: z.string(),
  sensitivity: z.enum(["low", "normal", "high"]),
  kinds: z.array(HealthKind),
  partnerKinds: z.array(HealthKind).describe("what partners are shown of their own tracking"),
  newNormalDays: z.number().int().min(1).max(90).describe("after so many days a change is taken for the new normal"),
  mail: z.boolean(),
  emails: z.array(z.email()).max(20),
  quiet: z.array(QuietDays).max(100).describe("holidays and planned pauses: nothing is told, nothing is learnt"),
  revision: z.number().int().describe("0: never changed"),
});
export type HealthSettings = z.infer<typeof HealthSettings>;
export const HealthSettingsChange = HealthSettings.omit({ programId: true });
export type HealthSettingsChange = z.infer<typeof HealthSettingsChange>;
