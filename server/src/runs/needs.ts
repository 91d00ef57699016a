import { type Actor, actorOfUser } from "../access/index.ts";
import type { Context, Db } from "../database/index.ts";
import type { Day } from "../kernel/period.ts";

/** Control totals of a source and day, as tracking gives them. */
export interface FeedTotal {
  readonly programId: string;
  readonly sourceId: string;
  readonly day: Day;
  readonly events: number;
  readonly sums: Readonly<Record<string, string>>;
  readonly lastReceivedAt: string;
}

/** What is known of who would be paid. */
export interface PayeeLook {
  readonly hasPayee: boolean;
  readonly blocks: readonly string[];
  /** when its bank details changed last, since the day asked for */
  readonly bankChangedAt: string | null;
}

/** What a run asks of rooms that it does not stand on: the shell gives it. null: nobody can say, and the run shows it as not checked. */
export interface RunNeeds {
  readonly feedTotals: (
    db: Db,
    programs: readonly { readonly programId: string; readonly timeZone: string }[],
    from: Day,
    to: Day,
  ) => Promise<readonly FeedTotal[]>;
  readonly payees:
    | ((ctx: Context, partnerIds: readonly string[], since: Date) => Promise<ReadonlyMap<string, PayeeLook>>)
    | null;
  /** partner → how many documents are expired or missing */
  readonly expiredDocuments:
    | ((ctx: Context, partnerIds: readonly string[], on: Day) => Promise<ReadonlyMap<string, number>>)
    | null;
  /** partner → whether its name waits for a decision about a list of sanctions, or is on one; who is not named is neither */
  readonly screening:
    | ((ctx: Context, partnerIds: readonly string[]) => Promise<ReadonlyMap<string, "waiting" | "match">>)
    | null;
  /** Whose word the worker carries out. */
  readonly actorOf: (ctx: Context, userId: string) => Promise<Actor | undefined>;
}

export const ACTOR_OF_USER: RunNeeds["actorOf"] = (ctx, userId) => actorOfUser(ctx, userId);
