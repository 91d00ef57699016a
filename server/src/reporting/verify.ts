import { whileShipping } from "./shipping/lock.ts";
import { type ShippingContext, shippers } from "./shipping/shipper.ts";
import { purgedUpTo } from "./store/lanes.ts";
import { TOTALS, type Total, type TotalOf, totalInClickhouse, totalInPostgres } from "./store/totals.ts";

export interface AnalyticsDifference {
  readonly table: TotalOf;
  readonly inPostgres: Total;
  readonly inClickhouse: Total;
}

export interface AnalyticsVerified {
  readonly whole: boolean;
  readonly rows: Readonly<Record<TotalOf, number>>;
  readonly differences: readonly AnalyticsDifference[];
}

/**
 * Proves that ClickHouse holds what PostgreSQL says it should: rows counted and summed up on both sides. Ships what is waiting
 * first, and keeps others from shipping meanwhile. While events keep coming in, a difference in the tables that follow records
 * is looked at again after the newest changes are shipped too.
 */
export async function verifyAnalytics(ctx: ShippingContext, attempts = 3): Promise<AnalyticsVerified> {
  const verified = await whileShipping(
    ctx.db,
    async (db) => {
      const ships = shippers(ctx);
      await ships.refresh(db);
      for (let attempt = 1; ; attempt += 1) {
        while ((await ships.clicks.ship(db)).more);
        while ((await ships.records.ship(db)).more);
        const result = await compare(ctx, db);
        if (result.whole || attempt >= attempts) return result;
      }
    },
    { wait: true },
  );
  if (verified === undefined) throw new Error("the shipping lock was not granted");
  return verified;
}

async function compare(ctx: ShippingContext, db: ShippingContext["db"]): Promise<AnalyticsVerified> {
  const rows = { clicks: 0, impressions: 0, events: 0, customers: 0, intake: 0 };
  const differences: AnalyticsDifference[] = [];
  const purged = await purgedUpTo(db);
  for (const table of TOTALS) {
    const inPostgres = await totalInPostgres(db, table);
    const inClickhouse = await totalInClickhouse(ctx.analytics, table, purged);
    rows[table] = Number(inClickhouse.rows);
    if (inPostgres.rows !== inClickhouse.rows || inPostgres.checksum !== inClickhouse.checksum) {
      differences.push({ table, inPostgres, inClickhouse });
    }
  }
  return { whole: differences.length === 0, rows, differences };
}
