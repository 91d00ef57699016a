import { Readable } from "node:stream";
import type { Analytics } from "../../database/index.ts";

export interface InsertOptions {
  /** An insert with a token that the table remembers does nothing: the same batch sent twice counts once. */
  readonly token?: string;
  /** Shown in system.processes, where a restarted shipper looks for inserts that still run. */
  readonly queryId?: string;
}

/**
 * Sends rows in RowBinary and resolves once they are stored.
 * @param table of this deployment's analytics; never from outside input
 */
export async function insertRows(
  analytics: Analytics,
  table: string,
  columns: readonly string[],
  bytes: Uint8Array,
  options: InsertOptions = {},
): Promise<void> {
  const result = await analytics.exec({
    query: `INSERT INTO ${table} (${columns.join(", ")}) FORMAT RowBinary`,
    values: Readable.from([bytes], { objectMode: false }),
    clickhouse_settings: {
      async_insert: 0,
      // The batch is one block: it is stored whole or not at all (per month it touches).
      max_insert_block_size: "1000000",
      min_insert_block_size_rows: "1000000",
      min_insert_block_size_bytes: "1000000000",
      ...(options.token === undefined ? {} : { insert_deduplication_token: options.token }),
    },
    ...(options.queryId === undefined ? {} : { query_id: options.queryId }),
  });
  for await (const _ of result.stream) {
    // An insert answers nothing; the stream has to be read to its end for the connection to be free again.
  }
}
