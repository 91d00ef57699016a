import type { RunLevel, RunMatrixRow } from "@tributary/contract";
import { LEVELS } from "./life.ts";

export type Needs = Readonly<Record<RunLevel, number>>;

/**
 * How many different people have to approve an amount at each level: of each level the row with the highest limit that the amount exceeds. Rows
 * of the currency go before those of any currency (`*`). Finance always signs, and never alone.
 */
export function needsOf(matrix: readonly RunMatrixRow[], currency: string, minor: bigint): Needs {
  const size = minor < 0n ? -minor : minor;
  const at = (level: RunLevel): number => {
    const own = matrix.filter((row) => row.level === level && row.currency === currency);
    const rows = own.length > 0 ? own : matrix.filter((row) => row.level === level && row.currency === "*");
    const hit = rows.filter((row) => size > BigInt(row.above) || BigInt(row.above) === 0n);
    const [highest] = hit.sort((a, b) => (BigInt(a.above) > BigInt(b.above) ? -1 : 1));
    return highest?.approvals ?? 0;
  };
  const regional = at("regional");
  const central = at("central");
  const finance = Math.max(1, at("finance"));
  const isAlone = regional + central === 0 && finance === 1;
  return { regional, central: isAlone ? 1 : central, finance };
}

export interface Candidate {
  /** Who presses the button. */
  readonly person: string;
  /** Whose right it is, when somebody stands in. */
  readonly actingFor: string | null;
}

export interface Approvable {
  readonly ownerUserId: string | null;
  /** People who entered something that the amount rests on: adjustments, terms. */
  readonly enteredBy: readonly string[];
  /** Approvals that stand: people and those they stood in for. */
  readonly given: readonly { readonly level: RunLevel; readonly person: string; readonly actingFor: string | null }[];
  readonly needs: Needs;
}

export type ApprovalProblem = "owner" | "entered" | "approved_already" | "not_needed";

/**
 * May this person approve at a level? Whoever stands in for somebody may no more than both of them: standing in gives a right, it takes no
 * conflict away. One person approves a partner at one level only.
 */
export function approvalProblem(item: Approvable, level: RunLevel, by: Candidate): ApprovalProblem | null {
  const people = by.actingFor === null ? [by.person] : [by.person, by.actingFor];
  if (people.some((one) => one === item.ownerUserId)) return "owner";
  if (people.some((one) => item.enteredBy.includes(one))) return "entered";
  const before = item.given.flatMap((one) => (one.actingFor === null ? [one.person] : [one.person, one.actingFor]));
  if (people.some((one) => before.includes(one))) return "approved_already";
  return item.given.filter((one) => one.level === level).length >= item.needs[level] ? "not_needed" : null;
}

/** Is everything that is needed up to and with a level given? */
export function isThrough(item: Pick<Approvable, "given" | "needs">, level: RunLevel): boolean {
  const until = LEVELS.slice(0, LEVELS.indexOf(level) + 1);
  return until.every((one) => item.given.filter((given) => given.level === one).length >= item.needs[one]);
}
