import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Refusal } from "../../kernel/refusal.ts";
import { type ImportWorld, importWorld } from "./test-import-world.ts";

let world: ImportWorld;
before(async () => {
  world = await importWorld();
});
after(() => world.close());

/** The objects of developers.rewardful.com, with two affiliates, a customer and a sale. */
const AFFILIATES = JSON.stringify({
  pagination: { current_page: 1, next_page: null, count: 2, limit: 25, total_pages: 1, total_count: 2 },
  data: [
    affiliate("aff_1", "Jane", "Café", "jane@blog.example", "active", "jane"),
    affiliate("aff_2", "Adam", "Bell", "adam@news.example", "disabled", "adam"),
  ],
});

function affiliate(id: string, first: string, last: string, email: string, state: string, token: string): object {
  const links = [
    { id: `lnk-${token}`, url: `https://www.a.example/?via=${token}`, token, visitors: 5, leads: 1, conversions: 1 },
  ];
  return {
    id,
    first_name: first,
    last_name: last,
    email,
    state,
    created_at: "2024-05-05T18:25:30.000Z",
    visitors: 5,
    leads: 1,
    conversions: 1,
    confirmed_at: null,
    links,
  };
}

const REFERRALS = JSON.stringify({
  pagination: { next_page: null },
  data: [
    {
      id: "ref_1",
      conversion_state: "conversion",
      stripe_customer_id: "cus_ABC",
      became_lead_at: "2025-01-10T23:30:00Z",
      became_conversion_at: "2025-01-12T10:00:00Z",
      created_at: "2025-01-01T00:00:00Z",
      visits: 3,
      link: { id: "lnk-jane", token: "jane" },
      affiliate: { id: "aff_1", first_name: "Jane", last_name: "Café", email: "jane@blog.example" },
    },
  ],
});

const COMMISSIONS = JSON.stringify({
  data: [commission("com_1", "sale_1", "paid", 1999), commission("com_2", "sale_2", "voided", 5000)],
});

function commission(id: string, saleId: string, state: string, cents: number): object {
  const sale = {
    id: saleId,
    currency: "EUR",
    charged_at: "2025-01-12T10:00:05Z",
    sale_amount_cents: cents,
    referral: { id: "ref_1", stripe_customer_id: "cus_ABC" },
  };
  return {
    id,
    state,
    amount: 400,
    currency: "EUR",
    due_at: null,
    affiliate: { id: "aff_1", email: "jane@blog.example" },
    sale,
  };
}

const FILES = { "affiliates.json": AFFILIATES, "referrals.json": REFERRALS, "commissions.json": COMMISSIONS };
let first: string;

test("a program of Rewardful comes over: partners, links at their old addresses, customers with their binding, sales", async () => {
  const detail = await world.open(FILES);
  assert.equal(detail.vendor, "rewardful");
  assert.deepEqual(
    detail.tables.map((table) => [table.name, table.recognised?.shape, table.rows]),
    [
      ["affiliates", "affiliates", 2],
      ["affiliates: links", "links", 2],
      ["referrals", "referrals", 1],
      ["commissions", "commissions", 2],
    ],
  );
  assert.deepEqual(detail.questions, []);
  first = detail.id;
  assert.deepEqual(await world.run(first), {
    partner: { create: 2 },
    link: { create: 2 },
    customer: { create: 1 },
    conversion: { create: 1, skip: 1 },
  });
  await world.drain();
  const partners = await world.rows("select code, name, email, status from partners.partner order by code");
  assert.deepEqual(partners, [
    { code: "adam-bell", name: "Adam Bell", email: "adam@news.example", status: "paused" },
    { code: "jane-cafe", name: "Jane Café", email: "jane@blog.example", status: "active" },
  ]);
  const aliases = await world.rows("select host, match_key, vendor from tracking.link_alias order by match_key");
  assert.deepEqual(aliases, [
    { host: "www.a.example", match_key: "/?via=adam", vendor: "rewardful" },
    { host: "www.a.example", match_key: "/?via=jane", vendor: "rewardful" },
  ]);
  const customers =
    await world.rows(`select customer_ref, p.code, c.reason, by_hand, owned_from::text, link_id is not null as linked
    from attribution.customer c join partners.partner p using (partner_id)`);
  assert.deepEqual(customers, [
    {
      customer_ref: "cus_ABC",
      code: "jane-cafe",
      reason: "manual",
      by_hand: true,
      owned_from: "2025-01-11",
      linked: true,
    },
  ]);
  const events = await world.rows(
    "select type, external_id, measures, p.code from tracking.event e join partners.partner p using (partner_id)",
  );
  assert.deepEqual(events, [{ type: "sale", external_id: "sale_1", measures: { sale: "1999" }, code: "jane-cafe" }]);
});

test("the same files again make nothing", async () => {
  const again = await world.whole(FILES);
  assert.deepEqual(again.counts, {
    partner: { same: 2 },
    link: { same: 2 },
    customer: { same: 1 },
    conversion: { same: 1, skip: 1 },
  });
  const [count] = await world.rows<{ count: string }>("select count(*) from partners.partner");
  assert.equal(Number(count?.count), 2);
});

test("changed rows are shown as changes, and only what the file changed is changed", async () => {
  await world.rows("update partners.partner set website = 'https://kept.example' where code = 'jane-cafe'");
  const changed = AFFILIATES.replace("jane@blog.example", "jane@new.example").replace('"disabled"', '"active"');
  const { id, counts } = await world.whole({ "affiliates.json": changed });
  assert.deepEqual(counts, { partner: { change: 2 }, link: { same: 2 } });
  const records = await world.records(id, "change");
  assert.deepEqual(
    records.map((one) => one.changes),
    [
      [{ field: "email", before: "jane@blog.example", after: "jane@new.example" }],
      [{ field: "status", before: "paused", after: "active" }],
    ],
  );
  const partners = await world.rows("select code, email, website, status from partners.partner order by code");
  assert.deepEqual(partners, [
    { code: "adam-bell", email: "adam@news.example", website: "", status: "active" },
    { code: "jane-cafe", email: "jane@new.example", website: "https://kept.example", status: "active" },
  ]);
  await world.undo(id);
  const back = await world.rows("select code, email, status from partners.partner order by code");
  assert.deepEqual(back, [
    { code: "adam-bell", email: "adam@news.example", status: "paused" },
    { code: "jane-cafe", email: "jane@blog.example", status: "active" },
  ]);
});

test("an undo is refused as long as something stands on the import, and says what", async () => {
  await world.rows(`insert into commissions.line (line_key, version, partner_id, program_id, agreement_version_id, component, subject_kind, subject_id,
      month, booked_month, earned_on, currency, amount_minor, difference_minor, working, working_hash, calculated_at)
    select 'k', 1, partner_id, program_id, 'agv_x', 'c', 'customer', customer_id::text, '2025-01-01', '2025-01-01', '2025-01-12', 'EUR', 100, 100, '{}', 'x', now()
    from attribution.customer`);
  await assert.rejects(world.undo(first), (error: unknown) => {
    assert.ok(error instanceof Refusal);
    assert.equal(error.code, "wrong_state");
    assert.deepEqual(
      error.complaints.map(({ value, message }) => [value, message]),
      [
        ["1", "customers have commission lines"],
        ["1", "partners have commission lines"],
      ],
    );
    return true;
  });
  const [partner] = await world.rows<{ status: string }>(
    "select status from partners.partner where code = 'jane-cafe'",
  );
  assert.equal(partner?.status, "active", "nothing was touched");
});
