import type { Context, TxContext } from "../database/index.ts";
import { notFound } from "../kernel/refusals.ts";
import { traitsOf } from "./acting.ts";
import { holdCase, type LoadedCase, loadCase, momentOf, subjectOf } from "./cases.ts";
import type { FactAnswer, FactEvidence, Facts, ProcedureNeeds, Subject } from "./contracts.ts";
import { conditionsFor, factKey, isDecision, stageOf, tasksFor, textIn } from "./core/conditions.ts";
import { conditionState } from "./core/gate.ts";
import type { CaseState, Waiver } from "./core/state.ts";
import { caseRow } from "./store/cases.ts";

/** A condition of a gate as it was asked this moment. */
export interface AskedCondition {
  readonly stage: string;
  readonly stageTitle: string;
  readonly key: string;
  /** The fact that it asks for; null: it is a decision. */
  readonly fact: string | null;
  readonly title: string;
  readonly kind: "fact" | "decision";
  readonly holds: boolean;
  readonly how: "fact" | "signed" | "waived" | null;
  readonly sentence: string;
  /** Which sentence it is and what is filled in, and who can bring it about: for other languages. */
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly role: string;
  readonly until: string | null;
  readonly evidence: readonly FactEvidence[];
  /** The one that it holds by, or the newest one there was. */
  readonly waiver: Waiver | null;
}

/** All conditions of a case up to a stage, and where the case is. */
export interface AskedAgain {
  readonly caseId: string;
  readonly procedure: string;
  readonly versionId: string;
  readonly title: string;
  readonly subject: Subject;
  readonly status: CaseState["status"];
  readonly stage: string;
  readonly stageTitle: string;
  readonly dueAt: Date | null;
  /** The case is at the last of these stages, and its required tasks are done. */
  readonly arrived: boolean;
  readonly openTasks: readonly string[];
  readonly conditions: readonly AskedCondition[];
}

/**
 * Asks every fact of the stages of a case up to and including the one whose gate names a fact (all stages when none does), in the transaction of the
 * caller, and writes nothing. Whoever decides on a whole way at once stands on this, never on what the case has noted.
 * @param options.before the fact that ends the way
 * @param options.language of titles
 * @throws Refusal `not_found`
 */
export async function askAgain(
  ctx: Context,
  needs: Facts | ProcedureNeeds,
  caseId: string,
  options: { readonly before: string; readonly language?: string },
): Promise<AskedAgain> {
  const { facts, traits }: ProcedureNeeds = "facts" in needs ? needs : { facts: needs };
  const loaded = await loadedCase(ctx, caseId);
  const { definition, row } = loaded;
  const subject = subjectOf(row);
  const own = (await traitsOf(ctx, subject, row.parameters as Record<string, string>)).traits;
  const state = { ...loaded.state, traits: { ...own, ...(traits === undefined ? {} : await traits(ctx, subject)) } };
  const last = definition.stages.findIndex(({ gate }) =>
    gate.some((one) => !isDecision(one) && one.fact === options.before),
  );
  const way = last < 0 ? definition.stages : definition.stages.slice(0, last + 1);
  const answers: Record<string, FactAnswer & { readonly at: Date }> = {};
  const at = ctx.clock.now();
  for (const stage of way)
    for (const one of conditionsFor(stage, state.traits)) {
      if (isDecision(one) || answers[factKey(one)] !== undefined) continue;
      const answer = await facts.get(one.fact)?.answer(ctx, subject, one.with ?? {});
      if (answer !== undefined) answers[factKey(one)] = { ...answer, at };
    }
  const asked: CaseState = { ...state, facts: answers };
  const language = options.language ?? "en";
  const { day } = momentOf(ctx, loaded);
  const conditions = way.flatMap((stage) =>
    conditionsFor(stage, asked.traits).map((one): AskedCondition => {
      const { key, kind, holds, how, sentence, code, values, role, answer, waiver } = conditionState(
        asked,
        stage,
        one,
        day,
      );
      return {
        ...{ stage: stage.key, stageTitle: textIn(stage.title, language), key, kind, holds, how, sentence, waiver },
        ...{ code, values, role },
        fact: isDecision(one) ? null : one.fact,
        title:
          one.title === undefined
            ? isDecision(one)
              ? key
              : (facts.get(one.fact)?.title ?? key)
            : textIn(one.title, language),
        until: answer?.until ?? null,
        evidence: answer?.evidence ?? [],
      };
    }),
  );
  const here = stageOf(definition, state.stage);
  const openTasks = tasksFor(here, asked.traits)
    .filter((task) => task.required && state.tasks[task.key] === undefined)
    .map((task) => textIn(task.title, language));
  return {
    ...{
      caseId,
      procedure: row.procedure,
      versionId: state.version,
      title: textIn(definition.title, language),
      subject,
    },
    ...{ status: state.status, stage: state.stage, stageTitle: textIn(here.title, language), dueAt: state.dueAt },
    arrived: state.status === "running" && state.stage === way.at(-1)?.key && openTasks.length === 0,
    openTasks,
    conditions,
  };
}

/** In a transaction the case is held, so that nobody signs or withdraws meanwhile. */
async function loadedCase(ctx: Context, caseId: string): Promise<LoadedCase> {
  if (ctx.db.isTransaction) return await holdCase(ctx as TxContext, caseId);
  const row = await caseRow(ctx.db, caseId);
  if (row === undefined) throw notFound("case", caseId);
  return await loadCase(ctx, row);
}
