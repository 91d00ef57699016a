import { acceptedTerms, termsInForce } from "../../agreements/index.ts";
import { rulesOfPrograms, rulesOn } from "../../attribution/index.ts";
import type { Db } from "../../database/index.ts";
import { renderPlan } from "../../plans/index.ts";
import { programById } from "../../programs/index.ts";
import type { AcceptedAgreement, RulesInForce } from "../../tracking/index.ts";
import { attributionInWords, type SandboxLanguage } from "./words.ts";

/** The agreement of a partner in a program that is in force on a day. */
export async function agreementInForce(
  db: Db,
  partnerId: string,
  programId: string,
  day: string,
  language: SandboxLanguage,
): Promise<AcceptedAgreement | undefined> {
  const terms = termsInForce(await acceptedTerms(db, [{ partnerId, programId }]), day);
  if (terms === undefined) return undefined;
  const { agreementId, agreementVersionId, version, validFrom, validTo, plan } = terms;
  return { agreementId, agreementVersionId, version, validFrom, validTo, sentences: renderPlan(plan, language) };
}

/** The rules of attribution of a program on a day. */
export async function rulesInForce(
  db: Db,
  programId: string,
  day: string,
  language: SandboxLanguage,
): Promise<RulesInForce | undefined> {
  const program = await programById(db, programId);
  const rules = program === undefined ? undefined : (await rulesOfPrograms(db, [program])).get(programId);
  if (rules === undefined) return undefined;
  const found = rulesOn(rules.timeline, day);
  return { version: found.version, rules: found.rules, sentences: attributionInWords(found.rules, language) };
}
