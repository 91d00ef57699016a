import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import type { NewImportConnection } from "@tributary/contract";
import { type Vault, vaultOf } from "../../../tracking/index.ts";
import { createConnection, listConnections, startFetch } from "../connections.ts";
import { getImport, workOn } from "../service.ts";
import { IMPORTER, type ImportWorld, importWorld, PROGRAM } from "../test-import-world.ts";
import { waitOf } from "./client.ts";
import { type FetchNeeds, fetchInto } from "./fetch.ts";
import { type Platforms, platforms } from "./test-platforms.ts";

let world: ImportWorld;
let outside: Platforms;
let needs: FetchNeeds;
const slept: number[] = [];
const vault: Vault = vaultOf(randomBytes(32));

before(async () => {
  world = await importWorld();
  outside = await platforms();
  const calls = {
    fetch,
    sleep: async (ms: number) => void slept.push(ms),
    now: () => world.ctx.clock.now(),
    bases: outside.bases,
  };
  needs = { vault, calls };
});
after(async () => {
  await outside.close();
  await world.close();
});

async function fetched(vendor: NewImportConnection["vendor"], account = "") {
  const connection = await createConnection(
    world.ctx,
    IMPORTER,
    { programId: PROGRAM, vendor, account, key: "secret" },
    vault,
  );
  const { id } = await startFetch(world.ctx, IMPORTER, { connectionId: connection.id, name: "" });
  await workOn(world.ctx, id, world.needs, { fetch: (work) => fetchInto(work, needs) });
  return await getImport(world.ctx, IMPORTER, id);
}

/** What comes out of each platform's lists, page by page. */
const EXPECTED: readonly (readonly [NewImportConnection["vendor"], string, object])[] = [
  [
    "rewardful",
    "",
    { partner: { create: 120 }, link: { create: 120 }, customer: { create: 1 }, conversion: { create: 1 } },
  ],
  [
    "tapfiliate",
    "",
    {
      partner: { create: 130 },
      parent: { create: 1 },
      link: { create: 130 },
      code: { create: 1 },
      customer: { create: 1 },
      conversion: { create: 1 },
    },
  ],
  ["partnerstack", "public", { partner: { create: 260 }, customer: { create: 1 }, conversion: { create: 1 } }],
  ["impact", "IRsid", { partner: { create: 3 }, code: { create: 1 }, conversion: { create: 1 } }],
  ["dub", "", { partner: { create: 101 }, link: { create: 1 }, customer: { create: 1 } }],
];
for (const [vendor, account, counts] of EXPECTED) {
  test(`${vendor}: all lists are read to their ends, by the credentials and pages of its description`, async () => {
    const detail = await fetched(vendor, account);
    assert.equal(detail.status, "open", detail.failure?.code ?? "");
    assert.equal(detail.vendor, vendor);
    assert.deepEqual(await world.check(detail.id), counts);
  });
}

test("a limit is waited out as long as the platform says, and a key that is not taken is said", async () => {
  slept.length = 0;
  outside.trouble.push({ status: 429, headers: { "retry-after": "7" } }, { status: 503 });
  const detail = await fetched("dub");
  assert.equal(detail.status, "open");
  assert.ok(slept.includes(7000) && slept.includes(2000), slept.join());
  outside.trouble.push({ status: 401 });
  const refused = await fetched("rewardful");
  assert.equal(refused.status, "failed");
  assert.equal(refused.failure?.code, "key_refused");
  assert.equal(refused.failure.details.status, "401");
});

test("a fetch that breaks off goes on behind the last page that was kept", async () => {
  const connection = await createConnection(
    world.ctx,
    IMPORTER,
    { programId: PROGRAM, vendor: "rewardful", key: "secret" },
    vault,
  );
  const { id } = await startFetch(world.ctx, IMPORTER, { connectionId: connection.id, name: "" });
  let pages = 0;
  const dying = {
    ...needs,
    calls: {
      ...needs.calls,
      sleep: async () => {
        pages += 1;
        if (pages === 1) throw new Error("the process dies");
      },
    },
  };
  await assert.rejects(
    workOn(world.ctx, id, world.needs, { fetch: (work) => fetchInto(work, dying) }),
    /the process dies/,
  );
  outside.calls.length = 0;
  await workOn(world.ctx, id, world.needs, { fetch: (work) => fetchInto(work, needs) });
  assert.match(outside.calls[0] ?? "", /affiliates\?.*page=2/);
  const tables = (await getImport(world.ctx, IMPORTER, id)).tables.map((table) => [table.name, table.rows]);
  assert.deepEqual(tables.slice(0, 2), [
    ["affiliates", 120],
    ["affiliates: links", 120],
  ]);
});

test("keys are stored sealed and never shown again", async () => {
  const stored = await world.rows<{ sealed_key: string }>("select sealed_key from integrations.connection");
  assert.ok(stored.length > 0 && stored.every((row) => !row.sealed_key.includes("secret")));
  const shown = JSON.stringify(await listConnections(world.ctx, IMPORTER, { limit: 50 }));
  assert.ok(!shown.includes("secret") && !shown.includes("sealed"));
});

test("how long to wait is read from what the platform sends, in every form", () => {
  const now = new Date("2026-01-01T00:00:00Z");
  const wait = (headers: Record<string, string>) => waitOf(new Response("", { headers }), 1, now);
  assert.equal(wait({ "retry-after": "3" }), 3000);
  assert.equal(wait({ "retry-after": "Thu, 01 Jan 2026 00:00:05 GMT" }), 5000);
  assert.equal(wait({ "x-ratelimit-reset": String(now.getTime() + 4000) }), 4000);
  assert.equal(wait({}), 1000);
  assert.equal(waitOf(new Error("away"), 3, now), 4000);
  assert.equal(wait({ "retry-after": "86400" }), 120_000, "nobody is waited for all day");
});
