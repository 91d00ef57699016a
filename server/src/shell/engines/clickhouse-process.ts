/**
 * The ClickHouse engine in a process of its own: its memory and its processor time stay apart from the click path.
 * Started by clickhouse-engine.ts; ends when its parent does.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { ClickhouseConnections } from "./clickhouse-connections.ts";
import { clickhouseHttp } from "./clickhouse-http.ts";
import { watchSpareCores } from "./spare-cores.ts";

export type ClickhouseProcessOptions = {
  readonly directory: string;
  readonly user: string;
  readonly password: string;
  readonly port: number;
  readonly memoryBytes: number;
  readonly durable: boolean;
  readonly readers: number;
};
export type ClickhouseProcessMessage = { readonly ready: number } | { readonly failed: string };

/** The slowest report there is takes seconds; a large export to a slow reader takes minutes. */
const READ_SECONDS = 600;

function run(options: ClickhouseProcessOptions): void {
  // Before the engine opens: its threads inherit the low priority, so that a report never outruns a click.
  standBack();
  const uploads = join(options.directory, "uploads");
  rmSync(uploads, { recursive: true, force: true });
  mkdirSync(uploads, { recursive: true, mode: 0o700 });
  const configFile = join(options.directory, "config.xml");
  writeFileSync(configFile, configuration(options), { mode: 0o600 });
  const connections = new ClickhouseConnections({
    directory: join(options.directory, "store"),
    configFile,
    readers: options.readers,
    readSeconds: READ_SECONDS,
    readThreads: watchSpareCores(),
    base: {
      async_insert: "0",
      max_threads: "2",
      // Parameters travel in a SET: a portfolio of ten thousand partners makes a long one.
      max_query_size: "33554432",
      max_memory_usage: String(Math.floor(options.memoryBytes * 0.7)),
    },
  });
  const server = clickhouseHttp({ connections, user: options.user, password: options.password, uploads });
  server.on("error", (error) => {
    tell({ failed: error.message });
    process.exit(1);
  });
  server.listen(options.port, "127.0.0.1", () => tell({ ready: (server.address() as AddressInfo).port }));
  const stop = (): void => {
    server.close(() => {
      connections.close();
      process.exit(0);
    });
    server.closeIdleConnections();
    // A report that runs on for minutes does not keep the program from ending: it only reads. A plain exit would wait for it.
    setTimeout(() => process.kill(process.pid, "SIGKILL"), 5_000).unref();
  };
  process.on("message", (message) => {
    if (message === "stop") stop();
  });
  process.on("disconnect", stop);
}

/**
 * Low priority, twice: where Linux schedules by session (autogroup), a process's own priority counts only against its session, and
 * PostgreSQL, which every click waits for, is in another one. Not the lowest: on a machine that is busy with clicks for hours, the
 * engine would hardly get on with storing them.
 */
function standBack(): void {
  const { PRIORITY_BELOW_NORMAL } = constants.priority;
  setPriority(PRIORITY_BELOW_NORMAL);
  try {
    writeFileSync("/proc/self/autogroup", String(PRIORITY_BELOW_NORMAL));
  } catch {
    // Not Linux, or a container whose processor time is shared out otherwise: then the priority above counts.
  }
}

/** Merges and caches fit a small machine: the engine stands in the same one as everything else. */
function configuration(options: ClickhouseProcessOptions): string {
  const sync = options.durable ? 1 : 0;
  return `<clickhouse>
  <logger><level>none</level></logger>
  <timezone>UTC</timezone>
  <max_server_memory_usage>${options.memoryBytes}</max_server_memory_usage>
  <mark_cache_size>134217728</mark_cache_size>
  <index_mark_cache_size>16777216</index_mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <max_thread_pool_size>200</max_thread_pool_size>
  <merge_tree>
    <fsync_after_insert>${sync}</fsync_after_insert>
    <fsync_part_directory>${sync}</fsync_part_directory>
  </merge_tree>
</clickhouse>
`;
}

function tell(message: ClickhouseProcessMessage): void {
  process.send?.(message);
}

// Ctrl-C reaches the whole process group; the parent decides when the engine ends.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);
process.once("message", (options) => {
  try {
    run(options as ClickhouseProcessOptions);
  } catch (error) {
    tell({ failed: (error as Error).message });
    process.exit(1);
  }
});
