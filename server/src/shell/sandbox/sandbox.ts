/**
 * Registration, first deposit, qualification for a test customer: decided and calculated by the same functions as for real ones, over
 * events in memory. It reads rules, agreements and clicks, and writes nothing anywhere.
 */
import type { SandboxResult } from "@tributary/contract";
import { type AcceptedTerms, acceptedTerms, termsInForce } from "../../agreements/index.ts";
import { type RehearsedOwnership, rehearseOwnership, rulesOfPrograms } from "../../attribution/index.ts";
import { type Rehearsed, rehearsePlan } from "../../commissions/index.ts";
import type { Db } from "../../database/index.ts";
import { formatDecimal } from "../../kernel/decimal.ts";
import { currency, toDecimal } from "../../kernel/money.ts";
import { dayOf } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { programById } from "../../programs/index.ts";
import { type ClickIds, type EventRecord, rehearseEvents, type SandboxQuestion } from "../../tracking/index.ts";
import { touchSources } from "../pipeline.ts";
import { reasonInWords, STEP_WORDS } from "./words.ts";

type Step = SandboxResult["steps"][number];

/** @throws Refusal not_found when the program is gone */
export async function rehearseJourney(db: Db, clickIds: ClickIds, question: SandboxQuestion): Promise<SandboxResult> {
  const { programId, partnerId } = question;
  const program = await programById(db, programId);
  const rules = program === undefined ? undefined : (await rulesOfPrograms(db, [program])).get(programId);
  if (program === undefined || rules === undefined) throw new Refusal("not_found", "There is no such program.");
  const words = STEP_WORDS[question.language];
  const customerRef = question.lines.flatMap((line) => line.customerRef ?? [])[0] ?? null;
  const events = rehearseEvents(question.lines, programId).filter((event) => event.customerRef === customerRef);
  const click: Step = {
    name: "click",
    state: question.clickId === null ? "waiting" : "done",
    at: null,
    text: question.clickId === null ? words.noClick : words.click(question.clickId),
    lines: [],
  };
  const owned = events.length === 0 ? undefined : await rehearseOwnership(db, events, touchSources(clickIds), rules);
  const terms = await termsOn(db, partnerId, programId, events, rules.timeZone);
  const isOwn = owned?.decision.claim?.partnerId === partnerId;
  const paid = isOwn && terms !== undefined ? rehearsed(terms, events, owned, rules.timeZone, question) : undefined;
  const steps = [click, registrationOf(events, owned, question), firstPaymentOf(events, question)];
  steps.push(qualificationOf(paid?.result, terms !== undefined, owned === undefined || isOwn, question));
  return { customerRef, steps, commission: commissionOf(paid?.result), problem: paid?.problem ?? null };
}

async function termsOn(db: Db, partnerId: string, programId: string, events: readonly EventRecord[], timeZone: string) {
  const [first] = events;
  const day = dayOf(first === undefined ? new Date(0) : new Date(first.at), timeZone);
  const accepted = await acceptedTerms(db, [{ partnerId, programId }]);
  return first === undefined ? accepted.at(-1) : termsInForce(accepted, day);
}

interface Paid {
  readonly result?: Rehearsed;
  readonly problem?: string;
}

/** What cannot be calculated (a rate is missing, say) is said, like in the real calculation. */
function rehearsed(
  terms: AcceptedTerms,
  events: readonly EventRecord[],
  owned: RehearsedOwnership | undefined,
  timeZone: string,
  { language }: SandboxQuestion,
): Paid {
  try {
    const facts = factsOf(events, owned?.decision.claim?.country ?? null);
    return { result: rehearsePlan(terms.plan, facts, { timeZone, language }) };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message };
    throw error;
  }
}

/** The events as lines of a facts file. */
function factsOf(events: readonly EventRecord[], country: string | null): string {
  const [first] = events;
  const lines: object[] = first === undefined || country === null ? [] : [{ customer: first.customerRef, country }];
  for (const event of events) {
    const { type, externalId: id, customerRef: customer, quantities, dimensions } = event;
    const code = event.currency ?? "";
    const measures = Object.fromEntries(
      Object.entries(event.measures).map(([name, minor]) => [
        name,
        formatDecimal(toDecimal({ minor: BigInt(minor), currency: currency(code) })),
      ]),
    );
    const at = new Date(event.at).toISOString();
    lines.push({
      type,
      id,
      customer,
      at,
      ...(code === "" ? {} : { currency: code }),
      measures,
      quantities,
      dimensions,
    });
  }
  return lines.map((line) => JSON.stringify(line)).join("\n");
}

function registrationOf(
  events: readonly EventRecord[],
  owned: RehearsedOwnership | undefined,
  { partnerId, language }: SandboxQuestion,
): Step {
  const words = STEP_WORDS[language];
  const first = events.find((event) => event.type === "registration") ?? events[0];
  if (first === undefined || owned === undefined)
    return { name: "registration", state: "waiting", at: null, text: words.waitRegistration, lines: [] };
  const { decision } = owned;
  const reason = reasonInWords(decision.reason, language);
  const owner = decision.claim?.partnerId ?? null;
  const verdict =
    owner === null ? words.nobody(reason) : owner === partnerId ? words.would(reason) : words.other(reason);
  // Who the others are is not this partner's business; why its own touches won or lost is.
  const own = decision.candidates.filter((one) => one.partnerId === partnerId || one.partnerId === null);
  return {
    name: "registration",
    state: owner === partnerId ? "done" : "waiting",
    at: new Date(first.at).toISOString(),
    text: words.registered(first.customerRef),
    lines: [verdict, ...own.map((one) => `${one.kind} ${one.ref}: ${reasonInWords(one.reason, language)}`)],
  };
}

const PAYMENTS = ["deposit", "sale"] as const;

function firstPaymentOf(events: readonly EventRecord[], { language }: SandboxQuestion): Step {
  const words = STEP_WORDS[language];
  const first = events.find((event) => (PAYMENTS as readonly string[]).includes(event.type));
  if (first === undefined) return { name: "ftd", state: "waiting", at: null, text: words.waitFtd, lines: [] };
  const minor = first.measures[first.type] ?? "0";
  const amount = first.currency === null ? minor : amountText(BigInt(minor), first.currency);
  return { name: "ftd", state: "done", at: new Date(first.at).toISOString(), text: words.ftd(amount), lines: [] };
}

function amountText(minor: bigint, code: string): string {
  return `${formatDecimal(toDecimal({ minor, currency: currency(code) }))} ${code}`;
}

function qualificationOf(
  paid: Rehearsed | undefined,
  hasTerms: boolean,
  isOwn: boolean,
  { language }: SandboxQuestion,
): Step {
  const words = STEP_WORDS[language];
  const step = (state: Step["state"], text: string, lines: string[] = []): Step => ({
    name: "qualification",
    state,
    at: null,
    text,
    lines,
  });
  if (!hasTerms) return step("not_asked", words.noTerms);
  if (!isOwn) return step("waiting", words.notPartners);
  if (paid === undefined) return step("waiting", words.later);
  const { conditions, evaluation } = paid;
  const lines = conditions.flatMap((one) =>
    one.qualifiedOn === null
      ? [words.missing(one.component), ...one.steps.map((text) => `  ${text}`)]
      : [words.met(one.component, one.qualifiedOn)],
  );
  const met = conditions.some((one) => one.qualifiedOn !== null);
  if (met) return step("done", words.qualified, lines);
  if ((evaluation?.lines.length ?? 0) > 0) return step("done", words.earned, lines);
  return step("waiting", conditions.length > 0 ? words.waitTerms : words.nothing, lines);
}

function commissionOf(paid: Rehearsed | undefined): SandboxResult["commission"] {
  const evaluation = paid?.evaluation ?? null;
  if (evaluation === null) return null;
  return {
    currency: evaluation.currency,
    total: evaluation.total,
    pending: evaluation.pending,
    lines: evaluation.lines.map(({ component, amount, earnedOn, explanation }) => ({
      component,
      amount,
      earnedOn,
      explanation: [...explanation],
    })),
  };
}
