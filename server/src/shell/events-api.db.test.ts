import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ApiWorld, apiWorld, type Caller } from "../../test/api-world.ts";
import { deposit, type EventWorld, eventWorld, ms, PROGRAM } from "../../test/event-world.ts";
import { customersRoutes } from "../attribution/routes.ts";
import { receiptId } from "../tracking/index.ts";
import { eventsReadRoutes } from "../tracking/process/routes.ts";
import { customerSurroundings, receiptReasons } from "./customers.ts";

describe("customers, events and receipts over the API", () => {
  let api: ApiWorld;
  let world: EventWorld;
  let operator: Caller;
  let ada: Caller;
  let receipt = "";

  before(async () => {
    api = await apiWorld({
      at: "2026-03-31T12:00:00Z",
      rooms: () => [customersRoutes(customerSurroundings), eventsReadRoutes(receiptReasons)],
    });
    world = await eventWorld({}, "UTC", api.database);
    operator = await api.administrator();
    ada = await api.person("Ada", [{ role: "partner_owner", scopeKind: "partner", scopeId: "prt_ada" }], "prt_ada");
    const first = await world.click("ben", "2026-03-01T00:00:00Z");
    const clickId = await world.click("ada", "2026-03-02T00:00:00Z", { prev: first, sub1: "blog", country: "ES" });
    const other = await world.click("ben", "2026-03-02T00:00:00Z");
    const refused = { code: "invalid_amount", detail: "this is not an amount", field: "amount", value: "12,34" };
    const events = world.call([
      { type: "registration", externalId: "r1", customerRef: "customer-0001", clickId, at: ms("2026-03-03T00:00:00Z") },
      deposit("d1", 5_000, { customerRef: "customer-0001" }),
      deposit("d1", 6_000, { customerRef: "customer-0001" }),
      deposit("d2", 700, { customerRef: "customer-0002", clickId: other }),
      deposit("d3", 100, { customerRef: "nobodys" }),
    ]);
    const seq = await world.append(3, {
      ...events,
      events: [...events.events, { line: 5, refused, raw: "amount=12,34" }],
    });
    receipt = receiptId(1, seq);
  });
  after(() => api.close());

  const get = async (who: Caller, url: string) => {
    const answer = await who.call("GET", url);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body;
  };

  it("tells of a call that waits, and what became of each line once it is processed", async () => {
    const waiting = await get(operator, `/v1/intake/${receipt}`);
    assert.deepEqual([waiting.state, waiting.lineCount, waiting.lines[0].fate], ["waiting", 6, null]);
    await world.pipeline.drain();
    const done = await get(operator, `/v1/intake/${receipt}`);
    assert.equal(done.state, "processed");
    const told = done.lines.map((line: { fate: string; reason: string | null }) =>
      [line.fate, line.reason].join(" ").trim(),
    );
    assert.deepEqual(told, [
      "accepted",
      "accepted",
      "corrected new_content",
      "accepted",
      "unattributed no_touch",
      "rejected invalid_amount",
    ]);
    assert.equal(done.lines[5].sent.raw, "amount=12,34");
    assert.equal(done.lines[5].reasonText, "The amount cannot be read");
    const one = await get(operator, `/v1/intake/${receipt}_2`);
    assert.deepEqual(
      one.lines.map((line: { line: number }) => line.line),
      [2],
    );
  });

  it("lists customers by partner, status, country and the beginning of the operator's id", async () => {
    const refs = async (query: string) =>
      (await get(operator, `/v1/customers?sort=oldest&${query}`)).data.map(
        (one: { customerRef: string }) => one.customerRef,
      );
    assert.deepEqual(await refs(""), ["customer-0001", "customer-0002", "nobodys"]);
    assert.deepEqual(await refs("partnerId=prt_ben"), ["customer-0002"]);
    assert.deepEqual(await refs("status=unattributed"), ["nobodys"]);
    assert.deepEqual(await refs("status=unattributed,attributed&programId=prg_other"), []);
    assert.deepEqual(await refs("country=ES"), ["customer-0001"]);
    assert.deepEqual(await refs("q=customer-"), ["customer-0001", "customer-0002"]);
    const page = await get(operator, "/v1/customers?limit=2");
    const next = await get(operator, `/v1/customers?limit=2&cursor=${encodeURIComponent(page.nextCursor)}`);
    assert.deepEqual([page.data.length, next.data.length, next.nextCursor], [2, 1, null]);
  });

  it("shows every version of an event, and finds one by the source's id", async () => {
    const { data } = await get(operator, `/v1/events?programId=${PROGRAM}&q=d1`);
    assert.deepEqual(
      data.map((one: { state: string; measures: object }) => [one.state, one.measures]),
      [
        ["counts", { deposit: "6000" }],
        ["replaced", { deposit: "5000" }],
      ],
    );
    assert.equal(data[1].replacedBy, data[0].id);
    assert.equal((await get(operator, `/v1/events/${data[0].id}`)).receiptId, `${receipt}_2`);
    const counted = await get(operator, "/v1/events?state=counts&type=deposit");
    assert.equal(counted.data.length, 3);
  });

  it("shows a partner its own customers only, their ids masked, and not whose the other candidates were", async () => {
    const { data } = await get(ada, "/v1/customers");
    assert.deepEqual(
      data.map((one: { partnerId: string; customerRef: string; firstDeposit: object }) => [
        one.partnerId,
        one.customerRef,
        one.firstDeposit,
      ]),
      [["prt_ada", "***0001", { minor: "6000", currency: "EUR" }]],
    );
    assert.equal(
      (await get(ada, "/v1/customers?q=customer-0002")).data.length,
      1,
      "the operator's id is no filter of the partner's",
    );
    const explained = await get(ada, `/v1/customers/${data[0].id}/attribution`);
    assert.deepEqual(
      explained.decisions[0].candidates.map((one: { partnerId: string | null; reason: string; ref: string | null }) => [
        one.partnerId,
        one.reason,
        one.ref !== null,
      ]),
      [
        ["prt_ada", "last_click", true],
        [null, "later_click_won", false],
      ],
    );
    assert.ok(!JSON.stringify(explained).includes("prt_ben"));
    const events = await get(ada, "/v1/events");
    assert.deepEqual(new Set(events.data.map((one: { partnerId: string }) => one.partnerId)), new Set(["prt_ada"]));
    const [foreign] = (await get(operator, "/v1/customers?partnerId=prt_ben")).data;
    for (const url of [`/v1/customers/${foreign.id}`, `/v1/customers/${foreign.id}/attribution`]) {
      assert.equal((await ada.call("GET", url)).status, 404);
    }
    assert.equal((await ada.call("GET", `/v1/intake/${receipt}`)).status, 403);
  });

  it("takes a decision by hand from the operator, with a reason, and from nobody else", async () => {
    const [customer] = (await get(operator, "/v1/customers?status=unattributed")).data;
    const url = `/v1/customers/${customer.id}/attribution`;
    const given = { revision: customer.revision, partnerId: "prt_ada", reason: "the partner showed the chat" };
    assert.equal((await ada.call("POST", url, given)).status, 403);
    assert.equal((await operator.call("POST", url, { ...given, reason: "" })).status, 422);
    const done = await operator.call("POST", url, given);
    assert.equal(done.status, 200, JSON.stringify(done.body));
    assert.deepEqual([done.body.customer.partnerId, done.body.customer.status], ["prt_ada", "by_hand"]);
    assert.equal((await operator.call("POST", url, given)).status, 409, "the same again: it was changed meanwhile");
    assert.equal((await get(ada, "/v1/customers")).data.length, 2);
    const [event] = (await get(operator, `/v1/events?customerId=${customer.id}`)).data;
    assert.equal(event.partnerId, "prt_ada");
  });

  it("says not found, not more, for ids of nothing", async () => {
    for (const url of [
      "/v1/customers/cus_zzz",
      "/v1/customers/x",
      "/v1/events/evt_zzz",
      "/v1/events/x",
      "/v1/intake/rcp_1_zzz",
      "/v1/intake/x",
    ]) {
      assert.equal((await operator.call("GET", url)).status, 404, url);
    }
  });
});
