import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Breakdown, FunnelFigures, FunnelQuery, IntakeQuery } from "@tributary/contract";
import { deposit, type EventSketch, type EventWorld, eventWorld, PROGRAM } from "../../test/event-world.ts";
import { type TestAnalytics, testAnalytics } from "../../test/harness/index.ts";
import { type Actor, type Permission, type Scope, systemActor } from "../access/index.ts";
import { idSource } from "../kernel/ids.ts";
import { clicksReport } from "./clicks-over-time.ts";
import type { ReportContext } from "./contracts.ts";
import { clicksCsv, funnelCsv } from "./export.ts";
import { funnelReport } from "./funnel.ts";
import { searchIntake } from "./intake.ts";
import { homeReport, liveReport, partnerReport } from "./partner-report.ts";
import { shipAll } from "./shipping/shipper.ts";
import { todayReport } from "./today.ts";

/** What happened, as the test knows it: the second computation, which shares no code with the reports. */
interface Visit {
  readonly partner: string;
  readonly at: number;
  readonly country: string;
  readonly sub1: string;
  readonly counted: boolean;
  readonly registered?: number;
  readonly kyc?: number;
  readonly ftd?: { readonly at: number; readonly minor: number; readonly currency: string };
  readonly second?: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse("2026-02-20T00:00:00Z");

/** A small generator of its own, so that the figures are the same every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

function visits(count: number): Visit[] {
  const next = random(7);
  return Array.from({ length: count }, (): Visit => {
    const at = START + Math.floor(next() * 38 * DAY);
    const visit = {
      partner: ["ada", "ben", "cyd"][Math.floor(next() ** 2 * 3)] ?? "ada",
      at,
      country: ["DE", "ES", "GB"][Math.floor(next() * 3)] ?? "DE",
      sub1: `camp-${Math.floor(next() * 6)}`,
      counted: next() < 0.9,
    };
    if (!visit.counted || next() > 0.4) return visit;
    const registered = at + Math.floor(next() * 10 * HOUR);
    if (next() > 0.6) return { ...visit, registered };
    const kyc = registered + Math.floor(next() * 2 * DAY);
    if (next() > 0.7) return { ...visit, registered, kyc };
    const ftd = {
      at: kyc + Math.floor(next() * DAY),
      minor: 10_000 + Math.floor(next() * 90_000),
      currency: next() < 0.7 ? "EUR" : "USD",
    };
    if (next() > 0.5) return { ...visit, registered, kyc, ftd };
    return { ...visit, registered, kyc, ftd, second: ftd.at + 1 + Math.floor(next() * 3 * DAY) };
  }).filter((visit) => (visit.second ?? visit.ftd?.at ?? visit.at) < Date.parse("2026-03-31T12:00:00Z"));
}

const dayInBerlin = (at: number): string => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" }).format(at);

describe("reports", () => {
  let world: EventWorld;
  let analytics: TestAnalytics;
  let ctx: ReportContext;
  const all = visits(900);

  before(async () => {
    world = await eventWorld({}, "Europe/Berlin");
    analytics = await testAnalytics();
    ctx = {
      db: world.database.db,
      whole: world.database.db,
      clock: world.clock,
      ids: idSource(world.clock.now, () => new Uint8Array(10)),
      analytics: analytics.client,
    };
    const events: EventSketch[] = [];
    for (const [index, visit] of all.entries()) {
      const click = await world.click(visit.partner, new Date(visit.at).toISOString(), {
        country: visit.country,
        sub1: visit.sub1,
        verdict: visit.counted ? "click" : "bot",
      });
      const about = { customerRef: `c${index}`, clickId: click };
      if (visit.registered)
        events.push({ type: "registration", externalId: `r${index}`, at: visit.registered, ...about });
      if (visit.kyc) events.push({ type: "kyc_passed", externalId: `k${index}`, at: visit.kyc, ...about });
      if (visit.ftd) {
        const { minor, currency, at } = visit.ftd;
        events.push(deposit(`d${index}`, minor, { at, currency, ...about }));
      }
      if (visit.second) events.push(deposit(`e${index}`, 5_000, { at: visit.second, ...about }));
    }
    for (let from = 0; from < events.length; from += 200) {
      await world.send(events.slice(from, from + 200).map((event, line) => ({ ...event, line })));
    }
    await world.pipeline.drain();
    await shipAll({ db: world.database.db, analytics: analytics.client, clickIds: world.clickIds });
  });
  after(async () => {
    await analytics.close();
    await world.close();
  });

  const ask = (query: Partial<FunnelQuery>, actor: Actor = systemActor("test")) =>
    funnelReport(ctx, actor, {
      from: "2026-03-01",
      to: "2026-03-15",
      by: ["partner"],
      basis: "happened",
      compare: "none",
      sort: "clicks",
      order: "desc",
      top: 100,
      format: "json",
      ...query,
    } as FunnelQuery);

  type Counted = Pick<FunnelFigures, "clicks" | "uncounted" | "registrations" | "kyc" | "ftds" | "secondDeposits"> & {
    ftd: Record<string, number>;
  };

  /** The same figures, counted one by one. */
  function expected(options: {
    basis: "happened" | "cohort";
    from?: string;
    to?: string;
    key: (visit: Visit, day: string) => string;
    keep?: (visit: Visit) => boolean;
  }): Map<string, Counted> {
    const { from = "2026-03-01", to = "2026-03-15", basis, key, keep = () => true } = options;
    const found = new Map<string, Counted>();
    const at = (visit: Visit, when: number, add: (row: Counted) => void): void => {
      const day = dayInBerlin(basis === "cohort" ? visit.at : when);
      if (day < from || day >= to || !keep(visit)) return;
      const id = key(visit, day);
      const row = found.get(id) ?? {
        clicks: 0,
        uncounted: 0,
        registrations: 0,
        kyc: 0,
        ftds: 0,
        secondDeposits: 0,
        ftd: {},
      };
      found.set(id, row);
      add(row);
    };
    for (const visit of all) {
      at(visit, visit.at, (row) => {
        if (visit.counted) row.clicks += 1;
        else row.uncounted += 1;
      });
      if (visit.registered)
        at(visit, visit.registered, (row) => {
          row.registrations += 1;
        });
      if (visit.kyc)
        at(visit, visit.kyc, (row) => {
          row.kyc += 1;
        });
      const { ftd } = visit;
      if (ftd) {
        at(visit, ftd.at, (row) => {
          row.ftds += 1;
          row.ftd[ftd.currency] = (row.ftd[ftd.currency] ?? 0) + ftd.minor;
        });
      }
      if (visit.second)
        at(visit, visit.second, (row) => {
          row.secondDeposits += 1;
        });
    }
    return found;
  }

  const counted = (figures: FunnelFigures): Counted => {
    const { clicks, uncounted, registrations, kyc, ftds, secondDeposits, ftdAmounts } = figures;
    const ftd = Object.fromEntries(ftdAmounts.map(({ currency, minor }) => [currency, Number(minor)]));
    return { clicks, uncounted, registrations, kyc, ftds, secondDeposits, ftd };
  };
  const byKey = (report: Awaited<ReturnType<typeof funnelReport>>): Map<string, Counted> =>
    new Map(report.rows.map((row) => [row.keys.map((key) => key.value).join("|"), counted(row.figures)]));

  const cases: { by: Breakdown[]; key: (visit: Visit, day: string) => string }[] = [
    { by: ["partner"], key: (visit) => `prt_${visit.partner}` },
    { by: ["country"], key: (visit) => visit.country },
    { by: ["sub1", "partner"], key: (visit) => `${visit.sub1}|prt_${visit.partner}` },
    { by: ["day"], key: (_, day) => day },
    { by: ["link", "month"], key: (visit, day) => `lnk_${visit.partner}|${day.slice(0, 7)}-01` },
  ];
  for (const basis of ["happened", "cohort"] as const) {
    for (const { by, key } of cases) {
      it(`funnel by ${by.join(" and ")}, ${basis}, equals the plain computation`, async () => {
        const report = await ask({ by, basis });
        assert.deepEqual(byKey(report), expected({ basis, key }));
        const total = expected({ basis, key: () => "" }).get("");
        assert.deepEqual(counted(report.totals.figures), total);
      });
    }
  }

  it("compares with the days before, laid over the days asked for", async () => {
    const report = await ask({ by: ["day"], compare: "previous", from: "2026-03-10", to: "2026-03-17" });
    const before = expected({ basis: "happened", from: "2026-03-03", to: "2026-03-10", key: (_, day) => day });
    assert.equal(report.previousFrom, "2026-03-03");
    for (const row of report.rows) {
      const day = new Date(Date.parse(`${row.keys[0]?.value}T00:00:00Z`) - 7 * DAY).toISOString().slice(0, 10);
      assert.ok(row.previous);
      assert.deepEqual(counted(row.previous), before.get(day));
    }
    const total = expected({ basis: "happened", from: "2026-03-03", to: "2026-03-10", key: () => "" }).get("");
    assert.deepEqual(report.totals.previous && counted(report.totals.previous), total);
  });

  it("narrows by filters, sums up what is not among the top, sorts by any metric", async () => {
    const report = await ask({
      by: ["sub1"],
      country: ["DE", "GB"],
      partnerId: ["prt_ada"],
      top: 2,
      sort: "registrations",
    });
    const keep = (visit: Visit): boolean => visit.partner === "ada" && visit.country !== "ES";
    const subs = [...expected({ basis: "happened", key: (visit) => visit.sub1, keep })];
    subs.sort(([a, x], [b, y]) => y.registrations - x.registrations || y.clicks - x.clicks || (a < b ? -1 : 1));
    assert.deepEqual([...byKey(report)], subs.slice(0, 2));
    assert.equal(report.rest?.groups, subs.length - 2);
    const rest = subs.slice(2).reduce((sum, [, row]) => sum + row.clicks, 0);
    assert.equal(report.rest?.figures.clicks, rest);
  });

  it("gives ratios, and nothing where there is nothing to divide by", async () => {
    const report = await ask({ by: [] });
    const { clicks, registrations, ftds } = report.totals.figures;
    assert.equal(report.totals.figures.clickToRegistration, registrations / clicks);
    assert.equal(report.totals.figures.registrationToFtd, ftds / registrations);
    const empty = await ask({ by: [], from: "2025-01-01", to: "2025-01-02" });
    assert.equal(empty.totals.figures.clickToFtd, null);
    assert.equal(empty.totals.figures.clicks, 0);
    assert.deepEqual(report.rows, []);
  });

  it("refuses ranges that cannot be meant", async () => {
    await assert.rejects(ask({ from: "2026-03-02", to: "2026-03-02" }), { code: "invalid_input" });
    await assert.rejects(ask({ from: "2020-01-01", to: "2026-03-02" }), { code: "invalid_input" });
  });

  it("clicks over time have no gaps and add up", async () => {
    const query = {
      from: "2026-03-01",
      to: "2026-03-15",
      grain: "day",
      by: "country",
      top: 2,
      format: "json",
    } as const;
    const report = await clicksReport(ctx, systemActor("test"), query);
    assert.equal(report.times.length, 14);
    assert.equal(report.series.length, 3);
    const days = expected({ basis: "happened", key: (_, day) => day });
    report.times.forEach((time, index) => {
      const sum = report.series.reduce((total, series) => total + (series.clicks[index] ?? 0), 0);
      assert.equal(sum, days.get(time)?.clicks ?? 0, time);
    });
    const bots = report.verdicts.find((row) => row.verdict === "bot");
    assert.equal(
      bots?.requests,
      [...days.values()].reduce((sum, row) => sum + row.uncounted, 0),
    );
    const hours = await clicksReport(ctx, systemActor("test"), {
      ...query,
      by: undefined,
      grain: "hour",
      to: "2026-03-03",
    });
    const format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: "Europe/Berlin",
      dateStyle: "short",
      timeStyle: "short",
    });
    const inHour = Map.groupBy(
      all.filter((visit) => visit.counted),
      (visit) => `${format.format(visit.at).slice(0, 13).replace(" ", "T")}:00`,
    );
    hours.times.forEach((time, index) => {
      const clicks = inHour.get(time)?.length ?? 0;
      assert.equal(hours.series[0]?.clicks[index], clicks, time);
    });
  });

  it("exports what it shows", async () => {
    const report = await ask({ by: ["partner", "country"] });
    const lines = funnelCsv(report).trim().split("\r\n");
    assert.equal(lines.length, report.rows.length + 1);
    assert.match(lines[0] ?? "", /^partner,partner name,country,country name,impressions,clicks,/);
    const clicks = await clicksReport(ctx, systemActor("test"), {
      from: "2026-03-01",
      to: "2026-03-03",
      grain: "day",
      top: 8,
      format: "csv",
    });
    assert.equal(clicksCsv(clicks).trim().split("\r\n").length, 3);
  });

  /** Somebody with one permission within some scopes; a partner's person when `partnerId` is given. */
  function person(scopes: readonly Scope[], partnerId?: string): Actor {
    const permissions = new Set<Permission>(["reports.read", "intake.read"]);
    return {
      kind: partnerId === undefined ? "user" : "partner_user",
      id: "usr_x",
      name: "X",
      permissions,
      grants: scopes.map((scope) => ({
        role: partnerId === undefined ? "analyst" : "partner_owner",
        permissions,
        scope,
      })),
      ...(partnerId === undefined ? {} : { partnerId }),
    };
  }

  const searchLog = (actor: Actor, query: object = {}) =>
    searchIntake(ctx, actor, { limit: 500, format: "json", ...query } as IntakeQuery);

  it("show everybody their own reach and nothing else, whatever they ask for", async () => {
    const ben = person([{ kind: "partner", id: "prt_ben" }], "prt_ben");
    const report = await ask({ by: ["partner"] }, ben);
    assert.deepEqual([...byKey(report).keys()], ["prt_ben"]);
    assert.deepEqual(
      counted((await ask({ by: [] }, ben)).totals.figures),
      expected({ basis: "happened", key: () => "", keep: (visit) => visit.partner === "ben" }).get(""),
    );
    const foreign = await ask({ by: ["partner"], partnerId: ["prt_ada"] }, ben);
    assert.deepEqual(foreign.rows, []);
    assert.equal(foreign.totals.figures.clicks, 0);
    await assert.rejects(partnerReport(ctx, ben, "prt_ada"), { code: "not_found" });
    const home = await homeReport(ctx, ben);
    assert.ok(home.totals.clicks > 0);
    const hidden = await clicksReport(ctx, ben, {
      from: "2026-03-01",
      to: "2026-03-15",
      grain: "day",
      by: "partner",
      partnerId: ["prt_ada"],
      top: 8,
      format: "json",
    });
    assert.deepEqual(hidden.series, []);
    assert.deepEqual(hidden.verdicts, []);
    const log = await searchLog(ben);
    assert.ok(log.data.length > 0 && log.data.every((row) => row.partnerId === "prt_ben"));
    assert.equal((await searchLog(ben, { partnerId: ["prt_ada"] })).data.length, 0);
  });

  it("hold for a portfolio of ten thousand partners", async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `prt_${String(index).padStart(26, "0")}`);
    const scopes = [...many, "prt_ben"].map((id) => ({ kind: "partner", id }) as const);
    assert.deepEqual([...byKey(await ask({ by: ["partner"] }, person(scopes))).keys()], ["prt_ben"]);
  });

  it("show nothing to whoever has no reach, and a program's people that program", async () => {
    for (const nobody of [person([]), person([{ kind: "program", id: "prg_other" }])]) {
      assert.equal((await ask({ by: [] }, nobody)).totals.figures.clicks, 0);
      assert.equal((await searchLog(nobody)).data.length, 0);
      assert.equal((await todayReport(ctx, nobody, {})).clicks.before, 0);
      assert.equal((await liveReport(ctx, nobody)).clicksLastHour, 0);
    }
    const manager = person([{ kind: "program", id: PROGRAM }]);
    assert.deepEqual(await ask({}, manager).then(byKey), await ask({}).then(byKey));
  });

  it("the day stands beside the same weekday up to the same time", async () => {
    // The clock says Tuesday 31 March, 14:00 in Berlin.
    const now = world.clock.now().getTime();
    const report = await todayReport(ctx, systemActor("test"), {});
    const within = (day: string, until: number) =>
      all.filter((v) => v.counted && dayInBerlin(v.at) === day && v.at < until).length;
    assert.deepEqual(report.clicks, { now: within("2026-03-31", now), before: within("2026-03-24", now - 7 * DAY) });
    const registered = (day: string, until: number) =>
      all.filter((v) => v.registered && dayInBerlin(v.registered) === day && v.registered < until).length;
    assert.deepEqual(report.registrations, {
      now: registered("2026-03-31", now),
      before: registered("2026-03-24", now - 7 * DAY),
    });
    assert.equal(
      report.hours.reduce((sum, hour) => sum + hour.before, 0),
      within("2026-03-24", now),
    );
  });

  it("a partner's thirty days are those of the funnel", async () => {
    const report = await partnerReport(ctx, systemActor("test"), "prt_ada");
    assert.equal(report.days.length, 30);
    const keep = (visit: Visit): boolean => visit.partner === "ada";
    const total = expected({ basis: "happened", from: report.from, to: report.to, key: () => "", keep }).get("");
    assert.deepEqual(counted(report.totals), total);
    assert.equal(
      report.clicks.reduce((sum, clicks) => sum + clicks, 0),
      total?.clicks,
    );
    const last = Math.max(...all.filter((visit) => keep(visit) && visit.counted).map((visit) => visit.at));
    assert.equal(report.lastClickAt && Date.parse(report.lastClickAt), last);
  });
});
