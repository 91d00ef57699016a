import { type Actor, personOf } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { addMonths } from "../../kernel/period.ts";
import { Refusal } from "../../kernel/refusal.ts";
import {
  advanceRun,
  approveItems,
  askFor,
  closeRun,
  getRun,
  listItems,
  lookForPayments,
  openRun,
  openScheduledRuns,
  type RunNeeds,
} from "../../runs/index.ts";
import { runNeeds } from "../run-needs.ts";

/** Who takes a commission run through: whoever closes never signs for finance. */
export interface RunPeople {
  readonly treasury: Actor;
  /** in the order in which they are asked: heads of regions first */
  readonly approvers: readonly Actor[];
  readonly finance: Actor;
  /** Of the latest month: the other regions are still open, their run is to come. */
  readonly latestRegions: readonly string[];
}

interface SampleRun {
  readonly ctx: Context;
  readonly people: RunPeople;
  readonly needs: RunNeeds;
  readonly runId: string;
}

/**
 * A month's run up to where its statements are payable. The latest is in the middle of its approvals: the first region has signed, the others have not.
 * @returns the run, to be closed when it is paid
 */
export async function runMonth(ctx: Context, people: RunPeople, month: string, latest: boolean): Promise<string> {
  const all = new Map([people.treasury, ...people.approvers, people.finance].map((one) => [personOf(one), one]));
  const needs = { ...runNeeds, actorOf: async (_: Context, id: string) => all.get(id) };
  const period = { kind: "regular", schedule: "monthly", from: month, to: addMonths(month, 1) } as const;
  const scope = { partnerIds: [], regionIds: latest ? [...people.latestRegions] : [] };
  const runId = await openRun(ctx, people.treasury, { ...period, scope });
  const run = { ctx, people, needs, runId };
  for (const step of ["freeze", "calculate", "validate"] as const) {
    await askFor(ctx, people.treasury, runId, step, { revision: await revisionOf(run), comment: "" }, needs);
    await advanceRun(ctx, runId, needs);
  }
  if (latest) await approve(run, people.approvers[0] as Actor);
  else for (const actor of [...people.approvers, ...people.approvers, people.finance]) await approve(run, actor);
  return runId;
}

/** The month is paid and its run closed; the runs of the days that come are opened. */
export async function closeMonth(ctx: Context, people: RunPeople, runId: string): Promise<void> {
  await lookForPayments(ctx);
  const { state, revision } = await getRun(ctx, people.treasury, runId, runNeeds);
  if (state === "paid") await closeRun(ctx, people.treasury, runId, { revision, comment: "" });
}

export async function openComingRuns(ctx: Context): Promise<void> {
  await openScheduledRuns(ctx);
}

async function revisionOf({ ctx, people, needs, runId }: SampleRun): Promise<number> {
  return (await getRun(ctx, people.treasury, runId, needs)).revision;
}

/** Everything that this person may sign; somebody who may sign nothing is passed over. */
async function approve(run: SampleRun, actor: Actor): Promise<void> {
  const { ctx, needs, runId } = run;
  const page = await listItems(ctx, actor, runId, { limit: 500, sort: "partner" }, needs);
  const items = page.rows.filter((one) => one.mayApprove).map(({ partnerId, currency }) => ({ partnerId, currency }));
  if (items.length === 0) return;
  const input = { revision: await revisionOf(run), items, clean: false, comment: "" };
  await approveItems(ctx, actor, runId, input, needs).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
  await advanceRun(ctx, runId, needs);
}
