import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, it } from "node:test";
import { readPaymentFile } from "../banking/index.ts";
import { verifyLedger } from "../ledger/index.ts";
import { bankKey, uuidOf } from "./core/keys.ts";
import { fetchFile } from "./dispatches.ts";
import { listPayouts } from "./reading.ts";
import { PayoutWorld, PREPARER, RELEASER } from "./test-payout-world.ts";

const METHODS = ["bank", "paypal", "wise", "payoneer"] as const;
const RECEIVERS = {
  paypal: { paypalReceiver: "a@example.com" },
  wise: { wiseRecipientId: "7001" },
  payoneer: { payoneerPayeeId: "p1" },
};
const STEPS = { bank: ["leased", "written", "kept"], api: ["leased", "asked", "answered", "noted"] } as const;

let world: PayoutWorld;
before(async () => {
  world = await PayoutWorld.open();
  await world.source({ name: "Main account" });
  for (const method of ["paypal", "wise", "payoneer"] as const) await world.connection(method);
});
after(() => world.close());

/** A worker that dies by SIGKILL after a step. @returns whether it got there */
async function workUntil(death: string): Promise<boolean> {
  const { database, clock } = world.money;
  const script = new URL("sending.test-process.ts", import.meta.url).pathname;
  const args = [
    script,
    database.url,
    clock.now().toISOString(),
    world.key.toString("hex"),
    String(world.providers.port),
    death,
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  const [code, signal] = await once(child, "exit");
  assert.ok(signal === "SIGKILL" || code === 0, `the worker ended by ${code} ${signal}`);
  return signal === "SIGKILL";
}

/** Abandoned at a step: what was not durable by then is lost, as in a process that dies there. */
async function breakOffAt(death: string): Promise<boolean> {
  const died = new Error("died");
  const stop = (step: string) => {
    if (step === death) throw died;
  };
  return await world.send(stop).then(
    () => false,
    (error: unknown) => (error === died ? true : assert.fail(String(error))),
  );
}

/** To come back from a real SIGKILL takes seconds: by default one dies so, where it is worst; all of them where the variable says it. */
function diesForReal(death: string): boolean {
  return process.env.TRIBUTARY_EVERY_KILL !== undefined || death === "wise answered";
}

it("killed after every step of sending, each payout leaves exactly once and the books stay whole", {
  timeout: process.env.TRIBUTARY_EVERY_KILL === undefined ? 240_000 : 1_800_000,
}, async () => {
  for (const method of METHODS) {
    const partner = await world.partner();
    const detail = method === "bank" ? {} : { detail: { method, fields: RECEIVERS[method] } };
    await world.payee(partner, detail);
    await world.owe(partner, 1_000);
  }
  const batch = await world.release((await world.prepare()).id);
  for (const { method } of batch.dispatches)
    for (const step of method === "bank" ? STEPS.bank : STEPS.api) {
      const death = `${method} ${step}`;
      assert.ok(await (diesForReal(death) ? workUntil(death) : breakOffAt(death)), `${death} was not reached`);
      assert.deepEqual((await verifyLedger(world.ctx)).problems, [], `after ${death}`);
      // the lease of whoever was killed runs out
      world.money.clock.advance(6 * 60_000);
    }
  assert.equal(await breakOffAt(""), false);
  await leftOnce(batch.id);
});

async function leftOnce(batchId: string): Promise<void> {
  const payouts = (await listPayouts(world.ctx, RELEASER, { batchId, limit: 10 })).rows;
  const sent = payouts.filter((one) => one.method !== "bank");
  const keys = sent.map((one) => (one.method === "wise" ? uuidOf(one.id) : one.id));
  assert.deepEqual([...world.providers.moved].sort(), keys.sort(), "each provider moved each payout once");
  const now = await world.batch(batchId);
  const written = now.dispatches.find((one) => one.via === "file");
  const file = await fetchFile(world.ctx, PREPARER, written?.id ?? "", world.vault);
  const read = readPaymentFile(file.bytes);
  const bank = payouts.find((one) => one.method === "bank");
  assert.deepEqual(read.ok && read.file.payments.map((one) => one.id), [bankKey(bank?.id ?? "")]);
  assert.deepEqual(now.dispatches.map((one) => one.state).sort(), ["sent", "sent", "sent", "written"]);
  assert.deepEqual((await verifyLedger(world.ctx)).problems, []);
}

it("two workers at once, and an answer that is lost, send once", async () => {
  world.providers.moved.length = 0;
  const partner = await world.partner();
  await world.payee(partner, { detail: { method: "payoneer", fields: RECEIVERS.payoneer } });
  await world.owe(partner, 2_000);
  const batch = await world.prepare("2026-03-03", { partnerIds: [partner] });
  await world.release(batch.id);
  world.providers.mishaps.push({ path: /masspayouts/, what: "accept, then no answer", times: 1 });
  await Promise.all([world.send(), world.send()]);
  const [dispatch] = (await world.batch(batch.id)).dispatches;
  assert.equal(dispatch?.problem?.code, "no_answer");
  world.money.clock.advance(60_000);
  await Promise.all([world.send(), world.send()]);
  assert.equal(world.providers.moved.length, 1);
  assert.equal((await world.batch(batch.id)).dispatches[0]?.state, "sent");
});
