/**
 * A month from a real web server's log to money: every line is sent as a click to the running program, at its time, from its address and
 * with its user agent; some visitors become customers; the month is closed and paid. What is expected comes from a second, plain
 * computation (real-log/expected.ts) that shares no code with the program.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { isbot } from "isbot";
import { sql } from "kysely";
import { acceptVersion, approveVersion, proposeVersion } from "../../src/agreements/index.ts";
import { recalculate } from "../../src/commissions/index.ts";
import type { Context } from "../../src/database/index.ts";
import { createPartner, movePartner } from "../../src/partners/index.ts";
import { createPlan, publishPlanVersion } from "../../src/plans/index.ts";
import { createOffer, createProgram, moveOffer, moveProgram } from "../../src/programs/index.ts";
import { readConfiguration } from "../../src/shell/configuration.ts";
import { attach, type Program } from "../../src/shell/program.ts";
import { vaultFor } from "../../src/shell/tracking-parts.ts";
import { closeStatement, listStatements, openStatements, payStatement } from "../../src/statements/index.ts";
import { createLink, createSource } from "../../src/tracking/index.ts";
import { type RunningTributary, runTributary, startTributary, temporaryFolder } from "../harness/index.ts";
import { ANNA, BERT, CPA, planOf, SHARE } from "../money/world.ts";
import { acquisition, BankRates, broughtBy, share } from "./real-log/expected.ts";
import { makeClock, moveClock } from "./real-log/moved-clock.ts";
import { eventsOf, type NewCustomer, newCustomers, type Sent, visitorOf } from "./real-log/story.ts";
import { Browser, readVisits, type Visit } from "./real-log/visits.ts";

const data = process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../shared/data");
const log = join(data, "traffic/logs/apache_combined_part1.log");
const rates = join(data, "fx-rates/ecb/eurofxref-hist-to-2022.csv");
const missing = [log, rates].filter((file) => !existsSync(file));

/** Partners 0 and 1 are paid per customer, 2 and 3 share revenue. Which of their links a visit stands for is in its path's length. */
const PARTNERS = 4;
const partnerOf = (path: string): number => path.length % PARTNERS;
const isPerson = (visit: Visit): boolean => visit.agent !== "-" && !isbot(visit.agent);

describe("a month out of a real log", {
  skip: missing.length > 0 && `these files are missing: ${missing.join(", ")}`,
}, () => {
  const folder = temporaryFolder();
  const clock = `${folder}.clock`;
  const visits = missing.length > 0 ? [] : readVisits(log);
  const customers = newCustomers(visits, isPerson);
  const lastClick = new Map<string, string>();
  let tributary: RunningTributary;
  let program: Program;
  let browser: Browser;
  let programId = "";
  let token = "";
  const partnerIds: string[] = [];
  const sent = new Map<NewCustomer, { called: Sent[]; filed: Sent[] }>();

  const environment = () => ({
    TRIBUTARY_TEST_CLOCK: clock,
    NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, "real-log/moved-clock.ts")).href}`,
    TRUSTED_PROXIES: "127.0.0.1,::1",
    LOG_LEVEL: "warn",
  });
  /** The rooms' doors at the time that the program has, too. */
  const at = (moment: string): Context => ({ ...program.ctx, clock: { now: () => new Date(moment) } });
  const ask = async <T extends object>(text: string) => (await program.database.pool.query<T>(text)).rows;

  before(async () => {
    makeClock(clock, "2015-05-01T08:00:00Z");
    tributary = await startTributary({ dataDirectory: folder, env: environment() });
    browser = new Browser(tributary.url);
    const joined = await attach(readConfiguration({ LOG_LEVEL: "error" }, { dataDirectory: folder }), "test");
    assert.ok(joined);
    program = joined;
  });
  after(async () => {
    browser?.close();
    await program?.close();
    await tributary?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    rmSync(clock, { force: true });
  });

  it("is set up: a program, four partners under two plans, the bank's rates", async () => {
    const ctx = at("2015-05-01T08:00:00Z");
    const made = await createProgram(ctx, ANNA, {
      code: "semicomplete",
      name: "Semicomplete",
      timeZone: "UTC",
      currency: "EUR",
      fallbackUrl: "https://www.example.com/closed",
    });
    programId = made.id;
    await moveProgram(ctx, ANNA, made.id, { revision: made.revision, status: "active" });
    const offer = await createOffer(ctx, ANNA, {
      programId,
      code: "main",
      name: "Main",
      landingUrl: "https://www.example.com/?cid={click_id}",
      allowedHosts: ["www.example.com"],
    });
    await moveOffer(ctx, ANNA, offer.id, { revision: offer.revision, status: "active" });
    const plans = [planOf(CPA), planOf({ ...SHARE, carryover: { mode: "none" } })];
    const versions: string[] = [];
    for (const [index, document] of plans.entries()) {
      const plan = await createPlan(ctx, ANNA, { programId, code: `plan-${index}`, name: `Plan ${index}`, document });
      const version = plan.versions[0]?.id ?? "";
      await publishPlanVersion(ctx, BERT, version);
      versions.push(version);
    }
    for (let number = 0; number < PARTNERS; number += 1) {
      const partner = await createPartner(ctx, ANNA, {
        code: `partner-${number}`,
        name: `Partner ${number}`,
        kind: "affiliate",
      });
      partnerIds.push(partner.id);
      let revision = partner.revision;
      for (const status of ["onboarding", "active"] as const) {
        revision = (await movePartner(ctx, ANNA, partner.id, { revision, status, reason: "for the scenario" }))
          .revision;
      }
      const planVersionId = versions[number < 2 ? 0 : 1] ?? "";
      const terms = { partnerId: partner.id, programId, planVersionId, validFrom: "2015-05-01" };
      const proposed = await proposeVersion(ctx, ANNA, terms);
      await approveVersion(ctx, BERT, proposed.id);
      const acceptance = { name: "Sofía Ruiz", termsHash: proposed.termsHash, address: "192.0.2.7" };
      await acceptVersion(ctx, BERT, proposed.id, acceptance);
      await createLink(ctx, ANNA, { offerId: offer.id, partnerId: partner.id, code: `link-${number}` });
    }
    const needs = { publicUrl: tributary.url, vault: vaultFor(program), randomBytes };
    const source = await createSource(ctx, ANNA, { programId, name: "Site" }, needs);
    token = source.token;
    const imported = await runTributary(["import", "rates", rates], { dataDirectory: folder });
    assert.equal(imported.code, 0, imported.stderr);
  });

  it(`answers every line of the log as a click, and tells people from bots`, async () => {
    const cookies = new Map<string, string>();
    let time = 0;
    for (const visit of visits) {
      if (visit.at !== time) moveClock(clock, visit.at);
      time = visit.at;
      const visitor = visitorOf(visit);
      const cookie = cookies.get(visitor);
      const headers = {
        "x-forwarded-for": visit.ip,
        ...(visit.agent === "-" ? {} : { "user-agent": visit.agent }),
        ...(visit.referer === "-" ? {} : { referer: visit.referer }),
        ...(cookie === undefined ? {} : { cookie }),
      };
      const method = visit.method === "HEAD" ? "HEAD" : "GET";
      const path = `/c/link-${partnerOf(visit.path)}?sub1=${encodeURIComponent(visit.path.slice(0, 80))}`;
      const answer = await browser.send(method, path, headers);
      assert.equal(answer.status, 302, `${visit.path} ${answer.text}`);
      const set = answer.cookies[0]?.split(";")[0];
      if (set !== undefined) cookies.set(visitor, set);
      const clickId = new URL(answer.location).searchParams.get("cid") ?? "";
      if (isPerson(visit)) lastClick.set(visitor, clickId);
    }
    const told = await ask<{ partner: string; verdict: string; clicks: number }>(
      `select body::jsonb ->> 'partnerId' as partner, body::jsonb ->> 'verdict' as verdict, count(*)::int as clicks
       from intake.entry where kind = 1 group by 1, 2`,
    );
    const expected = new Map<string, number>();
    for (const visit of visits) {
      const verdict = visit.method === "HEAD" ? "head" : isPerson(visit) ? "click" : "bot";
      const key = `${partnerIds[partnerOf(visit.path)]} ${verdict}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    const found = Object.fromEntries(told.map((row) => [`${row.partner} ${row.verdict}`, row.clicks]));
    assert.deepEqual(found, Object.fromEntries(expected));
    const [range] = await ask<{ first: Date; last: Date }>(
      "select min(received_at) as first, max(received_at) as last from intake.entry",
    );
    assert.deepEqual(
      [range?.first.toISOString(), range?.last.toISOString()],
      [visits[0], visits.at(-1)].map((visit) => new Date(visit?.at ?? 0).toISOString()),
    );
  });

  it("takes events by postback and by file, and binds the customers to whom the second computation says", async () => {
    moveClock(clock, "2015-05-28T09:00:00Z");
    for (const customer of customers) {
      const visit = customer.visits[0];
      assert.ok(visit);
      sent.set(customer, eventsOf(customer, lastClick.get(visitorOf(visit)) ?? ""));
    }
    for (const { called } of sent.values()) {
      for (const event of called) {
        const answer = await browser.send("GET", `/p/${token}?${new URLSearchParams({ ...event })}`);
        assert.equal(answer.status, 200, answer.text);
      }
    }
    const columns = [
      "type",
      "external_id",
      "customer_id",
      "occurred_at",
      "currency",
      "ggr",
      "bonus",
      "product",
    ] as const;
    const rows = [...sent.values()].flatMap(({ filed }) =>
      filed.map((event) => columns.map((name) => event[name] ?? "").join(",")),
    );
    const file = join(folder, "activity.csv");
    writeFileSync(file, `${columns.join(",")}\n${rows.join("\n")}\n`);
    const imported = await runTributary(["import", "events", file, "--program", "semicomplete"], {
      dataDirectory: folder,
      env: environment(),
    });
    assert.equal(imported.code, 0, imported.stdout + imported.stderr);
    const lines = [...sent.values()].reduce((sum, { called, filed }) => sum + called.length + filed.length, 0);
    await until(
      async () => (await ask<{ n: number }>("select count(*)::int as n from tracking.receipt"))[0]?.n === lines,
    );
    const owners = await ask<{ ref: string; partner: string }>(
      "select customer_ref as ref, partner_id as partner from attribution.customer",
    );
    const expected = customers.map(({ ref, ...rest }) => [ref, partnerIds[broughtBy({ ref, ...rest }, partnerOf)]]);
    assert.deepEqual(Object.fromEntries(owners.map((row) => [row.ref, row.partner])), Object.fromEntries(expected));
    const fates = await ask<{ fate: string }>("select distinct fate from tracking.receipt order by 1");
    assert.deepEqual(
      fates.map((row) => row.fate),
      ["accepted", "corrected", "duplicate", "reversed"],
    );
  });

  it("closes the month and pays it: to the cent what the second computation says", async (test) => {
    await recalculate(at("2015-05-31T20:00:00Z"));
    moveClock(clock, "2015-06-03T09:00:00Z");
    const june = at("2015-06-03T09:00:00Z");
    await openStatements(june);
    const bank = new BankRates(rates);
    for (const [number, partnerId] of partnerIds.entries()) {
      const events = [...sent]
        .filter(([customer]) => broughtBy(customer, partnerOf) === number)
        .map(([, both]) => both);
      const expected =
        number < 2
          ? events.reduce((sum, { called }) => sum + acquisition(called, bank), 0n)
          : share(
              events.flatMap(({ filed }) => filed),
              bank,
            );
      assert.ok(expected > 0n, "the story must give everybody something");
      const [statement] = (await listStatements(june, ANNA, { partnerId, month: "2015-05", limit: 10 })).rows;
      assert.equal(statement?.status, "open");
      const closed = await closeStatement(june, ANNA, statement?.id ?? "");
      assert.equal(closed.toPay, String(expected), `partner ${number}`);
      await assert.rejects(payStatement(june, ANNA, closed.id, { reference: "x" }), { code: "same_person" });
      const paid = await payStatement(june, BERT, closed.id, { reference: `SEPA ${number}` });
      assert.deepEqual([paid.status, paid.paid], ["paid", String(expected)]);
      test.diagnostic(`partner ${number}: ${events.length} customers, ${expected} cents`);
    }
    const { rows } = await sql<{ owed: string }>`
      select coalesce(sum(abs(amount_minor)), 0)::text as owed from ledger.balance b join ledger.account a using (account_id)
      where a.kind in ('partner_payable', 'partner_held')`.execute(program.database.db);
    assert.equal(rows[0]?.owed, "0", "nobody is owed anything any more");
  });

  it("has every click and event in the analytics, and proves its books", async () => {
    const count = async (table: string) => {
      const result = await program.analytics.query({
        query: `select count() as n from ${table}`,
        format: "JSONEachRow",
      });
      return Number((await result.json<{ n: string }>())[0]?.n);
    };
    await until(async () => (await count("clicks")) === visits.length);
    const verified = await runTributary(["verify", "--json"], { dataDirectory: folder, env: environment() });
    assert.equal(verified.code, 0, verified.stdout);
  });
});

async function until(done: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 120_000;
  while (!(await done())) {
    if (performance.now() > deadline) throw new Error("it did not come about in two minutes");
    await sleep(100);
  }
}
