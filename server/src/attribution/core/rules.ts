import type { AttributionRules, TouchKind } from "../contracts.ts";

/** What holds where a program says nothing. */
export const DEFAULT_RULES: AttributionRules = {
  model: "last_click",
  windowDays: 30,
  impressionWindowDays: 1,
  windows: [],
  windowsPrecedence: null,
  priority: ["code", "click", "partner"],
  binding: { kind: "lifetime" },
  existingCustomers: "attribute",
  noOverwritePartners: [],
  deferredLeads: { kind: "always" },
};

const KINDS: readonly string[] = ["click", "code", "partner", "impression", "customer", "manual"];

/**
 * The rules of a program as stored (checked when they were set): what is absent or unreadable takes its default. Rules that were
 * stored before there were versions have fewer fields and mean what they always did.
 */
export function readRules(stored: unknown): AttributionRules {
  if (typeof stored !== "object" || stored === null) return DEFAULT_RULES;
  const rules = stored as Record<string, unknown>;
  return {
    model: rules.model === "first_click" ? "first_click" : "last_click",
    windowDays: positive(rules.windowDays) ?? DEFAULT_RULES.windowDays,
    impressionWindowDays: positive(rules.impressionWindowDays) ?? DEFAULT_RULES.impressionWindowDays,
    windows: list(rules.windows).flatMap(readWindow),
    windowsPrecedence:
      rules.windowsPrecedence === "partner" || rules.windowsPrecedence === "offer" ? rules.windowsPrecedence : null,
    priority: Array.isArray(rules.priority) ? rules.priority.filter(isKind) : DEFAULT_RULES.priority,
    binding: readBinding(rules.binding),
    existingCustomers: rules.existingCustomers === "keep" ? "keep" : "attribute",
    noOverwritePartners: list(rules.noOverwritePartners).filter((id) => typeof id === "string"),
    deferredLeads: readDeferred(rules.deferredLeads),
  };
}

function isKind(value: unknown): value is TouchKind {
  return typeof value === "string" && KINDS.includes(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function readWindow(stored: unknown): AttributionRules["windows"] {
  if (typeof stored !== "object" || stored === null) return [];
  const { offerId, partnerId, clickDays, impressionDays } = stored as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  return [
    {
      offerId: text(offerId),
      partnerId: text(partnerId),
      clickDays: positive(clickDays) ?? null,
      impressionDays: positive(impressionDays) ?? null,
    },
  ];
}

function readBinding(stored: unknown): AttributionRules["binding"] {
  const binding = (stored ?? {}) as { readonly days?: unknown; readonly extension?: unknown };
  const days = positive(binding.days);
  if (days === undefined) return DEFAULT_RULES.binding;
  const extension = readExtension(binding.extension);
  return extension === null ? { kind: "days", days } : { kind: "days", days, extension };
}

function readExtension(stored: unknown) {
  const { days, from, events } = (stored ?? {}) as Record<string, unknown>;
  const by = positive(days);
  if (by === undefined) return null;
  const types = list(events).filter((type) => typeof type === "string");
  return { days: by, from: from === "end" ? ("end" as const) : ("purchase" as const), events: types };
}

function readDeferred(stored: unknown): AttributionRules["deferredLeads"] {
  const { kind, days } = (stored ?? {}) as Record<string, unknown>;
  const within = positive(days);
  if (kind === "days" && within !== undefined) return { kind, days: within };
  return kind === "never" ? { kind } : DEFAULT_RULES.deferredLeads;
}

function positive(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : undefined;
}
