import { z } from "zod";

/**
 * What can speak for a partner. `customer` is the binding that the customer is in already, `manual` a decision by hand; both hold
 * against kinds that stand after them in the priority.
 */
export const TouchKind = z.enum(["click", "code", "partner", "impression", "customer", "manual"]);
export type TouchKind = z.infer<typeof TouchKind>;

const Id = z.string().min(1).max(60);
const days = (most: number) => z.number().int().min(1).max(most);

/** Days for one offer, one partner, or one partner's clicks on one offer. */
export const TouchWindow = z.strictObject({
  offerId: Id.nullable().default(null),
  partnerId: Id.nullable().default(null),
  clickDays: days(3650).nullable().default(null).describe("null: as the program says"),
  impressionDays: days(365).nullable().default(null).describe("null: as the program says"),
});
export type TouchWindow = z.infer<typeof TouchWindow>;

/** Each purchase makes a binding last longer. */
export const BindingExtension = z.strictObject({
  days: days(36_500),
  from: z
    .enum(["purchase", "end"])
    .default("purchase")
    .describe("purchase: at least so many days after it; end: so many days after the end there would have been"),
  events: z
    .array(z.string().min(1).max(64))
    .min(1)
    .max(20)
    .default(["deposit", "sale"])
    .describe("types of events that are purchases"),
});
export type BindingExtension = z.infer<typeof BindingExtension>;

const Binding = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("lifetime") }),
  z.strictObject({
    kind: z.literal("days"),
    days: days(36_500),
    extension: BindingExtension.nullable().optional().describe("absent or null: purchases do not extend it"),
  }),
]);

const DeferredLeads = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("always") }),
  z.strictObject({ kind: z.literal("days"), days: days(3650) }),
  z.strictObject({ kind: z.literal("never") }),
]);

/** The fields one by one, before it is asked whether together they can be read in one way only. */
const RuleFields = z.strictObject({
  model: z
    .enum(["last_click", "first_click"])
    .default("last_click")
    .describe("which of a visitor's clicks (or impressions) goes first"),
  windowDays: days(3650).default(30).describe("a click may claim events of this many days"),
  impressionWindowDays: days(365)
    .default(1)
    .describe("an impression may claim events of this many days; matters where the priority names impressions"),
  windows: z.array(TouchWindow).max(1000).default([]).describe("other days for offers and partners"),
  windowsPrecedence: z
    .enum(["partner", "offer"])
    .nullable()
    .default(null)
    .describe("whose window goes first where an offer and a partner have their own"),
  priority: z
    .array(TouchKind)
    .max(6)
    .default(["code", "click", "partner"])
    .describe(
      "which kind goes first; click, code, partner and impression are not used when left out; customer and manual stand before everything when left out",
    ),
  binding: Binding.default({ kind: "lifetime" }).describe("how long the customer stays the partner's"),
  existingCustomers: z
    .enum(["attribute", "keep"])
    .default("attribute")
    .describe("may a touch claim a customer who was known before it, by an event or by import"),
  noOverwritePartners: z
    .array(Id)
    .max(5000)
    .default([])
    .describe("later clicks and impressions do not overwrite theirs, and nothing takes their bound customers"),
  deferredLeads: DeferredLeads.default({ kind: "always" }).describe(
    "does the first claim also get what the customer did before it: all of it, that of so many days, or nothing before its day",
  ),
});

/** Kinds that can bind a customer by themselves. */
export const BINDING_KINDS = ["click", "code", "partner", "impression"] as const;

/** How a program decides whose a customer is. What could be read in two ways is refused with a sentence. */
export const AttributionRules = RuleFields.superRefine((rules, context) => {
  for (const [path, message] of contradictionsOf(rules)) context.addIssue({ code: "custom", path: [...path], message });
});
export type AttributionRules = z.infer<typeof AttributionRules>;

type Complaint = readonly [path: readonly (string | number)[], message: string];

function contradictionsOf(rules: AttributionRules): Complaint[] {
  return [...priorityComplaints(rules), ...windowComplaints(rules)];
}

function priorityComplaints({ priority, existingCustomers, noOverwritePartners }: AttributionRules): Complaint[] {
  const found: Complaint[] = [];
  const twice = priority.find((kind, index) => priority.indexOf(kind) !== index);
  if (twice !== undefined) found.push([["priority"], `names ${twice} twice: which of its places is meant?`]);
  if (!priority.some((kind) => (BINDING_KINDS as readonly string[]).includes(kind)))
    found.push([["priority"], "names nothing that could bind a customer: add click, code, partner or impression."]);
  const customer = priority.indexOf("customer");
  if (priority.indexOf("manual") > Math.max(0, customer))
    found.push([
      ["priority"],
      "puts a decision by hand behind the ordinary binding: what takes a customer from a person's decision would have to leave bound customers alone. Put manual before customer, or leave it out (it then goes first).",
    ]);
  if (customer > 0 && existingCustomers === "keep")
    found.push([
      ["existingCustomers"],
      "keeps known customers, while the priority lets touches take over bound ones, who are all known. Put customer first, or attribute existing customers.",
    ]);
  const again = noOverwritePartners.find((id, index) => noOverwritePartners.indexOf(id) !== index);
  if (again !== undefined) found.push([["noOverwritePartners"], `names ${again} twice.`]);
  return found;
}

function windowComplaints(rules: AttributionRules): Complaint[] {
  const { windows, windowsPrecedence, priority } = rules;
  const found: Complaint[] = [];
  const places = new Set<string>();
  windows.forEach((window, index) => {
    const path = ["windows", index];
    if (window.offerId === null && window.partnerId === null)
      found.push([path, "names neither an offer nor a partner: say it as windowDays of the program."]);
    if (window.clickDays === null && window.impressionDays === null) found.push([path, "gives no days."]);
    if (window.impressionDays !== null && !priority.includes("impression"))
      found.push([path, "says how long impressions count, but the priority does not use impressions."]);
    const place = `${window.offerId} ${window.partnerId}`;
    if (places.has(place)) found.push([path, "names the same offer and partner as another window."]);
    places.add(place);
  });
  const byOffer = windows.some((one) => one.offerId !== null && one.partnerId === null);
  const byPartner = windows.some((one) => one.offerId === null && one.partnerId !== null);
  if (byOffer && byPartner && windowsPrecedence === null)
    found.push([
      ["windowsPrecedence"],
      "is missing: a click of such a partner on such an offer has two windows. Say partner or offer.",
    ]);
  return found;
}
