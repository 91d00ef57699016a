import { z } from "zod";
import { manyOf, PageQuery, pageOf } from "./page.ts";
import { Name, Revision } from "./programs.ts";
import { Targeting } from "./targeting.ts";
import { Day, Instant } from "./values.ts";

/** `weights`: by the options' weights. `best`: the offer with the best measured earnings per click, but for the share that explores. */
export const SmartMode = z.enum(["weights", "best"]);
export type SmartMode = z.infer<typeof SmartMode>;

/** An offer that a smart link may choose. */
export const SmartOption = z.object({
  offerId: z.string().max(60),
  weight: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(100)
    .describe("share among the options that fit; 0: never by weight"),
  rank: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(1)
    .describe("options of the lowest rank that has one that fits are chosen from"),
  when: Targeting.prefault({}).describe("whom it is for"),
});
export type SmartOption = z.infer<typeof SmartOption>;

/** What an offer earned for each click on it, and since when that is measured. */
export const OfferEarnings = z.object({
  offerId: z.string(),
  clicks: z.number().int(),
  earned: z.string().describe("commission in minor units of the program's currency, before holds are released"),
  perClick: z
    .string()
    .nullable()
    .describe("minor units for a click, exact to four decimals; null: fewer clicks than are needed"),
  from: Day,
  to: Day.describe("exclusive"),
  measuredAt: Instant,
});
export type OfferEarnings = z.infer<typeof OfferEarnings>;

/** One address that leads to one of several offers. Links of partners stand for it (POST /v1/links with smartLinkId). */
export const SmartLink = z.object({
  id: z.string(),
  programId: z.string(),
  name: z.string(),
  mode: SmartMode,
  explore: z
    .number()
    .int()
    .describe("mode best: percent of visitors who are shown an offer by weight, so that the others are measured too"),
  leastClicks: z.number().int().describe("mode best: an offer with fewer clicks is not measured yet"),
  offerId: z.string().describe("where clicks go when no option fits"),
  options: z.array(SmartOption),
  status: z.enum(["active", "paused", "archived"]),
  earnings: z.array(OfferEarnings).describe("of its options, as the choice uses them; empty for partners"),
  createdAt: Instant,
  revision: Revision,
});
export type SmartLink = z.infer<typeof SmartLink>;
export const SmartLinkPage = pageOf(SmartLink);

export const NewSmartLink = z.object({
  programId: z.string().max(60),
  name: Name,
  mode: SmartMode.default("weights"),
  explore: z.number().int().min(0).max(100).default(10),
  leastClicks: z.number().int().min(1).max(1_000_000).default(100),
  offerId: z.string().max(60),
  options: z.array(SmartOption).min(1).max(50),
});
export type NewSmartLink = z.input<typeof NewSmartLink>;

export const SmartLinkChange = z.object({
  revision: Revision,
  name: Name.optional(),
  mode: SmartMode.optional(),
  explore: z.number().int().min(0).max(100).optional(),
  leastClicks: z.number().int().min(1).max(1_000_000).optional(),
  offerId: z.string().max(60).optional(),
  options: z.array(SmartOption).min(1).max(50).optional(),
  status: z.enum(["active", "paused", "archived"]).optional(),
});
export type SmartLinkChange = z.input<typeof SmartLinkChange>;

export const SmartLinkQuery = PageQuery.extend({
  q: z.string().trim().max(100).optional().describe("part of the name"),
  programId: manyOf(z.string().max(60)).optional(),
  status: manyOf(z.enum(["active", "paused", "archived"]))
    .optional()
    .describe("when not given: all but archived"),
});
export type SmartLinkQuery = z.output<typeof SmartLinkQuery>;
