import pg from "pg";

export interface Bare {
  readonly rows: number;
  readonly seconds: number;
  /** Processor time of this program, and of its PostgreSQL session. */
  readonly sums: ReadonlyMap<string, bigint>;
}

/** What the calculation reads: facts per day, but of traders their single trades. */
const FACTS =
  "select customer_id, day, product, measure, currency, amount, events from commissions.fact_day where measure <> all('{lots,seconds,commission}')";
const TRADES =
  "select customer_id, occurred_at, currency, measures->>'commission', quantities->>'lots', dimensions->>'group' from tracking.event";
const ROWS_AT_ONCE = 10_000;

/** A cursor, rows as arrays, nothing but the driver: reads every fact and sums it by measure and currency. */
export async function readBare(databaseUrl: string): Promise<Bare> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const began = performance.now();
  const sums = new Map<string, bigint>();
  let rows = 0;
  const add = (key: string, amount: bigint) => void sums.set(key, (sums.get(key) ?? 0n) + amount);
  rows += await each(client, FACTS, (row) => {
    const amount = row[5] ?? "0";
    add(`${row[3]} ${row[4]}`, amount.includes(".") ? BigInt(amount.replace(".", "")) : BigInt(amount));
  });
  rows += await each(client, TRADES, (row) => add(`trade ${row[5]}`, BigInt((row[4] ?? "0").replace(".", ""))));
  const seconds = (performance.now() - began) / 1000;
  await client.end();
  return { rows, seconds, sums };
}

async function each(client: pg.Client, query: string, take: (row: (string | null)[]) => void): Promise<number> {
  await client.query("begin");
  await client.query(`declare all_rows no scroll cursor for ${query}`);
  let count = 0;
  for (;;) {
    const types = { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig;
    const { rows } = await client.query({ text: `fetch ${ROWS_AT_ONCE} from all_rows`, rowMode: "array", types });
    for (const row of rows as (string | null)[][]) take(row);
    count += rows.length;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await client.query("commit");
  return count;
}
