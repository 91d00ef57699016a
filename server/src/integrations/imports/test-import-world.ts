import { randomBytes } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Import, ImportDetail, ImportMapping, ImportRecord, ImportVendor } from "@tributary/contract";
import { sql } from "kysely";
import { type TestDatabase, testClock, testDatabase } from "../../../test/harness/index.ts";
import { systemActor } from "../../access/index.ts";
import type { Context } from "../../database/index.ts";
import { idSource } from "../../kernel/ids.ts";
import { customerSurroundings } from "../../shell/customers.ts";
import { openPipeline } from "../../shell/pipeline.ts";
import { clickIdsOf, openIntakeLog } from "../../tracking/index.ts";
import type { ImportNeeds } from "./contracts.ts";
import {
  addFile,
  changeMapping,
  createImport,
  listRecords,
  startCheck,
  startRun,
  startUndo,
  workOn,
} from "./service.ts";

export const PROGRAM = "prg_a";
export const IMPORTER = systemActor("import");

/** A database with one program and one offer, into which a test imports files as an operator does. */
export interface ImportWorld {
  readonly database: TestDatabase;
  readonly ctx: Context;
  readonly needs: ImportNeeds;
  /** Writes a file and gives its path. */
  file(name: string, content: string | Buffer): string;
  /** Opens an import of these files. */
  open(files: Readonly<Record<string, string | Buffer>>, vendor?: ImportVendor): Promise<ImportDetail>;
  check(id: string): Promise<Import["counts"]>;
  /** Dry run and run. */
  run(id: string): Promise<Import["counts"]>;
  /** All of it: open, dry run, run, and the events that came of it decided. */
  whole(
    files: Readonly<Record<string, string | Buffer>>,
    vendor?: ImportVendor,
    more?: Partial<ImportMapping>,
  ): Promise<{ id: string; counts: Import["counts"] }>;
  undo(id: string): Promise<void>;
  records(id: string, action?: ImportRecord["action"]): Promise<readonly ImportRecord[]>;
  drain(): Promise<void>;
  rows<T extends object>(text: string): Promise<T[]>;
  close(): Promise<void>;
}

async function sampleProgram(ctx: Context): Promise<void> {
  await sql`insert into programs.program (program_id, code, name, status, time_zone, currency, fallback_url, tracking_domain, created_at) values
    ('prg_a', 'alpha', 'Alpha', 'active', 'Europe/Madrid', 'EUR', 'https://a.example', 'go.a.example', now())`.execute(
    ctx.db,
  );
  await sql`insert into programs.offer (offer_id, program_id, code, name, status, landing_url, allowed_hosts, created_at) values
    ('ofr_a', 'prg_a', 'main', 'Main', 'active', 'https://a.example/?c={click_id}', '{a.example}', now())`.execute(
    ctx.db,
  );
}

async function recordsOf(ctx: Context, id: string, action?: ImportRecord["action"]): Promise<readonly ImportRecord[]> {
  const asked = { limit: 500, language: "en" as const, ...(action === undefined ? {} : { action: [action] }) };
  return (await listRecords(ctx, IMPORTER, id, asked)).rows;
}

export async function importWorld(): Promise<ImportWorld> {
  const database = await testDatabase();
  const clock = testClock("2026-03-31T12:00:00Z");
  const ctx: Context = { db: database.db, clock, ids: idSource(clock.now, (count) => randomBytes(count)) };
  await sampleProgram(ctx);
  const folder = mkdtempSync(join(tmpdir(), "tributary-imports-"));
  const pipeline = openPipeline({ db: database.db, clock, clickIds: clickIdsOf([randomBytes(32)]) });
  const needs: ImportNeeds = {
    moved: customerSurroundings.moved,
    openLog: () => openIntakeLog({ pool: database.pool, clock, writer: "import test" }),
  };
  const world: ImportWorld = {
    database,
    ctx,
    needs,
    file(name, content) {
      const path = join(folder, `${randomBytes(4).toString("hex")}-${name}`);
      writeFileSync(path, content);
      return path;
    },
    async open(files, vendor) {
      const { id } = await createImport(ctx, IMPORTER, {
        programId: PROGRAM,
        ...(vendor === undefined ? {} : { vendor }),
      });
      let detail: ImportDetail | undefined;
      for (const [name, content] of Object.entries(files))
        detail = await addFile(ctx, IMPORTER, id, { path: world.file(name, content), name }, vendor);
      if (detail === undefined) throw new Error("an import needs a file");
      return detail;
    },
    async check(id) {
      await startCheck(ctx, IMPORTER, id);
      return (await workOn(ctx, id, needs))?.counts ?? {};
    },
    async run(id) {
      await world.check(id);
      await startRun(ctx, IMPORTER, id);
      return (await workOn(ctx, id, needs))?.counts ?? {};
    },
    async whole(files, vendor, more) {
      const detail = await world.open(files, vendor);
      if (more !== undefined)
        await changeMapping(ctx, IMPORTER, detail.id, {
          revision: detail.revision,
          mapping: { ...detail.mapping, ...more },
        });
      const counts = await world.run(detail.id);
      await world.drain();
      return { id: detail.id, counts };
    },
    async undo(id) {
      await startUndo(ctx, IMPORTER, id, needs);
      await workOn(ctx, id, needs);
      await world.drain();
    },
    records: (id, action) => recordsOf(ctx, id, action),
    drain: async () => {
      await pipeline.drain();
    },
    rows: async <T extends object>(text: string) => (await database.pool.query<T>(text)).rows,
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return world;
}
