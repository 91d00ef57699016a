import type { AttributionRules, TouchKind } from "../contracts.ts";

export const DEFAULT_RULES: AttributionRules = {
  model: "last_click",
  windowDays: 30,
  priority: ["code", "click", "partner"],
  binding: { kind: "lifetime" },
  existingCustomers: "attribute",
};

const KINDS: readonly string[] = ["click", "code", "partner"];

/** The rules of a program as stored (validated when they were set): what is absent or unreadable takes its default. */
export function readRules(stored: unknown): AttributionRules {
  if (typeof stored !== "object" || stored === null) return DEFAULT_RULES;
  const rules = stored as Record<string, unknown>;
  const windowDays = positive(rules.windowDays);
  const priority = Array.isArray(rules.priority) ? rules.priority.filter(isKind) : undefined;
  return {
    model: "last_click",
    windowDays: windowDays ?? DEFAULT_RULES.windowDays,
    priority: priority ?? DEFAULT_RULES.priority,
    binding: readBinding(rules.binding),
    existingCustomers: rules.existingCustomers === "keep" ? "keep" : "attribute",
  };
}

function isKind(value: unknown): value is TouchKind {
  return typeof value === "string" && KINDS.includes(value);
}

function readBinding(stored: unknown): AttributionRules["binding"] {
  const days = positive((stored as { days?: unknown } | null | undefined)?.days);
  return days === undefined ? DEFAULT_RULES.binding : { kind: "days", days };
}

function positive(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : undefined;
}
