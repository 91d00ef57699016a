import type { Context, Db, Vault } from "../database/index.ts";

/** Whom a case is about. */
export interface Subject {
  readonly kind: "partner" | "lead";
  readonly id: string;
  /** The program that the case is about; null: the partner as a whole. */
  readonly programId: string | null;
}

/** Where a fact can be seen. */
export interface FactEvidence {
  /** What it is: `document`, `agreement`, `test`, `screening` … */
  readonly what: string;
  /** Its public id, where it has one. */
  readonly id: string | null;
  readonly text: string;
  /** A screen of the console, or null. */
  readonly screen: string | null;
}

/** Whether a fact holds, and the sentence that says why or why not. */
export interface FactAnswer {
  readonly holds: boolean;
  /** Which sentence: `documents.expired`; screens look it up as `facts:<code>` and fall back to `sentence`. */
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
  /** The sentence in English, for the API, exports and mails: "The proof of address ended on 2026-03-01." */
  readonly sentence: string;
  readonly evidence: readonly FactEvidence[];
  /** The last day on which it holds if nothing is done (ISO date); null: no end is known. */
  readonly until: string | null;
}

/** Parameters of a fact, as the procedure's `with` states them. */
export type FactParameters = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Answers one fact about one subject; read only. An unknown parameter is a Refusal (`procedure_invalid`) when the procedure is saved. */
export type FactSource = (ctx: Context, subject: Subject, parameters: FactParameters) => Promise<FactAnswer>;

/** A fact that procedures may name: what it says, which parameters it takes, who answers. */
export interface FactDefinition {
  readonly fact: string;
  readonly title: string;
  readonly parameters: readonly string[];
  readonly answer: FactSource;
}

/** All facts that the program knows, put together by the shell. */
export type Facts = ReadonlyMap<string, FactDefinition>;

/** What the procedures ask of the rest of the program. */
export interface ProcedureNeeds {
  readonly facts: Facts;
  /** What `when` compares with besides what partners say of themselves: whether it is a company, how risky it is. Left out: only what the case was started with. */
  readonly traits?: (ctx: Context, subject: Subject) => Promise<{ readonly entity?: string; readonly risk?: string }>;
  /** First deposits that somebody would bring a day, for what being late costs. */
  readonly firstDeposits?: (ctx: Context) => Promise<FirstDepositsExpected | undefined>;
}

/** What the routes are given: `whole` sees past a partner's own rows, because a gate asks rooms that a partner's people may not read. */
export interface RouteNeeds extends ProcedureNeeds {
  readonly whole: Db;
  /** What evidence is encrypted with. */
  readonly vault: Vault;
}

/** What to expect of new partners. */
export interface FirstDepositsExpected {
  /** On whom it rests: partners with three whole months behind them, and how many months back. */
  readonly from: { readonly partners: number; readonly months: number };
  /** First deposits a day; null where nothing is known to expect. */
  readonly perDay: (who: {
    readonly subjectId: string;
    readonly kind: string | null;
    readonly regionId: string | null;
  }) => number | null;
}

/** A condition of a gate as other rooms read it. */
export interface ConditionFacts {
  readonly key: string;
  readonly kind: "fact" | "decision";
  readonly holds: boolean;
  /** By what it holds; null: it does not. */
  readonly how: "fact" | "signed" | "waived" | null;
  readonly sentence: string;
  /** Last day of the waiver that stands for it. */
  readonly waivedUntil: string | null;
}

/** Where a case stands. */
export interface CaseFacts {
  readonly caseId: string;
  readonly procedure: string;
  readonly version: number;
  readonly subject: Subject;
  readonly status: "running" | "finished" | "dropped";
  readonly stage: string;
  readonly stages: readonly string[];
  readonly since: Date;
  readonly dueAt: Date | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly parameters: Readonly<Record<string, string>>;
  /** Of the stage that it is in. */
  readonly conditions: readonly ConditionFacts[];
  readonly openTasks: readonly string[];
  /** Conditions of earlier stages that a waiver opened and that hold no more. */
  readonly shutAgain: readonly ConditionFacts[];
  readonly decisions: readonly {
    readonly decision: string;
    readonly verdict: "approved" | "refused";
    readonly person: string;
    readonly name: string;
    readonly at: Date;
  }[];
}

/** One thing that is waited for, as lists of work show it. */
export interface WaitFacts {
  readonly caseId: string;
  readonly procedure: string;
  readonly title: string;
  readonly subject: Subject;
  readonly partnerId: string | null;
  readonly stage: string;
  readonly stageTitle: string;
  readonly kind: "task" | "decision" | "fact" | "waiver";
  readonly key: string;
  readonly what: string;
  readonly role: string;
  readonly dueAt: Date | null;
  readonly since: Date;
}
