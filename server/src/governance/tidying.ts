import type { Actor } from "../access/index.ts";
import type { Context } from "../database/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { moveOffer, offerById } from "../programs/index.ts";
import { changeCap, changeLink, getCap, getLink } from "../tracking/index.ts";
import type { SuggestionRow } from "./store/suggestions.ts";

/** A record as its room has it now, and how its status is changed there. */
export interface Place {
  readonly status: string;
  readonly wanted: string;
  readonly revision: number;
  /** @returns the revision afterwards */
  set(tx: Context, status: string, revision: number): Promise<number>;
}

const WANTED = { pause: "paused", archive: "archived", close: "closed" } as const;
const NO_ADDRESS = { publicUrl: "", mayPromote: async () => true };

/**
 * The record behind a suggestion, through the door of the room that owns it: its checks, its trail and its permissions hold.
 * @throws Refusal wrong_state when it is decided already or is nothing that is done with one click, not_found, forbidden
 */
export async function placeOf(
  ctx: Context,
  actor: Actor,
  row: SuggestionRow,
  why: "do" | "undo" = "do",
): Promise<Place> {
  if (row.state !== "open") throw new Refusal("wrong_state", "It is decided already.");
  if (row.action === "look")
    throw new Refusal("wrong_state", "This one needs a person: open its page and put it right.");
  const place = await read(ctx, actor, row);
  if (why === "do" && place.status === place.wanted) throw new Refusal("wrong_state", `It is ${place.status} already.`);
  return place;
}

async function read(ctx: Context, actor: Actor, row: SuggestionRow): Promise<Place> {
  const wanted = WANTED[row.action as keyof typeof WANTED];
  if (row.subject_kind === "link") {
    const { status, revision } = await getLink(ctx, actor, row.subject_id, NO_ADDRESS);
    const set: Place["set"] = async (tx, next, before) =>
      (await changeLink(tx, actor, row.subject_id, { revision: before, status: next as "paused" })).revision;
    return { status, revision, wanted, set };
  }
  if (row.subject_kind === "cap") {
    const { status, revision } = await getCap(ctx, actor, row.subject_id);
    const set: Place["set"] = async (tx, next, before) =>
      (await changeCap(tx, actor, row.subject_id, { revision: before, status: next as "paused" })).revision;
    return { status, revision, wanted, set };
  }
  const offer = await offerById(ctx.db, row.subject_id);
  if (offer === undefined) throw new Refusal("not_found", "The offer is not there any more.");
  const set: Place["set"] = async (tx, next, before) =>
    (await moveOffer(tx, actor, row.subject_id, { revision: before, status: next as "paused" })).revision;
  return { status: offer.status, revision: offer.revision, wanted, set };
}
