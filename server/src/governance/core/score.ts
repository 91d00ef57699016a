export interface WeighedRule {
  readonly ruleId: string;
  readonly weight: number;
}

export interface Score {
  /** 0 to 100: a whole number; 100 only when nothing is lost */
  readonly score: number;
  readonly lost: number;
  readonly total: number;
}

/**
 * How good a record is: 100 × (1 − lost ÷ total), where total is the weight of all rules that hold for it and lost the weight of those it
 * breaks. Rounded down, so that one small fault among many rules still shows. A record without rules has nothing wrong with it.
 */
export function scoreOf(rules: readonly WeighedRule[], broken: ReadonlySet<string>): Score {
  const total = rules.reduce((sum, { weight }) => sum + weight, 0);
  const lost = rules.reduce((sum, { ruleId, weight }) => sum + (broken.has(ruleId) ? weight : 0), 0);
  return { score: total === 0 ? 100 : Math.floor((100 * (total - lost)) / total), lost, total };
}
