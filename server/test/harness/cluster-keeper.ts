/**
 * Owns the one PostgreSQL cluster that all test processes share: a detached process that starts it, tells its address to whoever
 * connects, and ends it with its folder when nobody has been connected for a while. Started by `cluster.ts`, never by hand.
 */
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { startPostgres } from "../../src/shell/engines/postgres-engine.ts";
import { isLock, takeLock } from "../../src/shell/lock-file.ts";

const IDLE_MS = 20_000;
/** Nobody copies this cluster, and its databases live for seconds: cleaning hundreds of them up costs a core and helps nobody. */
const SETTINGS = {
  autovacuum: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  // It may lie in memory.
  min_wal_size: "80MB",
  max_wal_size: "512MB",
};

async function keep(folder: string): Promise<void> {
  const lock = takeLock(`${folder}.lock`, "test cluster");
  if (!isLock(lock)) return;
  process.on("SIGINT", () => undefined);
  const engine = await startPostgres({ directory: folder, durable: false, maxConnections: 300, settings: SETTINGS });
  const socket = join(folder, "keeper.sock");
  rmSync(socket, { force: true });
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    server.close();
    rmSync(socket, { force: true });
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
    rmSync(`${folder}.log`, { force: true });
    lock.release();
    process.exit(0);
  };
  let users = 0;
  let idle = setTimeout(end, IDLE_MS);
  const server = createServer((connection) => {
    users += 1;
    clearTimeout(idle);
    connection.write(`${engine.urlOf("postgres")}\n`);
    connection.on("error", () => undefined);
    connection.on("data", () => undefined);
    connection.on("close", () => {
      users -= 1;
      if (users === 0) idle = setTimeout(end, IDLE_MS);
    });
  });
  server.listen(socket);
  process.on("SIGTERM", end);
  void engine.exited.then(() => end());
}

await keep(process.argv[2] ?? "");
