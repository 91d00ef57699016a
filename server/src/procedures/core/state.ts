import type { ProcedureRole } from "@tributary/contract";
import type { FactAnswer } from "../contracts.ts";

/** What `when` of a step is compared with; what is not known is left out. */
export interface Traits {
  readonly kind?: string;
  readonly entity?: string;
  readonly country?: string;
  readonly region?: string;
  readonly program?: string;
  readonly risk?: string;
}

export type Verdict = "approved" | "refused";

/** One thing that happened in a case. Each says all that follows from it, so that the history can be read without the procedure. */
export type CaseEvent =
  | { readonly kind: "started"; readonly version: string; readonly traits: Traits; readonly dueAt: string | null }
  | { readonly kind: "traits"; readonly traits: Traits }
  | { readonly kind: "task_done"; readonly task: string; readonly by: "hand" | "fact"; readonly sentence: string }
  | { readonly kind: "task_open"; readonly task: string; readonly reason: string }
  | { readonly kind: "ticked" | "unticked"; readonly task: string; readonly item: string }
  | {
      readonly kind: "signed";
      readonly decision: string;
      readonly verdict: Verdict;
      readonly comment: string;
      readonly evidence: readonly string[];
    }
  | { readonly kind: "withdrawn"; readonly decision: string; readonly reason: string }
  | { readonly kind: "fact"; readonly key: string; readonly answer: FactAnswer }
  | {
      readonly kind: "waiver_proposed";
      readonly waiver: string;
      readonly condition: string;
      readonly reason: string;
      readonly until: string;
      readonly evidence: readonly string[];
    }
  | { readonly kind: "waiver_signed" | "waiver_declined"; readonly waiver: string; readonly comment: string }
  | { readonly kind: "waiver_ended"; readonly waiver: string; readonly condition: string; readonly shut: boolean }
  | {
      readonly kind: "gate_shut" | "gate_opened";
      readonly gate: string;
      readonly condition: string;
      readonly sentence: string;
    }
  | {
      readonly kind: "passed";
      readonly to: string;
      readonly dueAt: string | null;
      readonly waived: readonly string[];
    }
  | { readonly kind: "finished"; readonly waived: readonly string[] }
  | {
      readonly kind: "sent_back";
      readonly to: string;
      readonly reason: string;
      readonly dueAt: string | null;
      readonly stages: readonly string[];
      readonly tasks: readonly string[];
      readonly decisions: readonly string[];
    }
  | { readonly kind: "dropped"; readonly reason: string }
  | { readonly kind: "reopened"; readonly reason: string; readonly dueAt: string | null }
  | { readonly kind: "escalated"; readonly index: number; readonly to: ProcedureRole; readonly note: string }
  | { readonly kind: "evidence_added"; readonly evidence: string; readonly title: string; readonly sha256: string }
  | {
      readonly kind: "migrated";
      readonly version: string;
      readonly to: string;
      readonly dueAt: string | null;
      readonly tasks: readonly string[];
      readonly decisions: readonly string[];
      readonly stages: readonly string[];
    }
  | { readonly kind: "migration_undone"; readonly version: string };

/** An event with its place, its time and whoever did it. `stage`: the one that the case was in before. */
export type Step = CaseEvent & {
  readonly number: number;
  readonly stage: string;
  readonly at: Date;
  readonly person: string;
  readonly name: string;
};

export interface Signature {
  readonly verdict: Verdict;
  readonly person: string;
  readonly name: string;
  readonly at: Date;
  readonly comment: string;
  readonly evidence: readonly string[];
}

export interface DoneTask {
  readonly by: "hand" | "fact";
  readonly person: string;
  readonly name: string;
  readonly at: Date;
}

export interface Waiver {
  readonly waiver: string;
  readonly stage: string;
  readonly condition: string;
  readonly reason: string;
  /** Last day on which it holds. */
  readonly until: string;
  readonly evidence: readonly string[];
  readonly proposedBy: string;
  readonly proposedName: string;
  readonly proposedAt: Date;
  readonly state: "proposed" | "signed" | "declined" | "ended";
  readonly signedBy: string | null;
  readonly signedName: string | null;
}

/** A stage that was left by its gate, and which of its conditions only a waiver opened. */
export interface PassedStage {
  readonly stage: string;
  readonly waived: readonly string[];
}

export interface CaseState {
  readonly status: "running" | "finished" | "dropped";
  readonly version: string;
  readonly stage: string;
  readonly since: Date;
  readonly dueAt: Date | null;
  readonly traits: Traits;
  readonly tasks: Readonly<Record<string, DoneTask>>;
  readonly ticks: Readonly<Record<string, readonly string[]>>;
  readonly decisions: Readonly<Record<string, Signature>>;
  readonly facts: Readonly<Record<string, FactAnswer & { readonly at: Date }>>;
  readonly waivers: readonly Waiver[];
  readonly passed: readonly PassedStage[];
  readonly escalated: readonly number[];
  /** Gates behind it that were said to be shut again: `<stage> <condition>`. */
  readonly shut: readonly string[];
  /** Length of the history. */
  readonly events: number;
  /** As it was before the newest migration. */
  readonly before: CaseState | null;
}

/** @returns the state of a case after its whole history. @throws Error for a history that does not begin with its beginning */
export function replay(history: readonly Step[]): CaseState {
  const [first, ...rest] = history;
  if (first?.kind !== "started") throw new Error("a history begins with the start of its case");
  return rest.reduce(after, begun(first));
}

function begun(step: Extract<Step, { kind: "started" }>): CaseState {
  return {
    status: "running",
    version: step.version,
    stage: step.stage,
    since: step.at,
    dueAt: dateOf(step.dueAt),
    traits: step.traits,
    tasks: {},
    ticks: {},
    decisions: {},
    facts: {},
    waivers: [],
    passed: [],
    escalated: [],
    shut: [],
    events: 1,
    before: null,
  };
}

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** The state after one more step. */
export function after(state: CaseState, step: Step): CaseState {
  return { ...moved(state, step), events: state.events + 1 };
}

function moved(state: CaseState, step: Step): CaseState {
  switch (step.kind) {
    case "started":
      throw new Error("a case starts once");
    case "traits":
      return { ...state, traits: step.traits };
    case "fact":
      return { ...state, facts: { ...state.facts, [step.key]: { ...step.answer, at: step.at } } };
    case "escalated":
      return { ...state, escalated: [...state.escalated, step.index] };
    case "evidence_added":
      return state;
    case "gate_shut":
    case "gate_opened": {
      const others = state.shut.filter((one) => one !== `${step.gate} ${step.condition}`);
      return { ...state, shut: step.kind === "gate_shut" ? [...others, `${step.gate} ${step.condition}`] : others };
    }
    case "passed":
    case "finished":
    case "sent_back":
    case "dropped":
    case "reopened":
    case "migrated":
    case "migration_undone":
      return course(state, step);
    case "waiver_proposed":
    case "waiver_signed":
    case "waiver_declined":
    case "waiver_ended":
      return { ...state, waivers: waivers(state, step) };
    default:
      return work(state, step);
  }
}

type Kind<K extends Step["kind"]> = Extract<Step, { kind: K }>;

function work(
  state: CaseState,
  step: Kind<"task_done" | "task_open" | "ticked" | "unticked" | "signed" | "withdrawn">,
): CaseState {
  const { person, name, at } = step;
  switch (step.kind) {
    case "task_done":
      return { ...state, tasks: { ...state.tasks, [step.task]: { by: step.by, person, name, at } } };
    case "task_open":
      return { ...state, tasks: without(state.tasks, [step.task]) };
    case "ticked":
    case "unticked": {
      const others = (state.ticks[step.task] ?? []).filter((item) => item !== step.item);
      const ticks = step.kind === "ticked" ? [...others, step.item] : others;
      return { ...state, ticks: { ...state.ticks, [step.task]: ticks } };
    }
    case "signed": {
      const { verdict, comment, evidence } = step;
      const signature = { verdict, comment, evidence, person, name, at };
      return { ...state, decisions: { ...state.decisions, [step.decision]: signature } };
    }
    case "withdrawn":
      return { ...state, decisions: without(state.decisions, [step.decision]) };
  }
}

function course(
  state: CaseState,
  step: Kind<"passed" | "finished" | "sent_back" | "dropped" | "reopened" | "migrated" | "migration_undone">,
): CaseState {
  const entered = { since: step.at, escalated: [] };
  switch (step.kind) {
    case "passed":
    case "finished": {
      const passed = [...state.passed, { stage: state.stage, waived: step.waived }];
      if (step.kind === "finished") return { ...state, passed, status: "finished", dueAt: null };
      return { ...state, ...entered, passed, stage: step.to, dueAt: dateOf(step.dueAt) };
    }
    case "sent_back":
      return {
        ...state,
        ...entered,
        status: "running",
        stage: step.to,
        dueAt: dateOf(step.dueAt),
        tasks: without(state.tasks, step.tasks),
        decisions: without(state.decisions, step.decisions),
        passed: state.passed.filter(({ stage }) => !step.stages.includes(stage)),
      };
    case "dropped":
      return { ...state, status: "dropped", dueAt: null };
    case "reopened":
      // the stage that a finished case left by its last gate is the one that it is in again
      return {
        ...state,
        ...entered,
        status: "running",
        dueAt: dateOf(step.dueAt),
        passed: state.passed.filter(({ stage }) => stage !== state.stage),
      };
    case "migrated":
      return {
        ...state,
        ...(step.to === state.stage ? {} : entered),
        version: step.version,
        stage: step.to,
        dueAt: dateOf(step.dueAt),
        tasks: only(state.tasks, step.tasks),
        ticks: only(state.ticks, step.tasks),
        decisions: only(state.decisions, step.decisions),
        passed: state.passed.filter(({ stage }) => step.stages.includes(stage)),
        before: { ...state, before: null },
      };
    case "migration_undone":
      if (state.before === null) throw new Error("nothing was migrated");
      return state.before;
  }
}

function waivers(
  state: CaseState,
  step: Kind<"waiver_proposed" | "waiver_signed" | "waiver_declined" | "waiver_ended">,
): readonly Waiver[] {
  if (step.kind === "waiver_proposed") {
    const { waiver, condition, reason, until, evidence } = step;
    const proposed = { proposedBy: step.person, proposedName: step.name, proposedAt: step.at };
    const open = { state: "proposed", signedBy: null, signedName: null } as const;
    return [...state.waivers, { waiver, stage: step.stage, condition, reason, until, evidence, ...proposed, ...open }];
  }
  return state.waivers.map((one) => {
    if (one.waiver !== step.waiver) return one;
    if (step.kind === "waiver_signed")
      return { ...one, state: "signed", signedBy: step.person, signedName: step.name } as const;
    return { ...one, state: step.kind === "waiver_ended" ? "ended" : "declined" } as const;
  });
}

function without<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

function only<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.includes(key)));
}

/** The migration that a case came by, while nothing but looks happened since. */
export function lastMove(history: readonly Step[]): Step | undefined {
  const last = history.findLast(({ kind }) => kind !== "fact" && kind !== "traits");
  return last?.kind === "migrated" ? last : undefined;
}
