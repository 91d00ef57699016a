import type { SubPartnersQuery, SubPartnersReport } from "@tributary/contract";
import type { Actor, RecordReach } from "../access/index.ts";
import { Refusal } from "../kernel/refusal.ts";
import { type PartnerFacts, subPartnersOf } from "../partners/index.ts";
import { allPrograms, type ProgramFacts } from "../programs/index.ts";
import type { ReportContext } from "./contracts.ts";
import { addSums, figuresOf } from "./core/metrics.ts";
import { freshness } from "./freshness.ts";
import { askFunnel, requireRange, sumsOf } from "./funnel.ts";
import { earned } from "./store/earnings.ts";

type Row = SubPartnersReport["rows"][number];

/**
 * What the partners below the caller's own brought and earned, as far as each program shows it: nothing, its totals, or partner by
 * partner. These are other partners' rows, so they are read past row-level security (`ctx.whole`), and only here: the tree is that of
 * the caller's own partner, and nothing that the request says widens it.
 * @throws Refusal forbidden for somebody who acts for no partner; invalid_input (range)
 */
export async function subPartnersReport(
  ctx: ReportContext,
  actor: Actor,
  query: SubPartnersQuery,
): Promise<SubPartnersReport> {
  if (actor.partnerId === undefined)
    throw new Refusal("forbidden", "This is the report of a partner; you act for none.");
  requireRange(query.from, query.to);
  const below = await subPartnersOf(ctx.whole, actor.partnerId);
  const rows: Row[] = [];
  if (below.length > 0) {
    const programs = await allPrograms(ctx.whole);
    for (const program of programs) {
      if (program.status === "draft" || program.subPartnerView === "nothing") continue;
      rows.push(...(await rowsOf(ctx, program, below, query)));
    }
  }
  return { from: query.from, to: query.to, rows, asOf: (await freshness(ctx)).toISOString() };
}

/** The rows of one program: one for all of them together, or one for each that brought or earned something. */
async function rowsOf(
  ctx: ReportContext,
  program: ProgramFacts,
  below: readonly PartnerFacts[],
  { from, to }: SubPartnersQuery,
): Promise<Row[]> {
  const each = program.subPartnerView === "partner";
  const partnerIds = below.map((partner) => partner.partnerId);
  const reach: RecordReach = { everything: false, partnerIds, programIds: [] };
  const { rows, currencies } = await askFunnel(ctx, reach, {
    from,
    to,
    basis: "happened",
    by: each ? ["partner"] : [],
    filters: new Map([["program", [program.programId]]]),
    compare: false,
    sort: "clicks",
    descending: true,
    top: partnerIds.length,
  });
  const amounts = await earned(ctx.whole, reach, {
    from,
    to,
    by: each ? "partner" : "none",
    grain: "month",
    programIds: [program.programId],
  });
  const shown = each ? below : [null];
  return shown.flatMap((partner) => {
    const mine = rows.filter((row) => partner === null || row.key0 === partner.partnerId);
    const own = amounts.filter((row) => partner === null || row.key === partner.partnerId);
    if (each && mine.length === 0 && own.length === 0) return [];
    return {
      program: { id: program.programId, name: program.name },
      partner: partner && { id: partner.partnerId, name: partner.name },
      figures: figuresOf(addSums(mine.map((row) => sumsOf(row, currencies, "")))),
      earned: sumOf(own),
    };
  });
}

function sumOf(rows: readonly { readonly currency: string; readonly minor: bigint }[]): Row["earned"] {
  const sums = new Map<string, bigint>();
  for (const { currency, minor } of rows) sums.set(currency, (sums.get(currency) ?? 0n) + minor);
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, minor]) => ({ currency, minor: String(minor) }));
}
