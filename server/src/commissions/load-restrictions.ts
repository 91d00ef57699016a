import { allowedComponents, jurisdictionFacts, type Pair } from "../agreements/index.ts";
import type { Db } from "../database/index.ts";
import type { Day } from "../kernel/period.ts";
import { licencesOf } from "../partners/index.ts";
import type { Restriction } from "./core/entries.ts";
import type { Terms } from "./core/terms.ts";

const BEGINNING: Day = "0001-01-01";

/**
 * Which components a partner may not be paid by on which days, as the jurisdiction rules of the program say: looked at for each stretch of days in which
 * the partner's licences are the same. What compliance has let through is left out.
 */
export async function restrictionsOf(
  db: Db,
  pairs: readonly (Pair & { readonly terms: readonly Terms[] })[],
): Promise<readonly (readonly Restriction[])[]> {
  const versions = pairs.flatMap((pair) => pair.terms.map((one) => one.agreementVersionId));
  const known = await jurisdictionFacts(db, pairs, versions);
  if ([...known.rules.values()].every((rules) => rules.length === 0)) return pairs.map(() => []);
  const licences = Map.groupBy(
    await licencesOf(db, [...new Set(pairs.map((pair) => pair.partnerId))]),
    (one) => one.partnerId,
  );
  return pairs.map((pair) => {
    const rules = known.rules.get(pair.programId) ?? [];
    const own = licences.get(pair.partnerId) ?? [];
    const changes = new Set([
      BEGINNING,
      ...own.flatMap((one) => [one.validFrom, ...(one.validTo === null ? [] : [one.validTo])]),
    ]);
    const days = [...changes].sort();
    return pair.terms.flatMap((terms) =>
      days.flatMap((from, index) =>
        allowedComponents(rules, known.partnerOn(pair.partnerId, from), terms.plan)
          .filter((one) => !one.allowed && !known.passed.has(`${terms.agreementVersionId} ${one.code} ${one.rule}`))
          .map((one) => ({
            agreementVersionId: terms.agreementVersionId,
            component: one.code,
            rule: one.rule,
            from,
            until: days[index + 1] ?? null,
          })),
      ),
    );
  });
}
