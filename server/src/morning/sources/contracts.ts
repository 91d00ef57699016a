import type { Context } from "../../database/index.ts";
import type { Draft } from "../core/draft.ts";

/** What a partner brought lately, as the job last read it. */
export interface Figure {
  readonly clicks: number;
  readonly clicksBefore: number;
  readonly registrations: number;
  /** of the last 28 days */
  readonly ftds: number;
  /** of the 28 days before */
  readonly ftdsBefore: number;
  readonly seconds: number;
  /** of this month */
  readonly ftdsMonth: number;
}

export interface SourceNeeds {
  /** by partner; who is not in it brought nothing */
  readonly figures: ReadonlyMap<string, Figure>;
}

/**
 * Where items come from: everything of one sort that is worth doing now, of everybody, in few questions. What a source does not name any more is gone.
 * To add one: write `morning/sources/<name>.ts` and name it in sources/index.ts; its sentences stand in core/words.
 */
export interface Source {
  readonly name: string;
  readonly read: (ctx: Context, needs: SourceNeeds) => Promise<readonly Draft[]>;
}
