import {
  acceptedTerms,
  allowedComponents,
  jurisdictionFacts,
  type Pair,
  pairsOfPartners,
  termsByIds,
  termsInForce,
} from "../../agreements/index.ts";
import type { Context } from "../../database/index.ts";
import { addDays } from "../../kernel/period.ts";
import type { FactDefinition, Subject } from "../../procedures/index.ts";
import { programsByIds } from "../../programs/index.ts";
import { fails, holds, listed, partnerOf, seen, todayOf } from "./answer.ts";

type Terms = Awaited<ReturnType<typeof acceptedTerms>>[number];

interface PairTerms extends Pair {
  readonly program: string;
  readonly all: readonly Terms[];
  /** In force today. */
  readonly now: Terms | undefined;
}

async function termsOf(ctx: Context, subject: Subject): Promise<PairTerms[]> {
  const partnerId = partnerOf(subject);
  const pairs =
    subject.programId === null
      ? await pairsOfPartners(ctx.db, [partnerId])
      : [{ partnerId, programId: subject.programId }];
  const accepted = await acceptedTerms(ctx.db, pairs);
  const programs = await programsByIds(
    ctx.db,
    pairs.map((pair) => pair.programId),
  );
  return await Promise.all(
    pairs.map(async (pair) => {
      const all = accepted.filter((one) => one.programId === pair.programId);
      const now = termsInForce(all, await todayOf(ctx, pair.programId));
      const program = programs.find((one) => one.programId === pair.programId)?.name ?? pair.programId;
      return { ...pair, program, all, now };
    }),
  );
}

const agreementSeen = (terms: Terms, text: string) =>
  seen("agreement", terms.agreementId, text, `/agreements/${terms.agreementId}`);

/** Signed by somebody who may sign for the partner: the agreements room takes no other signature, so what is left is that it stands today. */
async function accepted(ctx: Context, subject: Subject) {
  const pairs = await termsOf(ctx, subject);
  if (pairs.length === 0) return fails("agreement.none", "The partner has no agreement in any program.");
  for (const pair of pairs) {
    if (pair.now !== undefined) continue;
    const next = pair.all.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1)).at(-1);
    const values = { program: pair.program, from: next?.validFrom ?? "", to: next?.validTo ?? "" };
    if (next === undefined)
      return fails("agreement.unsigned", `No agreement for ${pair.program} is accepted by a signatory.`, { values });
    const evidence = [agreementSeen(next, `Version ${next.version}`)];
    const today = await todayOf(ctx, pair.programId);
    return next.validFrom > today
      ? fails("agreement.later", `The accepted terms for ${pair.program} begin on ${next.validFrom} only.`, {
          values,
          evidence,
        })
      : fails("agreement.ended", `The accepted terms for ${pair.program} ended on ${next.validTo}.`, {
          values,
          evidence,
        });
  }
  const current = pairs.flatMap((pair) => (pair.now === undefined ? [] : [pair.now]));
  const signed = await termsByIds(
    ctx.db,
    current.map((one) => one.agreementVersionId),
  );
  const evidence = signed.map((one) =>
    agreementSeen(
      one,
      `Version ${one.version}, accepted by ${one.acceptedName ?? "?"} on ${one.acceptedAt?.toISOString().slice(0, 10) ?? "?"}`,
    ),
  );
  const ends = current.flatMap((one) => (one.validTo === null ? [] : [one.validTo])).toSorted();
  return holds("agreement.accepted", "An authorised signatory has accepted the terms in force.", {
    evidence,
    until: ends[0] === undefined ? null : addDays(ends[0], -1),
  });
}

/** The same rules that agreements asks when terms are proposed, asked again of what the partner is today. */
async function componentAllowed(ctx: Context, subject: Subject) {
  const pairs = await termsOf(ctx, subject);
  const terms = pairs.flatMap((pair) => (pair.now === undefined ? [] : [pair.now]));
  if (terms.length === 0)
    return fails("agreement.nothing_to_check", "There are no terms in force whose commission could be checked.");
  const facts = await jurisdictionFacts(
    ctx.db,
    pairs,
    terms.map((one) => one.agreementVersionId),
  );
  for (const one of terms) {
    const partner = facts.partnerOn(one.partnerId, await todayOf(ctx, one.programId));
    const against = allowedComponents(facts.rules.get(one.programId) ?? [], partner, one.plan).filter(
      (verdict) => !verdict.allowed && !facts.passed.has(`${one.agreementVersionId} ${verdict.code} ${verdict.rule}`),
    );
    const [first] = against;
    if (first !== undefined)
      return fails("agreement.component_forbidden", `${first.code}: ${first.sentence.en}`, {
        values: {
          ...{ component: first.code, rule: first.rule, jurisdiction: first.jurisdiction, licence: first.licence },
          ...{ why: first.sentence.en, whyEs: first.sentence.es },
        },
        evidence: [agreementSeen(one, `Version ${one.version}`), seen("rule", null, first.source, null)],
      });
  }
  return holds("agreement.components_allowed", "Its licences and countries allow every component of its plan.", {
    evidence: terms.map((one) => agreementSeen(one, `Version ${one.version}`)),
  });
}

/** Start, currency, and what has to be said of each component before the first event: how long it is held, and what happens to a negative month. */
async function complete(ctx: Context, subject: Subject) {
  const terms = (await termsOf(ctx, subject)).flatMap((pair) => (pair.now === undefined ? [] : [pair.now]));
  if (terms.length === 0) return fails("agreement.no_terms", "There are no terms in force.");
  for (const one of terms) {
    const open = one.plan.components.flatMap((component) => {
      const missing = component.model === "revenue_share" && component.carryover === undefined ? ["carry-over"] : [];
      return missing.map((what) => `${component.code}: ${what}`);
    });
    if (one.plan.payout?.minimum === undefined) open.push("threshold of payouts");
    if (open.length > 0)
      return fails("agreement.incomplete", `The plan does not say: ${listed(open)}.`, {
        values: { missing: listed(open) },
        evidence: [agreementSeen(one, `Version ${one.version}`)],
      });
  }
  return holds("agreement.complete", "Start, currency, tiers, carry-over, caps, holds and threshold are stated.", {
    evidence: terms.map((one) => agreementSeen(one, `Version ${one.version} from ${one.validFrom}`)),
  });
}

export const agreementFacts: readonly FactDefinition[] = [
  {
    fact: "agreement.accepted_by_signatory",
    title: "An authorised signatory accepted the terms in force",
    parameters: [],
    answer: accepted,
  },
  {
    fact: "agreement.component_allowed",
    title: "Licences and countries allow the commission",
    parameters: [],
    answer: componentAllowed,
  },
  { fact: "agreement.terms_complete", title: "The terms leave nothing open", parameters: [], answer: complete },
];
