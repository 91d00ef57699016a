import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import type { ProofRun } from "@tributary/contract";
import { sql } from "kysely";
import { ANNA } from "../../../test/money/world.ts";
import { changeOffer } from "../../programs/index.ts";
import { createPostback, trackingEvidence } from "../../tracking/index.ts";
import { runLinkTest } from "../../tracking/proof/link-test.ts";
import { getRun } from "../../tracking/proof/runs.ts";
import { finishRun, simulateEvent, startPostbackTest, tryOutbound } from "../../tracking/proof/wizard.ts";
import { type ProofWorld, proofWorld } from "./test-proof-world.ts";

describe("a postback test", () => {
  let world: ProofWorld;
  let runId: string;
  before(async () => {
    world = await proofWorld();
  });
  after(() => world.close());

  const read = (language: "en" | "es" = "en"): Promise<ProofRun> =>
    getRun(world.money.ctx, ANNA, runId, language, world.needs);
  /** What the operator's system would send. */
  const send = async (parameters: Record<string, string>) => {
    const answer = await fetch(`${world.url}/p/${world.token}?${new URLSearchParams(parameters)}`);
    await world.drain();
    return answer.status;
  };
  const evidence = async () => {
    const found = await trackingEvidence(world.needs, world.partnerId, world.offerId, "2026-03-20");
    return Object.fromEntries((found?.tests ?? []).map((test) => [test.part, test.state]));
  };
  const stepOf = (run: ProofRun, name: string) => run.sandbox?.steps.find((step) => step.name === name);

  it("makes a test click and shows the calls to make", async () => {
    assert.deepEqual(await evidence(), { link: "missing", inbound: "missing", outbound: "not_needed" });
    runId = await startPostbackTest(world.money.ctx, ANNA, { linkId: world.linkId, parameters: {} }, world.needs);
    const run = await read();
    assert.match(run.clickId ?? "", /^08/);
    const own = run.calls.filter((call) => call.dialect === "tributary");
    assert.deepEqual(
      own.map((call) => call.occasion),
      ["registration", "ftd"],
    );
    assert.ok(own.every((call) => call.curl.includes(run.clickId ?? "?")));
    assert.ok(
      new Set(run.calls.map((call) => call.dialect)).size >= 8,
      "each platform that is understood has its call",
    );
    assert.equal(stepOf(run, "registration")?.state, "waiting");
  });

  it("shows how each parameter was understood, what is missing and what was refused, live", async () => {
    const run = await read();
    const { clickId, customerRef } = run;
    await send({ event: "registration", id: "r", click_id: `x${clickId}`.slice(0, 45), customer_id: "other" });
    assert.equal((await read()).arrived.length, 0, "what carries another id is not of this test");
    await send({ event: "depossit", id: "d0", click_id: clickId ?? "", customer_id: customerRef ?? "" });
    await send({ goal: "registration", txid: "r1", cid: clickId ?? "", player_id: customerRef ?? "" });
    const [refused, line] = (await read()).arrived;
    assert.equal(refused?.state, "refused");
    assert.equal(refused?.reason, "unknown_event_type");
    const names = Object.fromEntries((line?.understood ?? []).map((one) => [one.name, one.from]));
    assert.deepEqual(
      [names.type, names.externalId, names.customerId, names.clickId],
      ["goal", "txid", "player_id", "cid"],
    );
    assert.deepEqual(
      line?.missing.map((one) => one.name),
      ["time"],
    );
  });

  it("walks registration, first deposit and qualification, with the would-be commission, and books nothing", async () => {
    const before = await world.books();
    const { customerRef } = await read();
    assert.equal(stepOf(await read(), "registration")?.state, "done");
    await send({ event: "deposit", id: "d1", customer_id: customerRef ?? "", amount: "100.00", currency: "EUR" });
    const waiting = await read();
    assert.equal(stepOf(waiting, "ftd")?.state, "done");
    assert.equal(stepOf(waiting, "qualification")?.state, "waiting");
    assert.match(stepOf(waiting, "qualification")?.lines.join("\n") ?? "", /identity verified = not there yet/);
    await send({ event: "kyc_passed", id: "k1", customer_id: customerRef ?? "" });
    const run = await read();
    assert.equal(stepOf(run, "qualification")?.state, "done");
    assert.equal(run.sandbox?.commission?.total, "120.00");
    assert.ok((run.sandbox?.commission?.lines[0]?.explanation.length ?? 0) > 2, "with its working");
    const spanish = await read("es");
    assert.match(stepOf(spanish, "qualification")?.text ?? "", /no se contabiliza nada/);
    const books = await world.books();
    assert.equal(books, before, "ledger, facts, lines and reports are the same to the byte");
    assert.doesNotMatch(books, new RegExp(customerRef ?? "?"));
  });

  it("a duplicate, a correction and a reversal are decided in the sandbox as in earnest", async () => {
    const { customerRef } = await read();
    const same = { event: "deposit", id: "d1", customer_id: customerRef ?? "", currency: "EUR" };
    await send({ ...same, amount: "100.00" });
    await send({ ...same, amount: "10.00" });
    assert.equal(stepOf(await read(), "qualification")?.state, "waiting", "10.00 is not enough");
    await send({ ...same, amount: "100.00" });
    assert.equal((await read()).sandbox?.commission?.total, "120.00");
  });

  it("is kept as dated evidence, frozen, and goes stale when the configuration changes", async () => {
    await finishRun(world.money.ctx, ANNA, runId, world.needs);
    const run = await read();
    assert.equal(run.state, "passed");
    assert.ok(run.checks.every((check) => check.passed));
    assert.equal((await evidence()).inbound, "passed");
    const { customerRef } = run;
    await send({ event: "deposit", id: "late", customer_id: customerRef ?? "", amount: "5", currency: "EUR" });
    assert.equal((await read()).arrived.length, run.arrived.length, "what comes later changes nothing of it");
    await assert.rejects(finishRun(world.money.ctx, ANNA, runId, world.needs), { code: "wrong_state" });
    const { ctx } = world.money;
    await ctx.db
      .updateTable("tracking.event_source")
      .set({ require_signature: true })
      .where("program_id", "=", world.programId)
      .execute();
    assert.equal((await evidence()).inbound, "stale");
    assert.equal((await read()).stale, true);
  });

  it("what the test sends itself proves nothing of the operator's systems", async () => {
    const before = await world.books();
    runId = await startPostbackTest(world.money.ctx, ANNA, { linkId: world.linkId, parameters: {} }, world.needs);
    await simulateEvent(world.money.ctx, ANNA, runId, { type: "registration" }, world.needs);
    await simulateEvent(world.money.ctx, ANNA, runId, { type: "deposit", amount: "60.00" }, world.needs);
    await world.drain();
    const run = await read();
    assert.deepEqual(
      run.arrived.map((line) => [line.type, line.simulated]),
      [
        ["registration", true],
        ["deposit", true],
      ],
    );
    assert.equal(stepOf(run, "ftd")?.state, "done");
    await assert.rejects(simulateEvent(world.money.ctx, ANNA, runId, { type: "nonsense" }, world.needs), {
      code: "invalid_input",
    });
    await finishRun(world.money.ctx, ANNA, runId, world.needs);
    assert.equal((await read()).state, "failed");
    assert.equal(await world.books(), before);
  });

  it("checks the postback at the partner's end", async () => {
    const seen: string[] = [];
    const partner = await listening((url) => {
      seen.push(url);
      return seen.length === 1 ? 500 : 200;
    });
    const { ctx } = world.money;
    const { policy } = world.needs.postbacks;
    try {
      const made = await createPostback(
        ctx,
        ANNA,
        {
          ...PLAIN_POSTBACK,
          partnerId: world.partnerId,
          url: `http://localhost:${partner.port}/pb?cid={click_id}&test={test}`,
        },
        { policy, vault: world.needs.postbacks.vault },
      );
      assert.equal((await evidence()).outbound, "missing");
      runId = await startPostbackTest(ctx, ANNA, { linkId: world.linkId, parameters: {} }, world.needs);
      await tryOutbound(ctx, ANNA, runId, made.id, world.needs);
      await tryOutbound(ctx, ANNA, runId, made.id, world.needs);
      assert.deepEqual(
        (await read()).outbound.map((one) => [one.status, one.passed]),
        [
          [500, false],
          [200, true],
        ],
      );
      await finishRun(ctx, ANNA, runId, world.needs);
      assert.equal((await read()).state, "passed");
      assert.equal((await evidence()).outbound, "passed");
      assert.equal(seen.length, 2, "and nothing else was sent to the partner in all these tests");
    } finally {
      await partner.close();
    }
  });

  it("a link test is evidence too, until the landing page changes", async () => {
    const { ctx } = world.money;
    const chosen = { country: "ES", device: "iphone", language: "es-ES", parameters: {} } as const;
    const id = await runLinkTest(ctx, ANNA, { linkId: world.linkId, ...chosen }, world.needs);
    const run = await getRun(ctx, ANNA, id, "es", world.needs);
    assert.equal(run.hops[0]?.own, true);
    assert.equal(run.findings[0]?.code, "hop_unknown_host", "operator.example is nobody's");
    assert.equal((await evidence()).link, "failed");
    const before = run.stale;
    await changeOffer(ctx, ANNA, world.offerId, {
      revision: 2,
      landingUrl: "https://operator.example/new?c={click_id}",
    });
    assert.deepEqual([before, (await getRun(ctx, ANNA, id, "es", world.needs)).stale], [false, true]);
  });

  it("any number of link tests later, the postback test still stands", async () => {
    const before = (await evidence()).inbound;
    await sql`
      insert into tracking.proof_run (run_id, kind, state, partner_id, program_id, offer_id, link_id, options, result, configuration,
        started_by, started_name, by_partner, started_at, finished_at)
      select 'prf_zz' || n, kind, state, partner_id, program_id, offer_id, link_id, options, result, configuration,
        started_by, started_name, by_partner, started_at, finished_at
        from (select * from tracking.proof_run where kind = 'link' limit 1) run cross join generate_series(1, 60) n`.execute(
      world.money.ctx.db,
    );
    assert.notEqual(before, "missing");
    assert.equal((await evidence()).inbound, before);
  });
});

const PLAIN_POSTBACK = {
  programId: null,
  offerId: null,
  name: "Tracker",
  occasions: ["ftd"] as string[],
  method: "GET" as const,
  body: null,
  template: null,
  settings: {},
  filters: {},
  statusWords: {},
  delaySeconds: 0,
  precedence: "adds" as const,
};

interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

async function listening(answer: (url: string) => number): Promise<Listening> {
  const server: Server = createServer((req, res) => res.writeHead(answer(req.url ?? "")).end("OK"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
