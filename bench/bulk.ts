/**
 * A file of partners taken in: read, previewed, made and taken back. By default 100,000 rows with ten columns, half of them new and half of
 * them changes of partners that are there; as CSV, and as a workbook.
 *
 *     node bench/bulk.ts [rows]
 */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import writeSpreadsheet from "write-excel-file/node";
import { createUser, systemActor } from "../server/src/access/index.ts";
import type { Context } from "../server/src/database/index.ts";
import { idSource } from "../server/src/kernel/ids.ts";
import {
  getBulk,
  openBulk,
  startBulkCheck,
  startBulkRun,
  startBulkUndo,
  workOnBulk,
} from "../server/src/partners/bulk/service.ts";
import { createRegion } from "../server/src/programs/index.ts";
import { testDatabase } from "../server/test/harness/index.ts";

const ROWS = Number(process.argv[2] ?? 100_000);
const TARGET_SECONDS = 60;
const HEADER = ["code", "name", "kind", "country", "language", "email", "website", "region", "owner", "tags"];
const KINDS = ["affiliate", "introducing_broker", "network", "influencer"];
const loadBefore = loadavg()[0] ?? 0;

/** @param shift lets the second file change half of the first one and bring as many new ones */
function table(shift: number): string[][] {
  return Array.from({ length: ROWS }, (_, at) => {
    const n = at + shift;
    return [
      ...[`bench-${n}`, `Partner ${n} ${shift}`, KINDS[n % 4] ?? "", ["DE", "ES", "BR", "Poland"][n % 4] ?? "", "en"],
      ...[
        `partner${n}@site${n % 5000}.example`,
        `https://site${n}.example`,
        "latam",
        "kam@bench.example",
        `vip, t${n % 50}`,
      ],
    ];
  });
}

const folder = mkdtempSync(join(tmpdir(), "tributary-bench-"));
const database = await testDatabase();
const ctx: Context = {
  db: database.db,
  clock: { now: () => new Date() },
  ids: idSource(() => new Date(), randomBytes),
};
const actor = systemActor("bench");
let held = true;
try {
  await createRegion(ctx, actor, { code: "latam", name: "Latin America" } as never);
  const grants = [{ role: "key_account_manager", scopeKind: "everything", scopeId: null }] as const;
  await createUser(ctx, actor, {
    email: "kam@bench.example",
    name: "Kam",
    password: "correct horse battery",
    partnerId: null,
    grants,
  } as never);
  const csv = join(folder, "first.csv");
  writeFileSync(csv, [HEADER, ...table(0)].map((row) => row.map((cell) => `"${cell}"`).join(";")).join("\r\n"));
  await measured(`${ROWS} new partners, CSV`, csv, false);
  const book = join(folder, "second.xlsx");
  await writeSpreadsheet(
    [HEADER, ...table(ROWS / 2)].map((row) => row.map((value) => ({ value, type: String }))) as never,
  ).toFile(book);
  await measured(`${ROWS / 2} new, ${ROWS / 2} changed, XLSX`, book, true);
} finally {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  `Load when it began: ${loadBefore.toFixed(2)}, ${cpus().length} processors. ${held ? "Held." : "NOT held."}`,
);
process.exitCode = held ? 0 : 1;

async function measured(what: string, path: string, undo: boolean): Promise<void> {
  const seconds: Record<string, number> = {};
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const begin = performance.now();
    const result = await work();
    seconds[name] = (performance.now() - begin) / 1000;
    return result;
  };
  const { id } = await timed("read", () => openBulk(ctx, actor, { path, name: path }, "partner"));
  await startBulkCheck(ctx, actor, id);
  await timed("preview", () => workOnBulk(ctx, id));
  await startBulkRun(ctx, actor, id);
  await timed("make", () => workOnBulk(ctx, id));
  const { counts, status, failure } = await getBulk(ctx, actor, id);
  const total = Object.values(seconds).reduce((sum, one) => sum + one, 0);
  if (undo) {
    await startBulkUndo(ctx, actor, id);
    await timed("undo", () => workOnBulk(ctx, id));
  }
  held &&= status === "done" && total < TARGET_SECONDS;
  const parts = Object.entries(seconds).map(([name, time]) => `${name} ${time.toFixed(1)} s`);
  console.log(
    `${what}: ${parts.join(", ")}; read to made ${total.toFixed(1)} s (target ${TARGET_SECONDS} s); ${JSON.stringify(counts)} ${failure ?? ""}`,
  );
}
