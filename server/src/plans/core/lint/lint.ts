import type { PlanDocument } from "@tributary/contract";
import type { Finding, Say } from "../findings.ts";
import { places } from "../walk.ts";
import { bandsInOrder } from "./bands.ts";
import { limitsThatNeverBind } from "./caps.ts";
import { conditionsThatCannotHold } from "./conditions.ts";
import { wordsOfOtherSystems } from "./counted-words.ts";
import { daysThatCannotBe } from "./days.ts";
import { dimensionsNobodyCarries } from "./dimensions.ts";
import { holdsThatNeverEnd } from "./holds.ts";
import { carriedNowhere, itemsNobodyCarries } from "./items.ts";
import type { Linted } from "./linted.ts";
import { amountsOfTheCurrency } from "./money.ts";
import { narrowingThatCannotBe } from "./narrow.ts";
import { namesAndCycles } from "./references.ts";
import { rowsNeverReached } from "./rows.ts";
import { paidTwiceOrTooMuch } from "./together.ts";

const RULES: readonly ((linted: Linted) => Finding[])[] = [
  amountsOfTheCurrency,
  namesAndCycles,
  rowsNeverReached,
  bandsInOrder,
  conditionsThatCannotHold,
  daysThatCannotBe,
  dimensionsNobodyCarries,
  itemsNobodyCarries,
  carriedNowhere,
  limitsThatNeverBind,
  holdsThatNeverEnd,
  paidTwiceOrTooMuch,
  narrowingThatCannotBe,
  wordsOfOtherSystems,
];

const RANK = { error: 0, warning: 1, hint: 2 } as const;

/** Rules that can never apply, contradict each other, or pay what nobody meant. */
export function lint(plan: PlanDocument, say: Say): Finding[] {
  const linted: Linted = {
    plan,
    say,
    places: places(plan),
    components: plan.components.map((component, index) => ({ component, path: `components[${index}]` })),
  };
  return RULES.flatMap((rule) => rule(linted)).toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
}
