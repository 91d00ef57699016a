import type { Actor } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { dayOf } from "../kernel/period.ts";
import type { AttributionRules } from "./contracts.ts";
import { readRules } from "./core/rules.ts";
import { rulesOn, rulesTimeline } from "./core/timeline.ts";
import { firstVersion, type RuledProgram } from "./rules-of-programs.ts";
import type { StoredDecision } from "./store/decisions.ts";
import { rulesVersions } from "./store/rules-versions.ts";

/** Rules as an explanation tells them. */
export interface ShownRules {
  readonly now: AttributionRules;
  /** null: a person decided, by no rules */
  of(decision: StoredDecision): AttributionRules | null;
}

/** The rules of a program for whoever asks; a partner is not told which other partners they name. */
export async function shownRules(ctx: Context, actor: Actor, program: RuledProgram | undefined): Promise<ShownRules> {
  const forPartner = actor.partnerId !== undefined;
  const shown = (rules: AttributionRules) => (forPartner ? withoutPartners(rules) : rules);
  const stored = program === undefined ? [] : await rulesVersions(ctx.db, [program.programId], { shown: forPartner });
  const first = program === undefined ? [] : [firstVersion(program)];
  const timeline = rulesTimeline(stored.length > 0 ? stored : first);
  const today = dayOf(ctx.clock.now(), program?.timeZone ?? "UTC");
  return {
    now: shown(timeline.versions.length === 0 ? readRules({}) : rulesOn(timeline, today).rules),
    of(decision) {
      const version = timeline.versions.find((one) => one.version === decision.rulesVersion);
      const rules = decision.rules === null ? version?.rules : readRules(decision.rules);
      return rules === undefined ? null : shown(rules);
    },
  };
}

function withoutPartners(rules: AttributionRules): AttributionRules {
  return { ...rules, noOverwritePartners: [], windows: [] };
}
