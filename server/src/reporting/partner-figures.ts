import type { RecordReach } from "../access/index.ts";
import type { Analytics } from "../database/index.ts";
import type { Day } from "../kernel/period.ts";
import { ask } from "./store/ask.ts";

/** Days of the program's zone; `to` is exclusive. */
export interface FigureRange {
  readonly name: string;
  readonly from: Day;
  readonly to: Day;
}

/** What a partner brought in one range. */
export interface PartnerFigure {
  readonly clicks: number;
  readonly registrations: number;
  readonly ftds: number;
  readonly seconds: number;
  /** what the operator earned: net gaming revenue, sales, spread and commission of trades; minor units by currency */
  readonly revenue: Readonly<Record<string, bigint>>;
}

const NOTHING: PartnerFigure = { clicks: 0, registrations: 0, ftds: 0, seconds: 0, revenue: {} };
/** Measures that are the operator's own income; an event carries one kind of them. */
const REVENUE = ["ngr", "sale", "spread", "commission"];

/**
 * Figures of every partner in several ranges, in three questions; partners without any are left out. Reads the daily roll-up of clicks and the
 * customers and events as they are known now.
 * @returns partner id → range name → figures
 */
export async function figuresByPartner(
  ctx: { readonly analytics: Analytics },
  reach: RecordReach,
  ranges: readonly FigureRange[],
  want: { readonly revenue: boolean } = { revenue: true },
): Promise<ReadonlyMap<string, Readonly<Record<string, PartnerFigure>>>> {
  const from = ranges.map((range) => range.from).sort()[0] ?? "1970-01-01";
  const to =
    ranges
      .map((range) => range.to)
      .sort()
      .at(-1) ?? "1970-01-01";
  const params = Object.fromEntries(
    ranges.flatMap((range, index) => [
      [`from${index}`, range.from],
      [`to${index}`, range.to],
    ]),
  );
  const within = (day: string, index: number) => `${day} >= {from${index}:Date} and ${day} < {to${index}:Date}`;
  const each = (expression: (index: number) => string) => ranges.map((_, index) => expression(index)).join(", ");
  const [clicks, customers, revenue] = await Promise.all([
    ask<Row>(ctx.analytics, reach, {
      sql: `select toString(partner_id) as partner, ${each((i) => `sumIf(n, ${within("day", i)}) as clicks${i}`)}
        from (select partner_id, day, countIf(verdict = 'click') as n from clicks
          where {{scope}} and day >= {from:Date} and day < {to:Date} group by partner_id, day)
        where partner_id != '' group by partner`,
      params: { ...params, from, to },
    }),
    ask<Row>(ctx.analytics, reach, {
      sql: `select toString(partner_id) as partner, ${each(
        (i) =>
          `countIf(registered_at is not null and ${within("registered_day", i)}) as registrations${i},
          countIf(ftd_at is not null and ${within("ftd_day", i)}) as ftds${i},
          countIf(second_deposit_at is not null and ${within("second_deposit_day", i)}) as seconds${i}`,
      )}
        from customers final where {{scope}} and partner_id != ''
          and (registered_day >= {from:Date} or ftd_day >= {from:Date} or second_deposit_day >= {from:Date}) group by partner`,
      params: { ...params, from },
    }),
    want.revenue
      ? ask<Row>(ctx.analytics, reach, {
          sql: `select toString(partner_id) as partner, toString(currency) as money, ${each(
            (i) =>
              `sumIf(${REVENUE.map((one) => `measures['${one}']`).join(" + ")}, ${within("day", i)}) as revenue${i}`,
          )}
        from events final where {{scope}} and effective and partner_id != '' and type in ('activity', 'trade', 'sale')
          and day >= {from:Date} and day < {to:Date} group by partner, money`,
          params: { ...params, from, to },
        })
      : [],
  ]);
  return joined(ranges, clicks, customers, revenue);
}

type Row = Readonly<Record<string, string>>;

function joined(
  ranges: readonly FigureRange[],
  clicks: readonly Row[],
  customers: readonly Row[],
  revenue: readonly Row[],
): ReadonlyMap<string, Readonly<Record<string, PartnerFigure>>> {
  const found = new Map<string, Record<string, PartnerFigure>>();
  const add = (row: Row, part: (index: number, before: PartnerFigure) => Partial<PartnerFigure>) => {
    const partner = found.get(row.partner ?? "") ?? {};
    ranges.forEach(({ name }, index) => {
      const before = partner[name] ?? NOTHING;
      partner[name] = { ...before, ...part(index, before) };
    });
    found.set(row.partner ?? "", partner);
  };
  const number = (row: Row, name: string) => Number(row[name] ?? 0);
  for (const row of clicks) add(row, (index) => ({ clicks: number(row, `clicks${index}`) }));
  for (const row of customers)
    add(row, (index) => ({
      registrations: number(row, `registrations${index}`),
      ftds: number(row, `ftds${index}`),
      seconds: number(row, `seconds${index}`),
    }));
  for (const row of revenue)
    add(row, (index, before) => ({
      revenue: { ...before.revenue, [row.money ?? ""]: BigInt(row[`revenue${index}`] ?? 0) },
    }));
  return found;
}
