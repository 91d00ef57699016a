import {
  type CustomerSurroundings,
  FATE_REASONS,
  LOSING_REASONS,
  UNDECIDED_REASONS,
  WINNING_REASONS,
} from "../attribution/index.ts";
import { loadMilestones } from "../commissions/index.ts";
import { TEST_REASONS } from "../tracking/index.ts";
import { customersMoved } from "./pipeline.ts";

/** What attribution is told of the rooms above it. */
export const customerSurroundings: CustomerSurroundings = {
  milestonesOf: loadMilestones,
  moved: (tx, moved, timeZone) => customersMoved(tx.db, moved, () => timeZone, tx.clock.now()),
};

/** Words for every reason that a receipt may carry beyond the error catalogue. */
export const receiptReasons: Readonly<Record<string, string>> = {
  ...FATE_REASONS,
  ...TEST_REASONS,
  ...WINNING_REASONS,
  ...LOSING_REASONS,
  ...UNDECIDED_REASONS,
};
