import type { ErrorCode } from "@tributary/contract";
import type { Month } from "../kernel/period.ts";

/** Why one statement (or settlement) of many was left out; the others are done. */
export interface RefusedStatement {
  readonly id: string;
  readonly code: ErrorCode;
  readonly detail: string;
}

export interface ClosingProgress {
  readonly stage: "calculating" | "releasing" | "closing";
  /** statements closed so far, of `total` */
  readonly closed: number;
  readonly total: number;
}

export interface ClosingOptions {
  /** The commission run that closes them: they are payable once it approves them. Without: payable as soon as they are closed. */
  readonly runId?: string;
  readonly onProgress?: (progress: ClosingProgress) => void;
  /** Ends between two parts; what is closed stays closed, and the same call goes on where it ended. */
  readonly signal?: AbortSignal;
}

export interface ClosedStatements {
  readonly closed: number;
  /** closed before by the same run: an interrupted call that is repeated */
  readonly already: number;
  readonly refused: readonly RefusedStatement[];
}

/** A part of a payable amount, in minor units; null: of no program (a converted balance, say). */
export interface ProgramPart {
  readonly programId: string | null;
  readonly minor: bigint;
}

/** What a partner can be paid in one currency: the newest statement that may be paid, together with the earlier ones it covers. */
export interface PayableStatement {
  readonly statementId: string;
  readonly partnerId: string;
  readonly currency: string;
  /** first day of the month */
  readonly month: Month;
  readonly runId: string | null;
  readonly closedBy: string;
  readonly approvedAt: Date | null;
  /** minor units, above zero: its closing balance less what was discharged since */
  readonly payable: bigint;
  /** sums to `payable` */
  readonly byProgram: readonly ProgramPart[];
  /** statements that its payment marks paid, itself included; of an open one nothing is marked */
  readonly covers: readonly string[];
  /** The month is open still: a run let this go on account of it. */
  readonly onAccount: boolean;
}

/** What a run lets go on account of a month that is open still. */
export interface OnAccountApproval {
  readonly statementId: string;
  /** minor units, above zero */
  readonly minor: bigint;
}

export interface PayableQuery {
  readonly partnerIds?: readonly string[];
  /** Only where one of these is covered. */
  readonly statementIds?: readonly string[];
  readonly currencies?: readonly string[];
  /** Statements of this month and earlier ones only. */
  readonly through?: Month;
}

/** Where a statement stands: a set-based look for runs, no permission asked. */
export interface StatementStanding {
  readonly statementId: string;
  readonly partnerId: string;
  readonly currency: string;
  /** first day of the month */
  readonly month: Month;
  readonly status: "open" | "closed" | "paid";
  readonly runId: string | null;
  readonly approvedAt: Date | null;
  readonly closedBy: string | null;
  /** null while it is open */
  readonly closingMinor: bigint | null;
  readonly contentHash: string | null;
}

export interface StandingQuery {
  readonly partnerIds?: readonly string[];
  readonly months?: readonly Month[];
  readonly currencies?: readonly string[];
  readonly runId?: string;
}

/** Money that leaves: part or all of what {@link PayableStatement} says. */
export interface Settlement {
  readonly statementId: string;
  readonly minor: bigint;
  /** What the ledger's transfer names, e.g. the payout. */
  readonly sourceKey: string;
  /** Settled once, however often it is sent. */
  readonly idempotencyKey: string;
  /** As the partner sees it. */
  readonly reference: string;
  /** What was kept of the same books together with it (a fee), in minor units: on account of an open month it is not taken from closed ones. */
  readonly keptMinor?: bigint;
  /** Which programs' part is paid; without: in proportion to what each is owed. Has to sum to `minor`. */
  readonly byProgram?: readonly ProgramPart[];
}

/** Money that came back. */
export interface SettlementReturn {
  readonly statementId: string;
  readonly minor: bigint;
  readonly sourceKey: string;
  readonly idempotencyKey: string;
  readonly reason: string;
}

export interface Settled {
  readonly settled: number;
  /** done before under the same key */
  readonly already: number;
  /** `id` is the idempotency key */
  readonly refused: readonly RefusedStatement[];
}

export interface ApprovedStatements {
  readonly approved: number;
  readonly already: number;
  readonly refused: readonly RefusedStatement[];
}
