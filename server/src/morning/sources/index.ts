import { agreements } from "./agreements.ts";
import { approvals } from "./approvals.ts";
import { betterDeals } from "./better-deals.ts";
import { caps } from "./caps.ts";
import { cases } from "./cases.ts";
import { contacts } from "./contacts.ts";
import type { Source } from "./contracts.ts";
import { dataFaults } from "./data-faults.ts";
import { documents } from "./documents.ts";
import { health } from "./health.ts";
import { onboarding } from "./onboarding.ts";
import { payees } from "./payees.ts";
import { plans } from "./plans.ts";
import { tasks } from "./tasks.ts";
import { tiers } from "./tiers.ts";

/** All sources, one line each. */
export const SOURCES: readonly Source[] = [
  health,
  caps,
  agreements,
  approvals,
  cases,
  onboarding,
  documents,
  tasks,
  contacts,
  tiers,
  betterDeals,
  payees,
  plans,
  dataFaults,
];
