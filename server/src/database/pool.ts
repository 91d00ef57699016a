import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { CopyingClient } from "./copy.ts";
import type { Db } from "./db.ts";
import { array as postgresArray } from "./postgres-array.ts";
import type { Schema } from "./schema.ts";

export type Database = {
  readonly db: Db;
  readonly pool: pg.Pool;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  /** Connection string; a socket folder is given as `?host=/folder`. */
  readonly url: string;
  /** Most connections at a time; 10 when not given. */
  readonly max?: number;
  /** Shown in pg_stat_activity, so that an operator sees which process holds what. */
  readonly name?: string;
  /** A lost idle connection: the pool replaces it, this only tells. */
  readonly onError?: (error: Error) => void;
};

const INT8 = 20;
const DATE = 1082;
const TIMESTAMP = 1114;
const NUMERIC = 1700;
const INT8_ARRAY = 1016;
const DATE_ARRAY = 1182;
const NUMERIC_ARRAY = 1231;

type Parser = (text: string) => unknown;

const asText: Parser = (text) => text;
const parsers: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [INT8, BigInt],
  [NUMERIC, asText],
  [DATE, asText],
  [TIMESTAMP, asText],
  [INT8_ARRAY, (text) => postgresArray(text, BigInt)],
  [NUMERIC_ARRAY, (text) => postgresArray(text, asText)],
  [DATE_ARRAY, (text) => postgresArray(text, asText)],
]);

/** How values come back: int8 → bigint, numeric → string, date → 'YYYY-MM-DD', timestamptz → Date; also inside arrays. */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format as "text")) as pg.CustomTypesConfig["getTypeParser"],
};

/** Opens a pool and the query builder over it. Nothing connects before the first query. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    Client: CopyingClient,
    connectionString: options.url,
    max: options.max ?? 10,
    application_name: options.name ?? "tributary",
    types: valueTypes,
    options: "-c timezone=UTC",
  });
  let closing = false;
  pool.on("error", (error) => {
    if (!closing) options.onError?.(error);
  });
  // A connection that breaks while it is lent out fails its query, which tells the borrower; unheard, the event would end the process.
  pool.on("connect", (client) => void client.on("error", () => undefined));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    pool,
    close: async () => {
      closing = true;
      await db.destroy();
    },
  };
}
