import { z } from "zod";
import { CountryCode } from "./values.ts";

/** What a condition looks at. The verdict of a click that does not fit names the level and this: `offer.device`, `link.schedule`. */
export const TARGET_DIMENSIONS = ["country", "device", "os", "browser", "language", "source", "schedule"] as const;
export type TargetDimension = (typeof TARGET_DIMENSIONS)[number];

export const DeviceName = z.enum(["desktop", "mobile", "tablet", "tv", "other"]);

function oneOf<T extends z.ZodType<string>>(item: T, most: number) {
  return z
    .object({
      is: z.array(item).max(most).default([]).describe("one of these; empty: any, also one that nobody can tell"),
      isNot: z.array(item).max(most).default([]).describe("none of these"),
    })
    .prefault({});
}

const Word = z.string().trim().min(1).max(60);
const ClockTime = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, "a time of day such as 09:30; 24:00 is the end of the day");

/** Hours of a week, by the wall clock of the program's time zone. */
export const ScheduleWindow = z.object({
  days: z
    .array(z.number().int().min(1).max(7))
    .min(1)
    .max(7)
    .describe("1 Monday … 7 Sunday: the days on which it begins"),
  from: ClockTime,
  to: ClockTime.describe("exclusive; not later than `from`: it ends on the next day"),
});
export type ScheduleWindow = z.infer<typeof ScheduleWindow>;

/** Who may come, of an offer, a link or an option of a smart link. Everything left out: everybody. Case does not matter. */
export const Targeting = z.object({
  country: oneOf(CountryCode, 250),
  device: oneOf(DeviceName, 5),
  os: oneOf(Word, 30).describe("Windows, macOS, iOS, Android, Linux, ChromeOS …"),
  browser: oneOf(Word, 30).describe("Chrome, Safari, Firefox, Microsoft Edge …"),
  language: oneOf(Word, 60).describe("the visitor's first language; `es` is every Spanish, `es-MX` the one"),
  source: oneOf(z.string().trim().min(1).max(255), 500).describe("the click's source, or the link's own"),
  schedule: z.array(ScheduleWindow).max(50).default([]).describe("empty: always"),
});
export type Targeting = z.infer<typeof Targeting>;
export type TargetingInput = z.input<typeof Targeting>;

/** Parameters that are added to where a click goes, e.g. `utm_source`. Values may hold the macros of landing pages. */
export const UtmTemplate = z
  .record(z.string().regex(/^utm_[a-z0-9_]{1,40}$/, "a name such as utm_source"), z.string().trim().min(1).max(300))
  .refine((template) => Object.keys(template).length <= 10, "10 parameters at most");
export type UtmTemplate = z.infer<typeof UtmTemplate>;
