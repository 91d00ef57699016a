import { markStanding, recalculate, releaseDue } from "../../commissions/index.ts";
import { type Context, transact } from "../../database/index.ts";
import { type Clock, fixedClock } from "../../kernel/clock.ts";
import { idSource } from "../../kernel/ids.ts";
import { addMonths, monthOf } from "../../kernel/period.ts";
import type { LogEnds } from "../../tracking/index.ts";
import type { Configuration } from "../configuration.ts";
import { payeeNeeds } from "../payees.ts";
import { payoutNeeds } from "../payouts.ts";
import { openPipeline } from "../pipeline.ts";
import type { Addresses, Program } from "../program.ts";
import { clickIdsFor } from "../tracking-parts.ts";
import { payMonth } from "./month-end.ts";
import { issueSampleInvoices, writePayees } from "./payees.ts";
import { payByBatch, prepareNext } from "./payouts.ts";
import { type Chance, chance } from "./random.ts";
import type { SampleRecords } from "./records.ts";
import { buildWorld, type PartnerPlan } from "./world.ts";

export const SAMPLE_SEED = "tributary";
const DAY = 86_400_000;

/** The back office of the sample, with a clock of its own: it works on the month before while the doors take the next one. */
export interface Books {
  /** Takes what a month brought through attribution to facts and lines, half an hour after it ended; its statements are paid while the next one is begun. */
  endMonth(month: string, brought: LogEnds): Promise<void>;
  /** Takes everything through that is in the log now, at the sample's last moment. */
  finish(): Promise<void>;
}

/** What the back office's process is asked for: to open once, to end the months in their order, to finish. */
export type BooksOrder =
  | {
      readonly open: {
        readonly configuration: Configuration;
        readonly addresses: Addresses;
        readonly records: SampleRecords;
        /** the sample's last moment, milliseconds since 1970 */
        readonly until: number;
      };
    }
  | { readonly ended: { readonly month: string; readonly brought: LogEnds } }
  | { readonly finish: true };

/** A moment of the sample's past: its clock, and ids that the seed decides. */
export type SampleContext = Context & { readonly clock: Clock & { set(at: Date | string): void } };

export function contextAt(program: Program, start: Date, draw: Chance): SampleContext {
  const clock = fixedClock(start);
  const ids = idSource(clock.now, (count) => Uint8Array.from({ length: count }, () => Math.floor(draw.next() * 256)));
  return { db: program.ctx.db, clock, ids };
}

/** @param until the sample's last moment, milliseconds since 1970 */
export async function openBooks(program: Program, records: SampleRecords, until: number): Promise<Books> {
  const draw = chance(SAMPLE_SEED);
  const ids = draw.branch("ids");
  const ctx = contextAt(program, new Date(until), ids.branch("books"));
  const pay = contextAt(program, new Date(until), ids.branch("pay"));
  const clickIds = await clickIdsFor(program);
  const { partners } = buildWorld(draw.branch("world"));
  const pipeline = openPipeline({ db: ctx.db, clock: ctx.clock, clickIds });
  const office: Office = { program, ctx, pay, records, partners, until };
  let paid = Promise.resolve();
  return {
    endMonth: async (month, brought) => {
      ctx.clock.set(new Date(Math.min(until, Date.parse(`${addMonths(month, 1)}T00:30:00Z`))));
      await Promise.all([pipeline.drain(brought), paid]);
      await markStanding(ctx, month);
      await book(ctx, ctx.clock.now());
      paid = payMonthOf(office, month);
      // It is awaited with the next month; until then its failure must not end the program.
      paid.catch(() => undefined);
    },
    finish: async () => {
      ctx.clock.set(new Date(until));
      await Promise.all([pipeline.drain(), paid]);
      await book(ctx, new Date(until));
    },
  };
}

interface Office {
  readonly program: Program;
  /** where events and commission stand */
  readonly ctx: SampleContext;
  /** where the last month that was booked is paid: meanwhile the next one's events are taken through, which book nothing yet */
  readonly pay: SampleContext;
  readonly records: SampleRecords;
  readonly partners: readonly PartnerPlan[];
  readonly until: number;
}

/** A month can be closed when it is over in the last zone of the earth, at noon in UTC. */
const LAST_ZONE_MS = DAY / 2;

/**
 * Closes and pays a month's statements on the fifth of the next one, or at the sample's last moment when the fifth is to come: nothing is done
 * ahead of it.
 */
async function payMonthOf({ program, pay: ctx, records, partners, until }: Office, month: string): Promise<void> {
  const next = addMonths(month, 1);
  const open = monthOfInstant(until - LAST_ZONE_MS);
  if (month === open) return;
  const latest = next === open;
  ctx.clock.set(new Date(Math.min(until, Date.parse(`${next}T09:00:00Z`) + 4 * DAY)));
  const isInvoiced = latest || addMonths(next, 1) === open;
  await transact(ctx, async (tx) => {
    if (isInvoiced && !latest) await writePayees(tx, records, partners, payeeNeeds(program), month);
    const invoice = (inside: Context) => (isInvoiced ? issueSampleInvoices(inside, records) : Promise.resolve());
    const payouts = { preparer: records.cast.finance, releaser: records.cast.administrator };
    const needs = payoutNeeds(program);
    const pay = (inside: Context) =>
      latest ? prepareNext(inside, payouts, needs, new Date(until)) : payByBatch(inside, payouts, month, needs);
    await payMonth(tx, records.people, month, latest, invoice, isInvoiced ? pay : undefined);
  });
}

async function book(ctx: Context, at: Date): Promise<void> {
  await recalculate(ctx);
  await releaseDue(ctx, at.toISOString().slice(0, 10));
}

export function monthOfInstant(at: number): string {
  return monthOf(new Date(at).toISOString().slice(0, 10));
}
