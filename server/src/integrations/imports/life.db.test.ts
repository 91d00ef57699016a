import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { Refusal } from "../../kernel/refusal.ts";
import { changeMapping, startCheck } from "./service.ts";
import { IMPORTER, type ImportWorld, importWorld } from "./test-import-world.ts";

let world: ImportWorld;
before(async () => {
  world = await importWorld();
});
after(() => world.close());

const PARTNERS =
  "partner_id;name;email;status;parent_id\nA;Alpha Media;alpha@x.example;active;\nB;Beta;beta@x.example;paused;A\nC;Gamma;gamma@x.example;pending;\n";
const LINKS =
  "link_id,partner_id,tracking_url,name\nL1,A,https://n.go2cloud.org/aff_c?offer_id=1&aff_id=2,Home\nL2,Z,https://n.go2cloud.org/aff_c?offer_id=1&aff_id=9,Nobody's\n";
const CODES = "code,partner_id,valid_from\nSUMMER,A,2025-01-01\nbad code!,A,2025-01-01\n";
const CUSTOMERS = "customer_id,partner_id,since\nK1,A,2025-01-05\nK2,A,2025-01-06\n";
const SALES =
  'order_id,customer_id,partner_id,date,amount\nS1,K1,A,03/04/2024,"1.234,56"\nS2,K3,A,05/06/2024,"10,00"\n';
const FILES = {
  "partners.csv": PARTNERS,
  "links.csv": LINKS,
  "codes.csv": CODES,
  "customers.csv": CUSTOMERS,
  "sales.csv": SALES,
};

async function state(): Promise<object> {
  const partners = await world.rows(
    "select code, status, parent_partner_id is not null as below from partners.partner order by code",
  );
  const links = await world.rows(
    "select l.name, l.status, count(a.*)::int as aliases from tracking.link l left join tracking.link_alias a using (link_id) group by 1, 2",
  );
  const customers = await world.rows(
    "select customer_ref, partner_id is not null as owned from attribution.customer order by 1",
  );
  const events = await world.rows(
    "select external_id, measures->>'sale' as sale from tracking.event where superseded_by is null and not void order by 1",
  );
  return { partners, links, customers, events };
}

let first: string;

test("what the data do not say is asked, and nothing is made before it is answered", async () => {
  const detail = await world.open(FILES);
  assert.deepEqual(
    detail.questions.map((one) => [one.code, one.table, one.samples]),
    [["day_order", "sales", ["03/04/2024", "05/06/2024"]]],
  );
  await assert.rejects(
    startCheck(world.ctx, IMPORTER, detail.id),
    (error: unknown) => error instanceof Refusal && error.code === "wrong_state",
  );
  const tables = detail.mapping.tables.map((table) =>
    table.table === "sales" ? { ...table, dayOrder: "mdy" as const } : table,
  );
  const answered = await changeMapping(world.ctx, IMPORTER, detail.id, {
    revision: detail.revision,
    mapping: { ...detail.mapping, tables },
  });
  assert.deepEqual(answered.questions, []);
  first = detail.id;
});

test("rows that cannot be taken are refused with line, field, value, reason and way out; the others are made", async () => {
  assert.deepEqual(await world.run(first), {
    partner: { create: 3 },
    parent: { create: 1 },
    link: { create: 1, refuse: 1 },
    code: { create: 1, refuse: 1 },
    customer: { create: 2 },
    conversion: { create: 2 },
  });
  await world.drain();
  const refusals = (await world.records(first, "refuse")).map(({ kind, line, field, value, reason, wayOut }) => ({
    kind,
    line,
    field,
    value,
    reason,
    wayOut,
  }));
  assert.deepEqual(refusals, [
    {
      kind: "link",
      line: 3,
      field: "partner",
      value: "Z",
      reason: "is no partner here, and none of the files makes it",
      wayOut: "Add the list of partners to the import, or correct the id.",
    },
    {
      kind: "code",
      line: 3,
      field: "code",
      value: "bad code!",
      reason: "is no code: 2 to 64 letters, digits, -, _ and .",
      wayOut: "Give the partner another code.",
    },
  ]);
  assert.deepEqual(await state(), {
    partners: [
      { code: "alpha-media", status: "active", below: false },
      { code: "beta", status: "paused", below: true },
      { code: "gamma", status: "applied", below: false },
    ],
    links: [{ name: "Home", status: "active", aliases: 1 }],
    customers: [
      { customer_ref: "K1", owned: true },
      { customer_ref: "K2", owned: true },
      { customer_ref: "K3", owned: true },
    ],
    events: [
      { external_id: "S1", sale: "123456" },
      { external_id: "S2", sale: "1000" },
    ],
  });
});

test("the answers are remembered for the next file of the same columns", async () => {
  const again = await world.open(FILES);
  assert.equal(again.remembered, true);
  assert.deepEqual(again.questions, []);
  assert.deepEqual(await world.check(again.id), {
    partner: { same: 3 },
    parent: { same: 1 },
    link: { same: 1, refuse: 1 },
    code: { same: 1, refuse: 1 },
    customer: { same: 2 },
    conversion: { same: 2 },
  });
});

test("an undo closes what was made, frees customers and addresses, and reverses history; the next import brings it back", async () => {
  await world.undo(first);
  assert.deepEqual(await state(), {
    partners: [
      { code: "alpha-media", status: "deactivated", below: false },
      { code: "beta", status: "deactivated", below: false },
      { code: "gamma", status: "rejected", below: false },
    ],
    links: [{ name: "Home", status: "archived", aliases: 0 }],
    customers: [
      { customer_ref: "K1", owned: false },
      { customer_ref: "K2", owned: false },
      { customer_ref: "K3", owned: false },
    ],
    events: [],
  });
  const { counts } = await world.whole(FILES);
  assert.deepEqual(counts, {
    partner: { restore: 3 },
    parent: { restore: 1 },
    link: { refuse: 1, restore: 1 },
    code: { refuse: 1, restore: 1 },
    customer: { restore: 2 },
    conversion: { restore: 2 },
  });
  const back = (await state()) as { partners: { status: string }[]; links: object[]; events: object[] };
  assert.deepEqual(
    back.partners.map((one) => one.status),
    ["active", "paused", "onboarding"],
  );
  assert.deepEqual(back.links, [{ name: "Home", status: "active", aliases: 1 }]);
  assert.equal(back.events.length, 2);
  assert.equal((await world.rows("select from partners.partner")).length, 3, "nobody was made twice");
});

test("a customer whom another partner owns here stays theirs, and a partner with the same address is taken for the same", async () => {
  const { id, counts } = await world.whole({
    "c.csv": "customer_id,affiliate_id,affiliate_email,since\nK3,B2,,2025-02-01\n",
    "p.csv": "affiliate_id,name,email\nB2,Beta Again,BETA@x.example\n",
  });
  assert.deepEqual(counts.partner, { join: 1 });
  assert.deepEqual(counts.customer, { refuse: 1 });
  const [refusal] = await world.records(id, "refuse");
  assert.match(refusal?.reason ?? "", /^the customer is another partner's here \(prt_/);
});

test("the order of rows makes no difference to what becomes of them", async () => {
  const rows = [
    "P1,One,one@y.example",
    "P2,Two,two@y.example",
    "P2,Two,two@y.example",
    "P3,Three,bad",
    "P4,Four,four@y.example",
    "P4,Five,four@y.example",
  ];
  const decided = async (order: readonly string[]): Promise<string> => {
    const detail = await world.open({ "p.csv": `partner_id,name,email\n${order.join("\n")}\n` });
    await world.check(detail.id);
    const records = await world.records(detail.id);
    return JSON.stringify(records.map((one) => [one.externalId, one.action, one.reason?.replace(/:\d+/g, ":")]));
  };
  const expected = await decided(rows);
  assert.match(expected, /\["P4","refuse","two rows have this id and differ/);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(rows, { minLength: rows.length }), async (order) =>
      assert.equal(await decided(order), expected),
    ),
    { numRuns: 6 },
  );
});
