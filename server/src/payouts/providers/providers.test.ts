import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { lookup } from "node:dns";
import { after, before, describe, it } from "node:test";
import type { Answer, Connection, ProviderName, ProviderOrder } from "./contracts.ts";
import { httpWith } from "./http.ts";
import { ADDRESSES, openProviders } from "./index.ts";
import { type Mishap, TestProviders } from "./test-providers.ts";

const server = new TestProviders();
before(() => server.open());
after(() => server.close());

const CREDENTIALS: Readonly<Record<ProviderName, Record<string, string>>> = {
  paypal: { clientId: "id", clientSecret: "secret", webhookId: "WH-1" },
  wise: { token: "tok", profileId: "5" },
  payoneer: { clientId: "id", clientSecret: "secret", programId: "77", webhookSecret: "shh" },
};
const NAMES = ["paypal", "wise", "payoneer"] as const;
/** Where each provider takes the money. */
const TAKING = { paypal: /POST .*\/payouts$/, wise: /POST .*\/transfers$/, payoneer: /POST .*masspayouts/ } as const;

function provider(name: ProviderName, credentials: Record<string, string> = {}) {
  const own = {
    ...CREDENTIALS[name],
    ...(name === "wise" ? { privateKey: pem(), webhookPublicKey: server.wisePublicKey } : {}),
  };
  const connection: Connection = { provider: name, environment: "sandbox", credentials: { ...own, ...credentials } };
  return openProviders(httpWith({ lookup, timeoutMs: 2000 }), server.addresses).open(connection);
}

function pem(): string {
  return server.wiseKey.export({ type: "pkcs8", format: "pem" }).toString();
}

let number = 0;
function order(name: ProviderName, count = 2, more: Partial<ProviderOrder> = {}): ProviderOrder {
  number += 1;
  const payments = Array.from({ length: count }, (_, index) => ({
    payoutId: `pay_${number}_${index}`,
    key: `pay_${number}_${index}`,
    minor: 1234n + BigInt(index),
    currency: "USD",
    receiver: name === "paypal" ? `p${index}@example.com` : String(7000 + index),
    note: "Commission",
  }));
  return { key: `pdp_${name}_${number}`, sourceCurrency: "EUR", payments, again: false, ...more };
}

function mishap(name: ProviderName, what: Mishap["what"], times = 1): void {
  server.mishaps.push({ path: TAKING[name], what, times });
}

function taken(answer: Answer) {
  assert.equal(answer.kind, "taken", JSON.stringify(answer));
  return answer.kind === "taken" ? answer : assert.fail();
}

function timesMoved(one: ProviderOrder): readonly number[] {
  return one.payments.map(({ key }) => server.moved.filter((moved) => moved === key).length);
}

for (const name of NAMES)
  describe(`${name}, as its documents say`, () => {
    it("takes an order, with the exact amounts, and tells later what became of it", async () => {
      const one = order(name);
      const answer = taken(await provider(name).submit(one));
      assert.deepEqual(timesMoved(one), [1, 1]);
      assert.deepEqual(
        one.payments.map(({ key }) => server.payments.get(key)?.amount),
        ["12.34", "12.35"],
      );
      const [first, second] = one.payments.map(({ key }) => server.payments.get(key));
      if (first === undefined || second === undefined) return assert.fail();
      const words = {
        paypal: ["SUCCESS", "RETURNED"],
        wise: ["outgoing_payment_sent", "funds_refunded"],
        payoneer: ["Transferred", "Cancelled"],
      };
      first.status = words[name][0] ?? "";
      second.status = words[name][1] ?? "";
      const refs = new Map(answer.payments.map((each) => [each.payoutId, each.providerRef]));
      const asked = one.payments.map((each) => ({ ...each, providerRef: refs.get(each.payoutId) ?? null }));
      const found = await provider(name).look({ ...one, payments: asked, reference: answer.reference });
      assert.deepEqual(
        found.map((each) => each.status),
        ["settled", name === "payoneer" ? "rejected" : "returned"],
      );
    });

    it("asked again after the answer was lost, moves no money a second time", async () => {
      const one = order(name);
      mishap(name, "accept, then no answer");
      assert.equal((await provider(name).submit(one)).kind, "unknown");
      const answer = taken(await provider(name).submit({ ...one, again: true }));
      assert.deepEqual(timesMoved(one), [1, 1]);
      assert.deepEqual(
        answer.payments.map((each) => each.payoutId),
        one.payments.map((each) => each.payoutId),
      );
    });

    it("too many requests, a broken server and a reset leave it to the next attempt", async () => {
      const one = order(name);
      mishap(name, "429");
      const later = await provider(name).submit(one);
      assert.deepEqual([later.kind, later.kind === "later" && later.afterMs], ["later", 30_000]);
      mishap(name, "500");
      assert.equal((await provider(name).submit(one)).kind, "unknown");
      mishap(name, "connection reset before reading");
      assert.equal((await provider(name).submit({ ...one, again: true })).kind, "unknown");
      taken(await provider(name).submit({ ...one, again: true }));
      assert.deepEqual(timesMoved(one), [1, 1]);
    });

    it("wrong credentials are a refusal that takes nothing", async () => {
      const one = order(name);
      const wrong = name === "wise" ? { token: "no" } : { clientSecret: "no" };
      assert.equal((await provider(name, wrong).submit(one)).kind, "refused");
      assert.deepEqual(timesMoved(one), [0, 0]);
    });
  });

describe("what only one of them does", () => {
  it("PayPal: an order that it cannot carry out is refused with its words", async () => {
    const body = { name: "INSUFFICIENT_FUNDS", message: "Sender does not have sufficient funds." };
    mishap("paypal", { status: 422, body });
    const answer = await provider("paypal").submit(order("paypal"));
    assert.deepEqual(answer, { kind: "refused", why: "turned_down", code: "INSUFFICIENT_FUNDS", text: body.message });
  });

  it("Wise: one recipient who does not exist does not keep the others from their money", async () => {
    const one = order("wise", 3);
    const payments = one.payments.map((each, index) => (index === 1 ? { ...each, receiver: "404" } : each));
    const answer = taken(await provider("wise").submit({ ...one, payments }));
    assert.deepEqual(
      answer.payments.map((each) => [each.status, each.reason?.code]),
      [
        ["accepted", undefined],
        ["rejected", "NOT_VALID"],
        ["accepted", undefined],
      ],
    );
    assert.deepEqual(timesMoved(one), [1, 0, 1]);
  });

  it("Wise: an empty balance leaves the transfer waiting, and it is funded once", async () => {
    const one = order("wise", 1);
    server.balance = false;
    assert.equal((await provider("wise").submit(one)).kind, "later");
    server.balance = true;
    taken(await provider("wise").submit({ ...one, again: true }));
    taken(await provider("wise").submit({ ...one, again: true }));
    assert.deepEqual(timesMoved(one), [1]);
  });

  it("Wise: the answer to the funding is lost, and the transfer is not funded again", async () => {
    const one = order("wise", 2);
    // the first request to fund asks for the signature, the second is the funding
    server.mishaps.push({ path: /payments$/, what: "accept, then no answer", times: 2 });
    assert.equal((await provider("wise").submit(one)).kind, "unknown");
    assert.equal((await provider("wise").submit({ ...one, again: true })).kind, "unknown");
    taken(await provider("wise").submit({ ...one, again: true }));
    assert.deepEqual(timesMoved(one), [1, 1]);
  });

  it("Payoneer: of an order of which it has a part, the rest is sent", async () => {
    const all = order("payoneer", 3);
    taken(await provider("payoneer").submit({ ...all, payments: all.payments.slice(0, 1) }));
    taken(await provider("payoneer").submit({ ...all, again: true }));
    assert.deepEqual(timesMoved(all), [1, 1, 1]);
  });
});

describe("notices", () => {
  const body = Buffer.from(JSON.stringify({ id: "EV-1", event_type: "PAYMENT.PAYOUTS-ITEM.SUCCEEDED" }));
  const paypalHeaders = {
    "paypal-auth-algo": "SHA256withRSA",
    "paypal-cert-url": "https://api.paypal.com/cert",
    "paypal-transmission-id": "1",
    "paypal-transmission-sig": "good",
    "paypal-transmission-time": "2026-04-01T00:00:00Z",
  };
  const changed = Buffer.from(body.toString().replace("EV-1", "EV-2"));
  const hmac = createHmac("sha256", "shh").update(body).digest("hex");

  it("are taken with their signature and with no other, nor with another body", async () => {
    for (const [name, headers] of [
      ["paypal", paypalHeaders],
      ["wise", { "x-signature-sha256": server.wiseSignature(body) }],
      ["payoneer", { "x-payoneer-signature": hmac }],
    ] as const) {
      assert.equal((await provider(name).verify({ headers, body })).genuine, true, name);
      assert.equal((await provider(name).verify({ headers, body: changed })).genuine, false, name);
      assert.equal((await provider(name).verify({ headers: {}, body })).genuine, false, name);
    }
    const forged = { ...paypalHeaders, "paypal-transmission-sig": "forged" };
    assert.equal((await provider("paypal").verify({ headers: forged, body })).genuine, false);
    assert.equal(
      (await provider("payoneer").verify({ headers: { "x-payoneer-signature": "00".repeat(32) }, body })).genuine,
      false,
    );
  });
});

it("a name that leads inside is not called", async () => {
  const inside = httpWith({
    lookup: (_host, _options, done) => done(Object.assign(new Error("inside"), { name: "AddressRefused" }), ""),
    timeoutMs: 500,
  });
  const { paypal } = ADDRESSES.live;
  await assert.rejects(inside({ method: "GET", url: paypal }), /inside/);
});
