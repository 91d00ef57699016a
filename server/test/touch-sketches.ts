import type { AttributionRules, Touch } from "../src/attribution/index.ts";
import { DEFAULT_RULES } from "../src/attribution/index.ts";

/** Touches as a decision table writes them. The event happens on 20 January; the window is 10 days unless the rules say otherwise. */
export const PROGRAM = "prg_1";
export const at = (day: number, hour = 0) => Date.UTC(2026, 0, day, hour);

/** `ada 3` = a click on ada's link on 3 January; `?` not counted; `!` forged; `-` not in the log; `/` another program. */
export function click(text: string): Touch {
  const [name = "", day = "1"] = text.split(" ");
  const partner = name.replace(/[?!/-]/g, "");
  const found = {
    at: at(Number(day)),
    counted: !name.includes("?"),
    programId: name.includes("/") ? "prg_2" : PROGRAM,
    partnerId: partner,
    linkId: null,
    offerId: null,
    country: null,
    dimensions: {},
  };
  return { kind: "click", ref: text, authentic: !name.includes("!"), found: /[!-]/.test(name) ? null : found };
}

/** An ad of a partner's that was seen: `ada 19`. */
export function view(text: string): Touch {
  const { ref, authentic, found } = click(text) as Extract<Touch, { authentic: boolean }>;
  return { kind: "impression", ref, authentic, found };
}

/** The customer is ada's already (or anybody's). */
export function bound(partner: string, kind: "customer" | "manual" = "customer"): Touch {
  const found = { partnerId: partner, linkId: null, offerId: null, clickId: null, country: null, dimensions: {} };
  return { kind, ref: new Date(at(5)).toISOString(), found };
}

export function code(partner: string | null, from: number | null = null, to: number | null = null): Touch {
  const found = { partnerId: partner ?? "", linkId: null, offerId: null, validFrom: from, validTo: to };
  return { kind: "code", ref: "CODE", found: partner === null ? null : found };
}

export function named(partner: string | null): Touch {
  return { kind: "partner", ref: "name", found: partner === null ? null : { partnerId: partner } };
}

export const CODES_TAKE: Partial<AttributionRules> = { priority: ["code", "customer", "click"] };

export const rulesWith = (rules: Partial<AttributionRules> = {}): AttributionRules => ({
  ...DEFAULT_RULES,
  windowDays: 10,
  ...rules,
});
export const asking = { eventId: 1n, programId: PROGRAM, at: at(20), order: "" };
