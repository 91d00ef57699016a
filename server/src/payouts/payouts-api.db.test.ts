import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, it } from "node:test";
import { createOTP } from "@better-auth/utils/otp";
import { symmetricEncrypt } from "better-auth/crypto";
import { sql } from "kysely";
import { type ApiWorld, apiWorld, type Caller, EVERYWHERE } from "../../test/api-world.ts";
import { MoneyWorld } from "../../test/money/world.ts";
import { verifySecondFactor } from "../access/index.ts";
import { payoutsRoutes } from "./routes.ts";
import { PayoutWorld } from "./test-payout-world.ts";

const SECRET = randomBytes(32).toString("base64url");
const AUTHENTICATOR = "a secret of an authenticator";

let api: ApiWorld;
let world: PayoutWorld;
let preparer: Caller;
let releaser: Caller;
let owner: Caller;
let foreign: Caller;
let partner: string;

before(async () => {
  const late: { needs?: PayoutWorld["needs"] } = {};
  api = await apiWorld({
    at: "2026-03-02T09:00:00Z",
    rooms: () => [
      async (app) => {
        // the world needs the database that this application opens: what it gives is there before the first request
        const needs = () => late.needs ?? assert.fail("too early");
        await app.register(
          payoutsRoutes({
            get vault() {
              return needs().vault;
            },
            get ratesOn() {
              return needs().ratesOn;
            },
            get providers() {
              return needs().providers;
            },
            get screenChanged() {
              return needs().screenChanged;
            },
            secondFactor: (ctx, actor, code, purpose) => verifySecondFactor(ctx, actor, code, purpose, SECRET),
          }),
        );
      },
    ],
  });
  world = await PayoutWorld.open(undefined, MoneyWorld.over(api.database, api.clock));
  late.needs = world.needs;
  preparer = await api.person("Prep", [{ role: "finance", ...EVERYWHERE }]);
  releaser = await api.person("Rel", [{ role: "approver", ...EVERYWHERE }]);
  partner = await world.partner();
  const owned = (id: string) => [{ role: "partner_owner" as const, scopeKind: "partner" as const, scopeId: id }];
  owner = await api.person("Own", owned(partner), partner);
  const other = await api.partner("other");
  foreign = await api.person("Other", owned(other), other);
});
after(async () => {
  await world.providers.close();
  await api.close();
});

async function giveAuthenticator(userId: string): Promise<void> {
  const secret = await symmetricEncrypt({ key: SECRET, data: AUTHENTICATOR });
  await sql`insert into access.two_factor (id, secret, backup_codes, user_id) values (${userId}, ${secret}, '', ${userId})`.execute(
    api.ctx.db,
  );
  await sql`update access."user" set two_factor_enabled = true where id = ${userId}`.execute(api.ctx.db);
}

function codeNow(): Promise<string> {
  return createOTP(AUTHENTICATOR, { digits: 6, period: 30 }).hotp(Math.floor(api.clock.now().getTime() / 30_000));
}

const SOURCE = {
  name: "Main account",
  method: "bank",
  via: "file",
  format: "pain.001.001.09",
  currencies: ["EUR"],
  cutOff: "23:59",
  timeZone: "UTC",
  initiator: { name: "Operator SL" },
  holder: "Operator SL",
  country: "ES",
  account: { iban: "ES7921000813610123456789", bic: "CAIXESBBXXX" },
};

it("an account is proposed by one and approved by another, and its number is told to nobody", async () => {
  const wrong = await preparer.call("POST", "/v1/payout-sources", { ...SOURCE, account: { iban: "ES00" } });
  assert.deepEqual([wrong.status, wrong.body.code], [422, "invalid_input"]);
  const made = await preparer.call("POST", "/v1/payout-sources", SOURCE);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const address = `/v1/payout-changes/${made.body.id}/decision`;
  assert.equal((await preparer.call("POST", address, { approve: true })).status, 403);
  assert.equal((await releaser.call("POST", address, { approve: true })).status, 200);
  const { body } = await releaser.call("GET", "/v1/payout-sources");
  assert.deepEqual([body.data.length, body.data[0].shown.account], [1, "ES •••• 6789"]);
  assert.doesNotMatch(JSON.stringify(body), /ES7921000813610123456789/);
  assert.equal((await owner.call("GET", "/v1/payout-sources")).status, 403);
});

it("a batch is released with a fresh code only: not with a wrong one, one that was used, nor with a key", async () => {
  await world.payee(partner);
  await world.owe(partner, 7_500);
  const made = await preparer.call("POST", "/v1/payout-batches", { name: "March", executionDate: "2026-03-03" });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { id, revision, controlSum } = made.body;
  const release = (by: Caller, code: string) =>
    by.call("POST", `/v1/payout-batches/${id}/release`, { revision, controlSum, code });
  assert.equal((await release(preparer, "000000")).status, 403);
  assert.equal((await release(releaser, "000000")).body.code, "second_factor_missing");
  await giveAuthenticator(releaser.userId);
  assert.equal((await release(releaser, "000000")).body.code, "second_factor_wrong");
  const code = await codeNow();
  const key = await api.key(releaser, ["payouts.read", "payouts.approve"]);
  assert.equal((await release(key, code)).body.code, "forbidden");
  const stale = await releaser.call("POST", `/v1/payout-batches/${id}/release`, {
    revision,
    controlSum: "1 EUR 1",
    code,
  });
  assert.equal(stale.body.code, "payout_changed");
  assert.equal(
    (await release(releaser, code)).body.code,
    "second_factor_wrong",
    "a code is good once, whatever became of it",
  );
  api.clock.advance(30_000);
  const done = await release(releaser, await codeNow());
  assert.deepEqual([done.status, done.body.state], [200, "released"], JSON.stringify(done.body));
  for (let guess = 0; guess < 5; guess += 1) await release(releaser, "111111");
  assert.equal((await release(releaser, await codeNow())).body.code, "too_many_requests");
});

it("the file is fetched by those who pay, reports are handed in, and partners see their own part", async () => {
  await world.send();
  const { body } = await releaser.call("GET", "/v1/payout-batches");
  const [batch] = body.data;
  const file = `/v1/payout-dispatches/${batch.dispatches[0].id}/file`;
  assert.equal((await releaser.call("GET", file)).status, 403);
  const cross = await preparer.call("GET", file, undefined, { "sec-fetch-site": "cross-site" });
  assert.equal(cross.status, 403);
  const fetched = await preparer.call("GET", file);
  assert.match(String(fetched.headers["content-disposition"]), /attachment; filename="/);
  assert.match(String(fetched.body), /<EndToEndId>pay-/);
  const own = await owner.call("GET", "/v1/payouts");
  assert.deepEqual(
    own.body.data.map((one: { amount: object; state: string; arrivalOn: string }) => [
      one.amount,
      one.state,
      one.arrivalOn,
    ]),
    [[{ minor: "7500", currency: "EUR" }, "sent", "2026-03-04"]],
  );
  const [payout] = own.body.data;
  const seen = await owner.call("GET", `/v1/payouts/${payout.id}`);
  assert.deepEqual([seen.status, seen.body.items.length, seen.body.providerReference], [200, 1, null]);
  assert.deepEqual((await foreign.call("GET", "/v1/payouts")).body.data, []);
  assert.equal((await foreign.call("GET", `/v1/payouts/${payout.id}`)).status, 404);
  const nonsense = await preparer.call("POST", "/v1/payout-reports?name=x.xml", Buffer.from("nonsense"), {
    "content-type": "application/octet-stream",
  });
  assert.deepEqual([nonsense.status, nonsense.body.code], [422, "invalid_input"]);
});

it("a provider's notice is taken with its signature only", async () => {
  const id = await world.connection("wise");
  const body = Buffer.from(JSON.stringify({ event_type: "transfers#state-change" }));
  const send = (signature: string) =>
    api.anonymous().call("POST", `/v1/payout-webhooks/${id}`, body, {
      "content-type": "application/json",
      "x-signature-sha256": signature,
    });
  assert.equal((await send(world.providers.wiseSignature(body))).status, 204);
  assert.deepEqual((await send(world.providers.wiseSignature(Buffer.from("{}")))).body.code, "signature_invalid");
});
