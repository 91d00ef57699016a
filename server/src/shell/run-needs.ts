import { ACTOR_OF_USER, payeeLooks, type RunNeeds } from "../runs/index.ts";
import { feedTotals } from "../tracking/index.ts";

/** What commission runs ask of rooms that they do not stand on. Nobody keeps documents with a day on which they expire yet: runs say so. */
export const runNeeds: RunNeeds = { feedTotals, payees: payeeLooks, expiredDocuments: null, actorOf: ACTOR_OF_USER };
