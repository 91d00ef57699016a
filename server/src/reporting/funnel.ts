import type { FunnelQuery, FunnelReport } from "@tributary/contract";
import type { Actor, RecordReach } from "../access/index.ts";
import { invalid } from "../kernel/refusals.ts";
import { reachOf } from "../partners/index.ts";
import type { ReportContext } from "./contracts.ts";
import { filtersOf } from "./core/dimensions.ts";
import { daysBetween, type FunnelQuestion, funnelQuery, previousFrom } from "./core/funnel.ts";
import { addSums, COUNTS, figuresOf, type Sums } from "./core/metrics.ts";
import { freshness } from "./freshness.ts";
import { labelKeys } from "./labels.ts";
import { ask } from "./store/ask.ts";
import { programFacts } from "./store/names.ts";

const MOST_DAYS = 800;

/** Refuses a range that is empty or too long to be meant. */
export function requireRange(from: string, to: string): void {
  const days = daysBetween(from, to);
  if (days <= 0) throw invalid("to", to, "must be after from", "to is the day after the last one");
  if (days > MOST_DAYS) throw invalid("from", from, `is more than ${MOST_DAYS} days before to`);
}

type Row = Readonly<Record<string, string | number>>;

/**
 * The funnel: clicks, registrations, KYC, first and second deposits, by up to three breakdowns.
 * @throws Refusal invalid_input (range), report_too_heavy
 */
export async function funnelReport(ctx: ReportContext, actor: Actor, query: FunnelQuery): Promise<FunnelReport> {
  requireRange(query.from, query.to);
  const reach = await reachOf(ctx, actor, "reports.read");
  const asked: Omit<FunnelQuestion, "currencies"> = {
    from: query.from,
    to: query.to,
    basis: query.basis,
    by: [...new Set(query.by)],
    filters: filtersOf(query),
    compare: query.compare === "previous",
    sort: query.sort,
    descending: query.order === "desc",
    top: query.top,
  };
  const { rows, currencies } = await askFunnel(ctx, reach, asked);
  const groups = rows.filter((row) => Number(row.is_rest) === 0);
  const rest = rows.find((row) => Number(row.is_rest) === 1);
  const keys = await labelKeys(
    ctx.whole,
    asked.by,
    groups.map((row) => asked.by.map((_, index) => String(row[`key${index}`] ?? ""))),
  );
  const now = (row: Row): Sums => sumsOf(row, currencies, "");
  const before = (row: Row): Sums => sumsOf(row, currencies, "_before");
  const shown = (figures: readonly Row[]) => ({
    figures: figuresOf(addSums(figures.map(now))),
    previous: asked.compare ? figuresOf(addSums(figures.map(before))) : null,
  });
  return {
    from: query.from,
    to: query.to,
    previousFrom: asked.compare ? previousFrom(query.from, query.to) : null,
    basis: query.basis,
    timeZones: await zonesOf(ctx, reach, query.programId),
    rows: asked.by.length === 0 ? [] : groups.map((row, index) => ({ keys: keys[index] ?? [], ...shown([row]) })),
    rest: rest === undefined ? null : { groups: Number(rest.groups), ...shown([rest]) },
    totals: shown(rows),
    asOf: (await freshness(ctx)).toISOString(),
  };
}

/** Asks with the currencies known so far; should an amount be in a new one, it learns it and asks again. */
export async function askFunnel(
  ctx: ReportContext,
  reach: RecordReach,
  asked: Omit<FunnelQuestion, "currencies">,
): Promise<{ rows: readonly Row[]; currencies: readonly string[] }> {
  for (let attempt = 0; ; attempt += 1) {
    const currencies = await currenciesOf(ctx, attempt > 0);
    const rows = await ask<Row>(ctx.analytics, reach, funnelQuery({ ...asked, currencies }));
    const unknown = rows.some((row) => Number(row.ftdOther) !== 0 || Number(row.ftdOther_before ?? 0) !== 0);
    if (!unknown || attempt === 2) return { rows, currencies };
  }
}

const knownCurrencies = new WeakMap<object, readonly string[]>();

async function currenciesOf(ctx: ReportContext, again: boolean): Promise<readonly string[]> {
  const known = knownCurrencies.get(ctx.analytics);
  if (known && !again) return known;
  const rows = await ask<{ currency: string }>(
    ctx.analytics,
    { everything: true },
    {
      sql: "select distinct toString(ftd_currency) as currency from customers where {{scope}} and ftd_minor != 0 order by currency",
      params: {},
    },
  );
  const currencies = rows.map((row) => row.currency);
  knownCurrencies.set(ctx.analytics, currencies);
  return currencies;
}

/** Sums of one row of the funnel's answer. */
export function sumsOf(row: Row, currencies: readonly string[], suffix: "" | "_before"): Sums {
  const counts = Object.fromEntries(COUNTS.map((name) => [name, Number(row[`${name}${suffix}`] ?? 0)]));
  const ftdMinor = new Map<string, bigint>();
  currencies.forEach((currency, index) => {
    const minor = BigInt(row[`ftd${index}${suffix}`] ?? 0);
    if (minor !== 0n) ftdMinor.set(currency, minor);
  });
  return { ...(counts as Record<(typeof COUNTS)[number], number>), ftdMinor };
}

async function zonesOf(
  ctx: ReportContext,
  reach: RecordReach,
  programIds: readonly string[] | undefined,
): Promise<string[]> {
  const programs = await programFacts(ctx.whole);
  const asked = programs.filter(
    ({ programId }) =>
      (programIds === undefined || programIds.includes(programId)) &&
      (reach.everything || reach.partnerIds.length > 0 || reach.programIds.includes(programId)),
  );
  return [...new Set(asked.map((program) => program.timeZone))];
}
