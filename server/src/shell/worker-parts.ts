import type { Jobs, Running } from "../database/index.ts";
import { addressPolicy, startDeliveries } from "../tracking/index.ts";
import type { Program } from "./program.ts";

/** Runs all the time in the worker: a consumer of the intake log, a shipper, a delivery loop. One line each. */
export const workerParts: readonly ((program: Program) => Running | Promise<Running>)[] = [postbackDeliveries];

/** The rooms' tasks and schedules (their jobs.ts). One line each. */
export const roomJobs: readonly ((program: Program) => Jobs)[] = [];

function postbackDeliveries(program: Program): Running {
  return startDeliveries({
    db: program.database.db,
    clock: program.clock,
    random: Math.random,
    options: {
      policy: addressPolicy(program.configuration.outboundLoopbackHosts),
      onError: (error) => program.log.error({ err: error }, "postbacks could not be sent for a moment"),
    },
  });
}
