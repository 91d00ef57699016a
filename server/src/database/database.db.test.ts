import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { type TestDatabase, testDatabase } from "../../test/harness/index.ts";
import { copyRows, copyRowsInTransaction } from "./copy.ts";
import { copyBinaryInTransaction } from "./copy-binary.ts";
import { inTransaction } from "./transaction.ts";

describe("the PostgreSQL pool", () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
    await database.pool.query("create schema probe");
    await database.pool.query(
      "create table probe.row (id bigint primary key, text text, at timestamptz, bytes bytea, doc jsonb)",
    );
  });
  after(() => database.close());

  it("reads exact values exactly", async () => {
    const { rows } = await database.pool.query(
      `select 9223372036854775807::int8 as big, 0.10::numeric as exact, date '2026-02-28' as day,
              array[1,null]::int8[] as bigs, timestamptz '2026-01-01T00:00:00Z' as at, array[date '2026-01-02'] as days`,
    );
    assert.deepEqual(rows[0], {
      big: 9223372036854775807n,
      exact: "0.10",
      day: "2026-02-28",
      bigs: [1n, null],
      at: new Date("2026-01-01T00:00:00Z"),
      days: ["2026-01-02"],
    });
  });

  it("copies every character, byte and null", async () => {
    const hard = "tab\t line\n return\r slash\\ \\N ünïcödé 𝄞 '\"";
    const client = await database.pool.connect();
    try {
      const at = new Date("2026-03-01T12:34:56.789Z");
      const row = [1n, hard, at, Buffer.from([0, 1, 255]), { a: [hard] }] as const;
      assert.equal(
        await copyRows(client, "probe.row", ["id", "text", "at", "bytes", "doc"], [row, [2, null, null, null, null]]),
        2,
      );
      const { rows } = await client.query("select * from probe.row order by id");
      assert.deepEqual(rows[0], { id: 1n, text: hard, at, bytes: Buffer.from([0, 1, 255]), doc: { a: [hard] } });
      assert.equal(rows[1].text, null);
      await assert.rejects(copyRows(client, "probe.row", ["id"], [[1n]]), /duplicate key/);
      assert.equal(
        (await client.query("select 1 as one")).rows[0].one,
        1,
        "the connection is usable after a refused copy",
      );
    } finally {
      client.release();
    }
  });

  it("copies inside a transaction of the query builder, and rolls back with it", async () => {
    await assert.rejects(
      inTransaction(database.db, async (tx) => {
        assert.equal(await copyRowsInTransaction(tx, "probe.row", ["id"], [[10n], [11n]]), 2);
        throw new Error("no");
      }),
      /no/,
    );
    const { rows } = await sql<{ n: bigint }>`select count(*) as n from probe.row where id >= 10`.execute(database.db);
    assert.equal(rows[0]?.n, 0n);
  });

  it("copies the same in binary, whatever the size of a value", async () => {
    await database.pool.query(
      "create table probe.typed (id bigint, n int, text text, yes boolean, at timestamptz, day date, doc jsonb)",
    );
    const columns = [["id", "int8"], ["n", "int4"], ["text", "text"], ["yes", "boolean"], ["at", "timestamptz"], ["day", "date"], ["doc", "jsonb"]] as const; // biome-ignore format: a table
    const at = new Date("2026-03-01T12:34:56.789Z");
    const old = new Date("1969-07-20T20:17:40.001Z");
    const rows = [
      [1n, -2_147_483_648, "tab\t \\N ünïcödé 𝄞", true, at, "2026-03-01", { a: ["ü"] }],
      [-9_223_372_036_854_775_808n, 7, "", false, old, "1969-07-20", {}],
      [9_223_372_036_854_775_807n, null, "𝄞".repeat(200_000), null, null, null, null],
      ...Array.from({ length: 5_000 }, (_, i) => [BigInt(i) - 2_500n, i, `row ${i}`, null, at.getTime(), null, [i]]),
    ];
    const copied = await inTransaction(database.db, (tx) => copyBinaryInTransaction(tx, "probe.typed", columns, rows));
    assert.equal(copied, rows.length);
    const stored = await database.pool.query({ text: "select * from probe.typed", rowMode: "array" });
    const given = rows.map((row) =>
      row.map((value, index) => (index === 4 && value !== null ? new Date(value as number) : value)),
    );
    assert.deepEqual(stored.rows, given);
  });

  it("repeats a transaction that PostgreSQL could not serialize", async () => {
    await database.pool.query("create table probe.counter as select 0 as n");
    const bump = () =>
      inTransaction(
        database.db,
        async (tx) => {
          const { rows } = await sql<{ n: number }>`select n from probe.counter`.execute(tx);
          await sql`update probe.counter set n = ${(rows[0]?.n ?? 0) + 1}`.execute(tx);
        },
        { isolation: "serializable", attempts: 10 },
      );
    await Promise.all([bump(), bump(), bump(), bump()]);
    assert.equal((await database.pool.query("select n from probe.counter")).rows[0].n, 4);
  });
});
