import { publishedRates } from "../commissions/index.ts";
import { type Analytics, type Context, transact } from "../database/index.ts";
import { decimal, multiply } from "../kernel/decimal.ts";
import { currency, toDecimal, toMinor } from "../kernel/money.ts";
import { addDays, addMonths, dayOf, monthOf } from "../kernel/period.ts";
import { figuresByPartner } from "../reporting/index.ts";
import type { Draft } from "./core/draft.ts";
import type { Figure, Source } from "./sources/contracts.ts";
import { SOURCES } from "./sources/index.ts";
import { type KeptItem, keptFigures, noteRead, putFigures, putItems } from "./store/items.ts";
import { operatorTuning } from "./weights.ts";

export interface MorningNeeds {
  readonly analytics: Analytics;
}

/** What each source reads goes into the queue; a source that breaks leaves its items as they were and does not stop the others. @returns items */
export async function refreshMorning(
  ctx: Context,
  needs: MorningNeeds,
  sources: readonly Source[] = SOURCES,
  onTrouble: (source: string, error: Error) => void = () => undefined,
): Promise<number> {
  return await readSources(ctx, sources, await readFigures(ctx, needs), onTrouble);
}

/** Reads some sources again, by the figures as they were last read: the analytics are asked by the clock, not by every change. @returns items */
export async function readNews(
  ctx: Context,
  needs: MorningNeeds,
  sources: readonly Source[],
  onTrouble: (source: string, error: Error) => void,
): Promise<number> {
  const known = await keptFigures(ctx.db);
  return await readSources(ctx, sources, known.size > 0 ? known : await readFigures(ctx, needs), onTrouble);
}

async function readSources(
  ctx: Context,
  sources: readonly Source[],
  figures: ReadonlyMap<string, Figure>,
  onTrouble: (source: string, error: Error) => void,
): Promise<number> {
  const { currency: settled } = await operatorTuning(ctx.db);
  const rates = await publishedRates(ctx, dayOf(ctx.clock.now(), "UTC"));
  let count = 0;
  for (const source of sources) {
    try {
      const drafts = await source.read(ctx, { figures });
      const items = drafts.map((draft) => kept(draft, ctx.ids.next("itm"), settled, rates));
      await transact(ctx, async (tx) => {
        await putItems(tx.db, source.name, items, tx.clock.now());
        await noteRead(tx.db, source.name, tx.clock.now(), items.length, "");
      });
      count += items.length;
    } catch (error) {
      await noteRead(ctx.db, source.name, ctx.clock.now(), 0, (error as Error).message.slice(0, 500));
      onTrouble(source.name, error as Error);
    }
  }
  return count;
}

type Rates = Awaited<ReturnType<typeof publishedRates>>;

function kept(draft: Draft, id: string, settled: string, rates: Rates): KeptItem {
  const { money, by = "", ...rest } = draft;
  return { ...rest, id, by, worthMinor: String(worthOf(money, settled, rates)) };
}

/** In the settings' currency; an amount that cannot be converted counts as it stands: better a rough rank than none. */
function worthOf(amount: Draft["money"], settled: string, rates: Rates): bigint {
  if (amount === null) return 0n;
  if (amount.currency === settled) return amount.minor;
  const rate = rates(amount.currency, settled);
  if (rate === undefined) return amount.minor;
  const whole = toDecimal({ minor: amount.minor, currency: currency(amount.currency) });
  return toMinor(multiply(whole, decimal(rate.rate)), currency(settled));
}

const WINDOW = 28;

/** Figures of the last four weeks and the four before, of everybody; kept, so that a queue can be read without asking the analytics again. */
async function readFigures(ctx: Context, needs: MorningNeeds): Promise<ReadonlyMap<string, Figure>> {
  const today = dayOf(ctx.clock.now(), "UTC");
  const from = addDays(today, -WINDOW);
  const month = monthOf(today);
  const found = await figuresByPartner(
    needs,
    { everything: true },
    [
      { name: "now", from, to: today },
      { name: "before", from: addDays(from, -WINDOW), to: from },
      { name: "month", from: month, to: addMonths(month, 1) },
    ],
    { revenue: false },
  );
  const figures = new Map(
    [...found].map(([partnerId, { now, before, month: sofar }]) => [
      partnerId,
      {
        clicks: now?.clicks ?? 0,
        clicksBefore: before?.clicks ?? 0,
        registrations: now?.registrations ?? 0,
        ftds: now?.ftds ?? 0,
        ftdsBefore: before?.ftds ?? 0,
        seconds: now?.seconds ?? 0,
        ftdsMonth: sofar?.ftds ?? 0,
      },
    ]),
  );
  await putFigures(
    ctx.db,
    [...figures].map(([partnerId, figure]) => ({ partnerId, ...figure })),
  );
  return figures;
}
