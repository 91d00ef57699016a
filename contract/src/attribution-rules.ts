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
  for (const { path, code, message, name } of contradictionsOf(rules))
    context.addIssue({ code: "custom", path: [...path], message, params: { contradiction: code, name } });
});
export type AttributionRules = z.infer<typeof AttributionRules>;

/** Rules as they are told: those that were stored when less was refused are told as they stand. */
export const ToldRules = RuleFields;

/** What could be read in two ways; screens say it in the reader's language by its code. */
export const RULE_CONTRADICTIONS = [
  "kind_twice",
  "nothing_binds",
  "manual_behind_customer",
  "keep_and_take_over",
  "partner_twice",
  "window_of_nobody",
  "window_without_days",
  "impressions_not_used",
  "window_twice",
  "whose_window",
] as const;
export type RuleContradiction = (typeof RULE_CONTRADICTIONS)[number];

interface Complaint {
  readonly path: readonly (string | number)[];
  readonly code: RuleContradiction;
  readonly message: string;
  /** what is named twice */
  readonly name?: string;
}

function contradictionsOf(rules: AttributionRules): Complaint[] {
  return [...priorityComplaints(rules), ...windowComplaints(rules)];
}

function priorityComplaints({ priority, existingCustomers, noOverwritePartners }: AttributionRules): Complaint[] {
  const found: Complaint[] = [];
  const path = ["priority"];
  const twice = priority.find((kind, index) => priority.indexOf(kind) !== index);
  if (twice !== undefined)
    found.push({
      path,
      code: "kind_twice",
      name: twice,
      message: `names ${twice} twice: which of its places is meant?`,
    });
  if (!priority.some((kind) => (BINDING_KINDS as readonly string[]).includes(kind)))
    found.push({
      path,
      code: "nothing_binds",
      message: "names nothing that could bind a customer: add click, code, partner or impression.",
    });
  const customer = priority.indexOf("customer");
  if (priority.indexOf("manual") > Math.max(0, customer))
    found.push({
      path,
      code: "manual_behind_customer",
      message:
        "puts a decision by hand behind the ordinary binding: what takes a customer from a person's decision would have to leave bound customers alone. Put manual before customer, or leave it out (it then goes first).",
    });
  if (customer > 0 && existingCustomers === "keep")
    found.push({
      path: ["existingCustomers"],
      code: "keep_and_take_over",
      message:
        "keeps known customers, while the priority lets touches take over bound ones, who are all known. Put customer first, or attribute existing customers.",
    });
  const again = noOverwritePartners.find((id, index) => noOverwritePartners.indexOf(id) !== index);
  if (again !== undefined)
    found.push({ path: ["noOverwritePartners"], code: "partner_twice", name: again, message: `names ${again} twice.` });
  return found;
}

function windowComplaints(rules: AttributionRules): Complaint[] {
  const { windows, windowsPrecedence } = rules;
  const places = new Set<string>();
  const found = windows.flatMap((window, index) => {
    const complaints = complaintsOfWindow(window, rules).map((one) => ({ ...one, path: ["windows", index] }));
    const place = `${window.offerId} ${window.partnerId}`;
    if (!places.has(place)) {
      places.add(place);
      return complaints;
    }
    const message = "names the same offer and partner as another window.";
    return [...complaints, { path: ["windows", index], code: "window_twice" as const, message }];
  });
  const byOffer = windows.some((one) => one.offerId !== null && one.partnerId === null);
  const byPartner = windows.some((one) => one.offerId === null && one.partnerId !== null);
  if (!byOffer || !byPartner || windowsPrecedence !== null) return found;
  const message =
    "is missing: a click of such a partner on such an offer has two windows. Say whose goes first, partner or offer.";
  return [...found, { path: ["windowsPrecedence"], code: "whose_window", message }];
}

function complaintsOfWindow(window: TouchWindow, { priority }: AttributionRules): Omit<Complaint, "path">[] {
  const found: Omit<Complaint, "path">[] = [];
  if (window.offerId === null && window.partnerId === null)
    found.push({
      code: "window_of_nobody",
      message: "names neither an offer nor a partner: say it as windowDays of the program.",
    });
  if (window.clickDays === null && window.impressionDays === null)
    found.push({ code: "window_without_days", message: "gives no days." });
  if (window.impressionDays !== null && !priority.includes("impression"))
    found.push({
      code: "impressions_not_used",
      message: "says how long impressions count, but the priority does not use impressions.",
    });
  return found;
}
