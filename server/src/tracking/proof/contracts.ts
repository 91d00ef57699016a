import type { OutboundResult, SandboxResult } from "@tributary/contract";
import type { Db } from "../../database/index.ts";
import type { ClickIds } from "../core/click-id.ts";
import type { TestMarks } from "../edge/mark-of-test.ts";
import type { RouteTable } from "../edge/route-table.ts";
import type { TakeParts } from "../events/take-events.ts";
import type { AddressPolicy } from "../outbound/address.ts";
import type { PostbackNeeds } from "../outbound/service.ts";
import type { StoredTestLine } from "../process/contracts.ts";
import type { Finding } from "./core/findings.ts";
import type { CheckName } from "./core/run-words.ts";
import type { Hop } from "./core/trace.ts";
import type { ProofLanguage } from "./core/words.ts";

/** What was chosen for a run. */
export interface RunOptions {
  readonly country?: string;
  readonly device?: string;
  readonly language?: string;
  /** where the visitor started */
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** of a postback test: the customer whom the events are to be of */
  readonly customerRef?: string;
}

export interface RunCheck {
  readonly part: "link" | "inbound" | "outbound";
  readonly name: CheckName;
  readonly passed: boolean;
  /** false: it is told, but says nothing about the set-up */
  readonly required: boolean;
}

/** What a run has come to so far. */
export interface RunResult {
  readonly hops?: readonly Hop[];
  readonly findings?: readonly Finding[];
  readonly outbound?: readonly OutboundResult[];
  readonly checks?: readonly RunCheck[];
  /** frozen when the run is finished: later events of the same click change nothing of what was proved */
  readonly lines?: readonly FrozenLine[];
  readonly sandbox?: Readonly<Record<ProofLanguage, SandboxResult>>;
}

export type FrozenLine = Omit<StoredTestLine, "seq" | "receivedAt"> & {
  readonly seq: string;
  readonly receivedAt: string;
};

/** The journey of a test, to be decided and calculated without booking anything. */
export interface SandboxQuestion {
  readonly programId: string;
  readonly partnerId: string;
  readonly clickId: string | null;
  readonly lines: readonly StoredTestLine[];
  readonly language: ProofLanguage;
}

/** The agreement that a set-up rests on. */
export interface AcceptedAgreement {
  readonly agreementId: string;
  readonly agreementVersionId: string;
  readonly version: number;
  readonly validFrom: string;
  readonly validTo: string | null;
  /** the plan in plain words */
  readonly sentences: readonly string[];
}

/** The program's rules of attribution. */
export interface RulesInForce {
  readonly version: number;
  readonly rules: unknown;
  readonly sentences: readonly string[];
}

/** What the tests are given by the shell, which alone knows the rooms above. */
export interface ProofNeeds {
  readonly publicUrl: string;
  readonly marks: TestMarks;
  readonly clickIds: ClickIds;
  readonly take: TakeParts;
  readonly routes: { readonly table: RouteTable; refresh(): Promise<void> };
  /** which addresses a link test may visit beside this deployment's own links */
  readonly policy: AddressPolicy;
  /** all rows: what is asked of it is narrowed by the one who asks */
  readonly whole: Db;
  readonly postbacks: PostbackNeeds;
  readonly sandbox: (db: Db, question: SandboxQuestion) => Promise<SandboxResult>;
  readonly agreementOf: (
    db: Db,
    partnerId: string,
    programId: string,
    day: string,
    language: ProofLanguage,
  ) => Promise<AcceptedAgreement | undefined>;
  readonly rulesOf: (
    db: Db,
    programId: string,
    day: string,
    language: ProofLanguage,
  ) => Promise<RulesInForce | undefined>;
}
