import type { Jobs, Running } from "../database/index.ts";
import type { Program } from "./program.ts";

/** Runs all the time in the worker: a consumer of the intake log, a shipper, a delivery loop. One line each. */
export const workerParts: readonly ((program: Program) => Running | Promise<Running>)[] = [];

/** The rooms' tasks and schedules (their jobs.ts). One line each. */
export const roomJobs: readonly ((program: Program) => Jobs)[] = [];
