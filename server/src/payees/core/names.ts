import { namesAgree } from "../../banking/index.ts";

/** How well the name on an account fits the payee and the other party of the contracts: the weaker of both decides. */
export interface NameCheck {
  readonly score: number;
  readonly verdict: "match" | "close" | "different";
  readonly explanation: string;
}

/**
 * @param contractNames the other parties of the agreements of the partners that the payee serves; one of them has to fit
 */
export function checkHolder(holder: string, legalName: string, contractNames: readonly string[]): NameCheck {
  const payee = namesAgree(holder, legalName);
  const parties = contractNames
    .map((name) => ({ name, agreement: namesAgree(holder, name) }))
    .toSorted((a, b) => b.agreement.score - a.agreement.score);
  const [best] = parties;
  const told = [`Payee ${legalName}: ${payee.explanation}`];
  if (best === undefined) return { score: payee.score, verdict: payee.verdict, explanation: told.join(" ") };
  told.push(`Contract with ${best.name}: ${best.agreement.explanation}`);
  const weaker = best.agreement.score < payee.score ? best.agreement : payee;
  return { score: Math.round(weaker.score), verdict: weaker.verdict, explanation: told.join(" ") };
}
