import { systemActor } from "../access/index.ts";
import * as audit from "../audit/index.ts";
import { type Context, type TxContext, transact } from "../database/index.ts";
import { canonicalJson } from "../kernel/canonical-json.ts";
import { Refusal } from "../kernel/refusal.ts";
import { traitsOf } from "./acting.ts";
import {
  appendEvents,
  BY_ITSELF,
  caseFacts,
  escalationTimes,
  holdCase,
  type LoadedCase,
  momentOf,
  settle,
  settleTime,
  subjectOf,
} from "./cases.ts";
import type { CaseFacts, FactAnswer, Facts, ProcedureNeeds } from "./contracts.ts";
import { stageOf, textIn } from "./core/conditions.ts";
import {
  endedWaivers,
  gatesBehind,
  newAnswers,
  passGate,
  type Question,
  questionsOf,
  tasksByFacts,
} from "./core/look.ts";
import type { CaseEvent } from "./core/state.ts";
import * as store from "./store/cases.ts";

/**
 * Asks the facts of the stage that a case is in (and of those behind it that a waiver stands for), ticks the tasks that they end, ends waivers whose time is over,
 * moves the case on as long as its gates are open, escalates what is late, and says all that in the history. Bears repetition; only what changed is written.
 */
export async function lookAgain(ctx: Context, needs: Facts | ProcedureNeeds, caseId: string): Promise<CaseFacts> {
  const { facts, traits }: ProcedureNeeds = "facts" in needs ? needs : { facts: needs };
  return await transact(ctx, async (tx) => {
    const held = await holdCase(tx, caseId);
    let loaded = held;
    if (loaded.state.status === "running") loaded = await lookAtTraits(tx, loaded, traits);
    const stages = loaded.definition.stages.length;
    for (let round = 0; round <= stages; round++) {
      const stage = loaded.state.stage;
      loaded = await lookOnce(tx, loaded, facts);
      if (loaded.state.status !== "running" || loaded.state.stage === stage) break;
    }
    loaded = await escalate(tx, loaded);
    if (loaded.state.events === held.state.events) await settleTime(tx, loaded);
    else loaded = await settle(tx, loaded);
    return caseFacts(tx, loaded);
  });
}

async function lookAtTraits(tx: TxContext, loaded: LoadedCase, more: ProcedureNeeds["traits"]): Promise<LoadedCase> {
  const subject = subjectOf(loaded.row);
  const { traits } = await traitsOf(tx, subject, loaded.row.parameters as Record<string, string>);
  const now = { ...traits, ...(more === undefined ? {} : await more(tx, subject)) };
  if (canonicalJson(now) === canonicalJson(loaded.state.traits)) return loaded;
  return await appendEvents(tx, loaded, [{ kind: "traits", traits: now }], BY_ITSELF);
}

async function lookOnce(tx: TxContext, before: LoadedCase, facts: Facts): Promise<LoadedCase> {
  let loaded = before;
  const add = async (events: readonly CaseEvent[]) => {
    loaded = await appendEvents(tx, loaded, events, BY_ITSELF);
  };
  const questions = questionsOf(loaded.definition, loaded.state);
  const answers = await askAll(tx, loaded, facts, questions);
  await add(newAnswers(loaded.state, answers));
  await add(tasksByFacts(loaded.definition, loaded.state));
  const moment = momentOf(tx, loaded);
  await add(endedWaivers(loaded.definition, loaded.state, moment.day));
  await add(gatesBehind(loaded.definition, loaded.state, moment.day));
  const passed = passGate(loaded.definition, loaded.state, new Set(answers.keys()), moment);
  await add(passed);
  for (const { kind } of passed)
    await audit.record(tx, systemActor("procedures"), {
      action: `procedures.${kind}`,
      subjectKind: "procedure_case",
      subjectId: loaded.row.case_id,
      partnerId: loaded.row.partner_id,
      after: { procedure: loaded.row.procedure, stage: loaded.state.stage },
    });
  return loaded;
}

async function askAll(
  tx: TxContext,
  loaded: LoadedCase,
  facts: Facts,
  questions: ReadonlyMap<string, Question>,
): Promise<ReadonlyMap<string, FactAnswer>> {
  const answers = new Map<string, FactAnswer>();
  const subject = subjectOf(loaded.row);
  for (const [key, question] of questions) {
    const fact = facts.get(question.fact);
    answers.set(
      key,
      fact === undefined ? unknownFact(question.fact) : await fact.answer(tx, subject, question.with ?? {}),
    );
  }
  return answers;
}

function unknownFact(fact: string): FactAnswer {
  const sentence = `This program does not know the fact ${fact}.`;
  return { holds: false, code: "unknown_fact", values: { fact }, sentence, evidence: [], until: null };
}

async function escalate(tx: TxContext, loaded: LoadedCase): Promise<LoadedCase> {
  if (loaded.state.status !== "running") return loaded;
  const { escalations } = stageOf(loaded.definition, loaded.state.stage);
  const now = tx.clock.now();
  const times = escalationTimes(loaded);
  const events = escalations.flatMap(({ to, note }, index): readonly CaseEvent[] => {
    const time = times[index] ?? null;
    if (time === null || time > now || loaded.state.escalated.includes(index)) return [];
    return [{ kind: "escalated", index, to, note: note === undefined ? "" : textIn(note, "en") }];
  });
  return await appendEvents(tx, loaded, events, BY_ITSELF);
}

/** Looks at the cases whose time has come. */
export async function lookAtDue(ctx: Context, needs: ProcedureNeeds, limit = 200): Promise<number> {
  const due = await store.casesToLookAt(ctx.db, ctx.clock.now(), limit);
  await lookAtCases(ctx, needs, due);
  return due.length;
}

/** Looks at cases one after the other. One that fails does not keep the others; one that is not there any more needs no look. */
export async function lookAtCases(ctx: Context, needs: ProcedureNeeds, caseIds: readonly string[]): Promise<void> {
  const failures: unknown[] = [];
  for (const caseId of caseIds)
    await lookAgain(ctx, needs, caseId).catch((error: unknown) => {
      if (!(error instanceof Refusal && error.code === "not_found")) failures.push(error);
    });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} cases could not be looked at`);
}
