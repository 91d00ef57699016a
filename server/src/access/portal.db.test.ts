import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import pg from "pg";
import { emptyDatabase, type TestDatabase, testClock, testDatabase } from "../../test/harness/index.ts";
import { type Context, migratePostgres } from "../database/index.ts";
import { idSource } from "../kernel/ids.ts";
import { asPartner } from "./index.ts";

describe("row-level security behind a partner's request", () => {
  let database: TestDatabase;
  let ctx: Context;
  const clock = testClock("2026-03-01T10:00:00Z");
  const ids = idSource(() => clock.now(), randomBytes);
  const [mine, theirs] = [ids.next("prt"), ids.next("prt")];
  before(async () => {
    database = await testDatabase();
    ctx = { db: database.db, clock, ids };
    for (const id of [mine, theirs]) {
      await ctx.db
        .insertInto("partners.partner")
        .values({
          partner_id: id,
          code: id.replace("_", "-"),
          name: id,
          kind: "affiliate",
          status: "active",
          created_at: clock.now(),
        })
        .execute();
    }
  });
  after(() => database.close());

  const partnersSeen = async (db: Context["db"]) =>
    (await db.selectFrom("partners.partner").select("partner_id").execute()).map((row) => row.partner_id);

  it("shows one partner only, on one connection after the other", async () => {
    const narrowed = asPartner(database.pool, ctx, mine);
    const all = await Promise.all(Array.from({ length: 30 }, () => partnersSeen(narrowed.db)));
    assert.ok(all.every((seen) => seen.length === 1 && seen[0] === mine));
  });

  it("holds in a transaction, and is gone when the connection is given back", async () => {
    const narrowed = asPartner(database.pool, ctx, mine);
    await narrowed.db.transaction().execute(async (tx) => assert.deepEqual(await partnersSeen(tx), [mine]));
    await assert.rejects(
      narrowed.db.transaction().execute(async (tx) => {
        await sql`select 1 / 0`.execute(tx);
      }),
      /division by zero/,
    );
    for (let n = 0; n < 12; n++) assert.equal((await partnersSeen(ctx.db)).length, 2);
    const { rows } = await database.pool.query(
      "select current_user as who, current_setting('tributary.partner_id', true) as partner",
    );
    assert.notEqual(rows[0].who, "tributary_portal");
    assert.ok(!rows[0].partner);
  });

  it("neither changes nor adds rows of another partner", async () => {
    const { db } = asPartner(database.pool, ctx, mine);
    const changed = await db
      .updateTable("partners.partner")
      .set({ email: "x@x.example" })
      .where("partner_id", "=", theirs)
      .executeTakeFirst();
    assert.equal(changed.numUpdatedRows, 0n);
    await assert.rejects(db.updateTable("partners.partner").set({ status: "active" }).execute(), /permission denied/);
    const contact = {
      contact_id: ids.next("cnt"),
      partner_id: theirs,
      name: "X",
      email: "x@x.example",
      created_at: clock.now(),
    };
    await assert.rejects(db.insertInto("partners.contact").values(contact).execute(), /row-level security/);
  });

  it("sees nothing at all without a partner", async () => {
    const client = await database.pool.connect();
    try {
      await client.query("set role tributary_portal");
      assert.equal((await client.query("select count(*)::int as n from partners.partner")).rows[0].n, 0);
      await client.query("reset role");
    } finally {
      client.release();
    }
  });

  it("takes an id of the right form only", () => {
    assert.throws(() => asPartner(database.pool, ctx, "prt_x'; reset role; --"), /is not a partner's id/);
  });

  it("stands on every table that the role may touch", async () => {
    const { rows } = await database.pool.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not c.relrowsecurity and n.nspname not in ('pg_catalog', 'information_schema')
          and has_any_column_privilege('tributary_portal', c.oid, 'select, insert, update, references')`,
    );
    assert.deepEqual(
      rows.map((row) => row.name),
      [],
    );
  });

  it("closes secrets and the inner tables to the role altogether", async () => {
    const { db } = asPartner(database.pool, ctx, mine);
    for (const table of [
      "access.account",
      "access.verification",
      "access.idempotency",
      "tracking.event_source",
      "intake.cursor",
    ]) {
      await assert.rejects(sql`select * from ${sql.table(table)}`.execute(db), /permission denied/, table);
    }
    await assert.rejects(sql`select token from access.session`.execute(db), /permission denied/);
    await assert.rejects(sql`select * from audit.entry`.execute(db), /permission denied/);
  });
});

describe("a database user that is no superuser", () => {
  it("is told what the administrator has to run, and works afterwards", async () => {
    const empty = await emptyDatabase();
    const admin = new pg.Client({ connectionString: empty.url });
    await admin.connect();
    const name = `plain_${randomBytes(6).toString("hex")}`;
    try {
      // The role may be there already: other databases of this server use it too.
      await admin.query(
        `do $$ begin create role tributary_portal nologin; exception when duplicate_object or unique_violation then null; end $$`,
      );
      await admin.query(`create role ${name} login password 'plain'`);
      await admin.query(`do $$ begin execute format('alter database %I owner to ${name}', current_database()); end $$`);
      const url = empty.url.replace(/\/\/[^@]*@/, `//${name}:plain@`);
      await assert.rejects(migratePostgres(url), /grant tributary_portal to plain_/);
      await admin.query(`grant tributary_portal to ${name}`);
      await migratePostgres(url);
      const pool = new pg.Pool({ connectionString: url, max: 1 });
      try {
        const ctx = {
          db: undefined as never,
          clock: testClock("2026-01-01T00:00:00Z"),
          ids: idSource(() => new Date(0), randomBytes),
        };
        const narrowed = asPartner(pool, ctx, ctx.ids.next("prt"));
        assert.deepEqual(await narrowed.db.selectFrom("partners.partner").selectAll().execute(), []);
      } finally {
        await pool.end();
      }
    } finally {
      await admin.end();
      await empty.close();
    }
  });
});
