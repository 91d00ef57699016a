import type { Day } from "../../kernel/period.ts";
import type { AttributionRules, RulesVersion, TouchKind } from "../contracts.ts";

/** All versions of a program's rules. On a day the newest holds that covers it; the first covers every day. */
export interface RulesTimeline {
  /** in the order of their numbers */
  readonly versions: readonly RulesVersion[];
  /** what any of the versions asks for */
  readonly needs: RulesNeeds;
}

/** What has to be looked at when something arrives, for the result to be that of a whole fold. */
export interface RulesNeeds {
  /** the longest window of all clicks and impressions, in days */
  readonly windowDays: number;
  readonly impressionWindowDays: number;
  /** known customers are kept */
  readonly keeps: boolean;
  /** a first claim does not reach back to the beginning */
  readonly defers: boolean;
  /** a touch may take a bound customer over */
  readonly overwrites: boolean;
  /** a touch may take over what a person decided */
  readonly overwritesManual: boolean;
  /** types of events that extend a binding */
  readonly purchases: ReadonlySet<string>;
}

export function rulesTimeline(versions: readonly RulesVersion[]): RulesTimeline {
  const all = versions.map((one) => one.rules);
  const extensions = all.flatMap(({ binding }) => (binding.kind === "days" ? (binding.extension ?? []) : []));
  return {
    versions,
    needs: {
      windowDays: Math.max(...all.map((one) => longest(one, "click"))),
      impressionWindowDays: Math.max(...all.map((one) => longest(one, "impression"))),
      keeps: all.some((one) => one.existingCustomers === "keep"),
      defers: all.some((one) => one.deferredLeads.kind !== "always"),
      overwrites: all.some((one) => canOverwrite(one, "customer")),
      overwritesManual: all.some((one) => canOverwrite(one, "manual")),
      purchases: new Set(extensions.flatMap((one) => one.events)),
    },
  };
}

/** The same rules on every day. */
export function soleRules(rules: AttributionRules, version = 1): RulesTimeline {
  return rulesTimeline([{ version, rules, validFrom: null, validUntil: null }]);
}

/** A timeline under which other rules hold on some days: what would be if they were stored as the newest version. */
export function withVersion(timeline: RulesTimeline, added: RulesVersion): RulesTimeline {
  return rulesTimeline([...timeline.versions, added]);
}

export function rulesOn(timeline: RulesTimeline, day: Day): RulesVersion {
  const { versions } = timeline;
  for (let index = versions.length - 1; index > 0; index -= 1) {
    const one = versions[index];
    if (one !== undefined && covers(one, day)) return one;
  }
  const [first] = versions;
  if (first === undefined) throw new Error("a program has no attribution rules at all");
  return first;
}

function covers({ validFrom, validUntil }: RulesVersion, day: Day): boolean {
  return (validFrom === null || day >= validFrom) && (validUntil === null || day < validUntil);
}

/** May any kind take over a binding of this kind? Left out of the priority, a binding stands before everything. */
export function canOverwrite(rules: AttributionRules, bound: "customer" | "manual"): boolean {
  return rules.priority.indexOf(bound) > 0;
}

/** Kinds in the order in which they win, bindings included. */
export function winningOrder(rules: AttributionRules): readonly TouchKind[] {
  const first = (["manual", "customer"] as const).filter((kind) => !rules.priority.includes(kind));
  return first.length === 0 ? rules.priority : [...first, ...rules.priority];
}

function longest(rules: AttributionRules, kind: "click" | "impression"): number {
  if (kind === "click") return Math.max(rules.windowDays, ...rules.windows.map((one) => one.clickDays ?? 0));
  return Math.max(rules.impressionWindowDays, ...rules.windows.map((one) => one.impressionDays ?? 0));
}
