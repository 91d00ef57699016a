import type { Db, Jobs } from "../database/index.ts";
import { forgetWebhooks } from "../integrations/index.ts";
import type { Clock } from "../kernel/clock.ts";
import { shippedUpTo, whileNothingShips } from "../reporting/index.ts";
import { type ClickIds, forgetPostbackAttempts, purgeStep } from "../tracking/index.ts";
import { catalogueOf } from "./edge-programs.ts";
import type { Program } from "./program.ts";
import { clickIdsFor } from "./tracking-parts.ts";

const DAY = 86_400_000;
/** Steps in one run of the job: about as many clicks as an hour of a busy program brings. */
const STEPS = 200;
const ROWS_A_STEP = 5000;

/** Lets old clicks and impressions leave the intake log every hour, when INTAKE_KEEP_DAYS says so (docs/adr/0015). */
export function retentionJobs(program: Program): Jobs {
  const { intakeKeepDays, outgoingKeepDays } = program.configuration;
  const kept = [
    ...(intakeKeepDays === undefined ? [] : [intakeRetention(program, intakeKeepDays)]),
    ...(outgoingKeepDays === undefined ? [] : [outgoingRetention(program, outgoingKeepDays)]),
  ];
  return {
    tasks: Object.assign({}, ...kept.map((one) => one.tasks)) as NonNullable<Jobs["tasks"]>,
    schedule: kept.flatMap((one) => one.schedule ?? []),
  };
}

/** Lets what was told to partners and to the operator's systems go every night, when OUTGOING_KEEP_DAYS says so. */
function outgoingRetention(program: Program, days: number): Jobs {
  return {
    tasks: {
      "outgoing.retention": async () => {
        const gone = await purgeOutgoing(program.database.db, program.clock, days);
        if (gone > 0) program.log.info({ gone }, "old webhooks and postback attempts were forgotten");
      },
    },
    schedule: [{ task: "outgoing.retention", cron: "23 3 * * *" }],
  };
}

/** @returns how many rows were forgotten */
export async function purgeOutgoing(db: Db, clock: Clock, days: number): Promise<number> {
  const before = new Date(clock.now().getTime() - days * DAY);
  let gone = 0;
  for (const forget of [forgetWebhooks, forgetPostbackAttempts]) {
    for (let step = 0; step < STEPS; step += 1) {
      const done = await forget(db, before, ROWS_A_STEP);
      gone += done;
      if (done === 0) break;
    }
  }
  return gone;
}

function intakeRetention(program: Program, days: number): Jobs {
  return {
    tasks: {
      "tracking.retention": async () => {
        const { database, clock } = program;
        const deleted = await purgeIntakeLog({ db: database.db, clock, clickIds: await clickIdsFor(program) }, days);
        if (deleted > 0) program.log.info({ deleted }, "old clicks have left the intake log");
      },
    },
    schedule: [{ task: "tracking.retention", cron: "41 * * * *" }],
  };
}

export interface RetentionParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly clickIds: ClickIds;
}

/** @param days kept beyond the longest attribution window of any program. @returns how many entries left the log */
export async function purgeIntakeLog({ db, clock, clickIds }: RetentionParts, days: number): Promise<number> {
  const { programs } = await catalogueOf(db, clock.now());
  const windowDays = Math.max(0, ...programs.flatMap((one) => [one.clickWindowDays, one.viewWindowDays ?? 0]));
  const before = new Date(clock.now().getTime() - (windowDays + days) * DAY);
  let deleted = 0;
  for (let step = 0; step < STEPS; step += 1) {
    // A rebuild or a proof of the analytics reads the log from where it begins: it must not begin elsewhere meanwhile.
    const done = await whileNothingShips(db, async (connection) =>
      purgeStep(connection, { clickIds, before, passed: await shippedUpTo(connection) }),
    );
    deleted += done.deleted;
    if (!done.more) break;
  }
  return deleted;
}
