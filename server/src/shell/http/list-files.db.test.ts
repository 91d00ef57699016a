import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { PageQuery } from "@tributary/contract";
import { z } from "zod";
import { type TwoPartners, twoPartners } from "../../../test/two-partners.ts";

/** The lines of a file, quoted line ends kept inside their cells. */
function records(file: string): string[] {
  const lines: string[] = [];
  let line = "";
  let quoted = false;
  for (const letter of file) {
    if (letter === '"') quoted = !quoted;
    line += letter;
    if (letter === "\n" && !quoted) {
      lines.push(line);
      line = "";
    }
  }
  return lines;
}

describe("lists as files", () => {
  let world: TwoPartners;
  before(async () => {
    world = await twoPartners();
  });
  after(() => world.close());

  it("are answered for every keyset list, with as many rows as the list has", async () => {
    const admin = world.administrator;
    const lists = world.routes.filter((route) => {
      const { querystring } = (route.schema ?? {}) as { querystring?: unknown };
      return (
        route.method === "GET" &&
        querystring instanceof z.ZodObject &&
        "format" in querystring.shape &&
        "limit" in querystring.shape
      );
    });
    const asked: string[] = [];
    for (const { url, audience } of lists) {
      if (url.includes(":") || audience === "partner" || url === "/v1/intake" || url === "/v1/grants") continue;
      // Balances are asked for as of a day.
      const day = url.startsWith("/v1/accounting/accrual") ? "&on=2026-03-31" : "";
      const json = await admin.call("GET", `${url}?limit=500${day}`);
      // A list of something that has to be named.
      if (json.status === 422) continue;
      const file = await admin.call("GET", `${url}?limit=1&format=csv${day}`);
      assert.deepEqual([url, file.status], [url, 200], String(file.body));
      assert.equal(file.headers["content-type"], "text/csv; charset=utf-8", url);
      assert.match(String(file.headers["content-disposition"]), /^attachment; filename="[a-z-]+\.csv"$/, url);
      assert.equal(records(String(file.body)).length, json.body.data.length + 1, url);
      asked.push(url);
    }
    for (const url of ["partners", "customers", "events", "lines", "statements", "ledger/transfers", "audit"])
      assert.ok(asked.includes(`/v1/${url}`), url);
    assert.ok("format" in PageQuery.shape);
  });

  it("show a partner what its list shows, and nothing of another", async () => {
    for (const url of ["/v1/partners", "/v1/customers", "/v1/events", "/v1/lines", "/v1/statements"]) {
      const mine = await world.mine.owner.call("GET", `${url}?limit=500`);
      const file = await world.mine.owner.call("GET", `${url}?format=csv`);
      assert.equal(file.status, 200, url);
      assert.ok(mine.body.data.length > 0, url);
      assert.equal(records(String(file.body)).length, mine.body.data.length + 1, url);
      assert.ok(!String(file.body).includes("frgnxq"), url);
    }
  });

  it("keep the filters and the order, and go on beyond a page", async () => {
    await world.world.database.pool.query(`
      insert into partners.partner (partner_id, code, name, kind, status, created_at)
      select 'prt_many' || n, 'many-' || n, '=many ' || lpad(n::text, 5, '0'), case when n % 2 = 0 then 'network' else 'agency' end, 'active', now()
      from generate_series(1, 9001) n`);
    const file = await world.administrator.call("GET", "/v1/partners?q=many&kind=network&sort=name&format=csv");
    const [header, ...rows] = records(String(file.body));
    assert.match(header ?? "", /^\ufeffid,code,name,legalName,kind,status,/);
    assert.equal(rows.length, 4500);
    const names = rows.map((row) => row.split(",")[2]);
    assert.equal(names[0], "'=many 00002", "no formula for a spreadsheet");
    assert.deepEqual(names, [...names].sort());
    assert.equal(new Set(names).size, 4500);
  });

  it("give amounts in whole units beside their currency", async () => {
    const list = (await world.administrator.call("GET", "/v1/ledger/transfers?limit=1")).body.data[0];
    const file = await world.administrator.call("GET", "/v1/ledger/transfers?format=csv");
    const [header, first] = records(String(file.body));
    const column = (header ?? "").replace("\ufeff", "").trim().split(",").indexOf("amount");
    const amount = (first ?? "").split(",")[column] ?? "";
    assert.match(amount, /^-?\d+\.\d{2}$/);
    assert.equal(amount.replace(".", "").replace(/^(-?)0+(?=\d)/, "$1"), list.amount);
  });

  it("refuse as the list refuses, before a file begins", async () => {
    const admin = world.administrator;
    assert.equal((await admin.call("GET", "/v1/partners?sort=nonsense&format=csv")).body.code, "invalid_input");
    assert.equal((await admin.call("GET", "/v1/partners?format=xlsx")).body.code, "invalid_input");
    assert.equal((await admin.call("GET", "/v1/partners?cursor=broken&format=csv")).status, 422);
    assert.equal((await world.anonymous.call("GET", "/v1/partners?format=csv")).status, 401);
    assert.equal((await world.mine.owner.call("GET", "/v1/audit?format=csv")).status, 403);
  });
});

describe("names", () => {
  it("are told of statements and invitations to whoever may see them", async () => {
    const world = await twoPartners();
    try {
      const admin = world.administrator;
      const statement = (await admin.call("GET", `/v1/statements?partnerId=${world.mine.id}`)).body.data[0];
      const grant = { role: "partner_member", scopeKind: "partner", scopeId: world.mine.id };
      const invited = { email: "new@mine.example", name: "New One", partnerId: world.mine.id, grants: [grant] };
      assert.equal((await admin.call("POST", "/v1/invitations", invited)).status, 201);
      const invitations = (await admin.call("GET", "/v1/invitations")).body.data as { id: string; email: string }[];
      const invitation = invitations.find((one) => one.email === invited.email) ?? { id: "" };
      const ask = async (who: typeof admin) =>
        (await who.call("GET", `/v1/names?ids=${statement.id},${invitation.id}`)).body.data;
      const both = [
        { id: statement.id, name: `minexq-partner ${statement.month} ${statement.currency}` },
        { id: invitation.id, name: "New One" },
      ];
      assert.deepEqual(await ask(admin), both);
      assert.deepEqual(await ask(world.mine.owner), both);
      assert.deepEqual(await ask(world.foreign.owner), []);
      const agreement = (await admin.call("GET", `/v1/agreements?partnerId=${world.mine.id}`)).body.data[0];
      const terms = async (who: typeof admin) => (await who.call("GET", `/v1/names?ids=${agreement.id}`)).body.data;
      assert.deepEqual(await terms(admin), [{ id: agreement.id, name: "minexq-partner" }]);
      assert.deepEqual(await terms(world.foreign.owner), []);
    } finally {
      await world.close();
    }
  });
});
