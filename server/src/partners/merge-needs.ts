import type { Actor } from "../access/index.ts";
import type { Context } from "../database/index.ts";

/** Something of another room that goes along with a merge, and comes back with it. */
export interface Mover {
  /** `links`, `codes`, `agreements` */
  readonly what: string;
  /** How many would move and how many stay, and why those stay. */
  readonly look: (ctx: Context, from: string, to: string) => Promise<{ moved: number; stays: number; why: string }>;
  /** @returns ids of what was moved */
  readonly move: (tx: Context, from: string, to: string, actor: Actor) => Promise<readonly string[]>;
  /** Gives back those of the ids that still stand with whom they were moved to. */
  readonly back: (tx: Context, ids: readonly string[], from: string, to: string, actor: Actor) => Promise<void>;
}

/** What a merge asks of the rooms above; the shell gives it. */
export interface MergeNeeds {
  readonly movers: readonly Mover[];
  /** Whether money was ever booked for a partner, and what is open of it now, e.g. `EUR`. */
  readonly money: (
    ctx: Context,
    partnerIds: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly booked: boolean; readonly open: readonly string[] }>>;
}

export const NO_MERGE_NEEDS: MergeNeeds = { movers: [], money: async () => new Map() };
