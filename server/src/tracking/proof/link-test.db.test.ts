import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { idSource } from "../../kernel/ids.ts";
import { testMarks } from "../edge/mark-of-test.ts";
import { openTestEdge, type TestEdge } from "../edge/test-edge.ts";
import { addressPolicy } from "../outbound/address.ts";
import type { ProofNeeds } from "./contracts.ts";
import { findingsOf } from "./core/findings.ts";
import { findingInWords } from "./core/words.ts";
import { type FaultySite, faultySite } from "./faulty-site.ts";
import { followAsVisitor } from "./link-test.ts";

const QUERY = "cid={click_id}&s1={sub1}&s2={sub2}&p={partner_click_id}";
/** Of every local chain: it is not encrypted. */
const PLAIN = "insecure_landing";

/** What each fault must be found as, and at whom: the place in the chain. */
const FAULTS: readonly (readonly [path: string, codes: readonly string[], at?: number])[] = [
  [`/ok?${QUERY}`, [PLAIN]],
  [`/hop?${QUERY}`, [PLAIN]],
  [`/drops-all?${QUERY}`, ["click_id_lost", "sub_id_lost", "sub_id_lost", "sub_id_lost", PLAIN], 1],
  [`/drops-sub?${QUERY}`, ["sub_id_lost", PLAIN], 1],
  [`/upper?${QUERY}`, ["click_id_case", PLAIN], 1],
  [`/lower-sub?${QUERY}`, ["sub_id_case", PLAIN], 1],
  [`/cuts?${QUERY}`, ["click_id_cut", PLAIN], 1],
  [`/twice?${QUERY}`, ["double_encoded", PLAIN], 1],
  [`/second?${QUERY}`, ["parameter_twice", PLAIN], 2],
  [`/braces?${QUERY}`, ["unfilled_macro", PLAIN], 2],
  [`/cookie?${QUERY}`, ["sub_id_lost", "sub_id_lost", "sub_id_lost", PLAIN, "click_id_in_cookie"]],
  [`/loop-a?${QUERY}`, ["loop"]],
  [`/many/7?${QUERY}`, ["many_hops", PLAIN]],
  [`/many/20?${QUERY}`, ["too_many_hops"]],
  [`/meta?${QUERY}`, ["soft_redirect", PLAIN], 2],
  [`/script?${QUERY}`, ["soft_redirect", PLAIN], 2],
  [`/works-out?${QUERY}`, ["script_unread", PLAIN], 1],
  [`/form?${QUERY}`, ["script_unread", PLAIN], 1],
  [`/reads-well?${QUERY}`, [PLAIN]],
  [`/refresh-bare?${QUERY}`, ["soft_redirect", PLAIN], 2],
  [`/refresh-header?${QUERY}`, ["soft_redirect", PLAIN], 2],
  [`/nowhere?${QUERY}`, ["redirect_without_target"], 1],
  [`/gone?${QUERY}`, ["landing_error"], 1],
  [`/broken?${QUERY}`, ["landing_error"], 1],
  [`/forbidden?${QUERY}`, ["page_forbidden"], 1],
  [`/not-in-your-country?${QUERY}`, ["geography_refused"], 1],
  [`/inside?${QUERY}`, ["hop_refused"], 2],
  [`/app?${QUERY}`, ["not_a_link"], 2],
  [`/unknown-host?${QUERY}`, ["hop_unknown_host"], 2],
  [`/dead-port?${QUERY}`, ["hop_unreachable"], 2],
  ["/ok?cid={click_id}&tid=%23reqid%23", ["wrong_brackets", PLAIN, "not_handed_on"], 1],
  ["/ok?cid={click_id}&tid=[clickid]", ["wrong_brackets", PLAIN, "not_handed_on"], 1],
  ["/ok?cid={click_id}&x={advertiser_secret}", ["unknown_macro", PLAIN, "not_handed_on"], 1],
];

describe("a link test finds planted faults", () => {
  let edge: TestEdge;
  let site: FaultySite;
  let needs: ProofNeeds;
  before(async () => {
    const marks = testMarks(randomBytes(32));
    edge = await openTestEdge({ testMarks: marks, trustedProxies: [] });
    site = await faultySite();
    await edge.addLink({ code: "main", offerId: "ofr_main", partnerId: "prt_one" });
    await edge.addLink({ code: "spain", offerId: "ofr_spain", partnerId: "prt_one" });
    await edge.addLink({ code: "paused", offerId: "ofr_main", partnerId: "prt_one", status: "paused" });
    needs = {
      publicUrl: `http://localhost:${edge.port}`,
      marks,
      clickIds: edge.clickIds,
      routes: edge.routes,
      policy: addressPolicy([], ["127.0.0.1"]),
      whole: edge.database.db,
    } as Partial<ProofNeeds> as ProofNeeds;
  });
  after(async () => {
    await site.close();
    await edge.close();
  });

  const landing = async (address: string) => {
    edge.catalogue.offers = edge.catalogue.offers.map((offer) =>
      offer.offerId === "ofr_main" ? { ...offer, landingUrl: address, allowedHosts: ["127.0.0.1"] } : offer,
    );
    await edge.routes.refresh();
  };
  const run = async (
    start: string,
    visitor: { country?: string; device?: "desktop" | "iphone"; language?: string } = {},
  ) => {
    const ctx = { db: edge.database.db, clock: edge.clock, ids: idSource(() => edge.clock.now(), randomBytes) };
    const chosen = {
      runId: "prf_1",
      country: "ES",
      device: "desktop" as const,
      language: "es-ES",
      maxHops: 15,
      ...visitor,
    };
    const { trace, expected } = await followAsVisitor(ctx, start, chosen, needs);
    return { trace, expected, findings: findingsOf(trace, expected) };
  };
  const link = (code = "main") =>
    `${needs.publicUrl}/c/${code}?sub1=Ab1-xyzxyz&sub2=${encodeURIComponent("Té st/2&xyz")}&click_id=PcK-xyzxY`;

  for (const [path, codes, at] of FAULTS) {
    it(`${path.split("?")[0]}: ${codes.join(", ")}`, async () => {
      await landing(`${site.origin}${path}`);
      const { findings, expected } = await run(link());
      assert.notEqual(expected.clickId, null);
      assert.deepEqual(
        findings.map((one) => one.code),
        codes,
      );
      if (at !== undefined) assert.equal(findings[0]?.hop, at);
      for (const language of ["en", "es"] as const) {
        for (const one of findings) {
          const { title, where, change } = findingInWords(one, language);
          assert.doesNotMatch(
            `${title} ${where} ${change}`
              .replace(one.values.macro ?? "", "")
              .replace(one.values.ours ?? "", "")
              .replace(one.values.names ?? "", ""),
            /\{[a-z]+\}/,
            one.code,
          );
        }
      }
    });
  }

  it("an offer that is not open in the country, a paused link, and a chain without our link", async () => {
    const blocked = await run(`${needs.publicUrl}/c/spain?sub1=abcdef`, { country: "US" });
    assert.equal(blocked.findings[0]?.code, "country_blocked");
    assert.equal((await run(link("paused"))).findings[0]?.code, "not_counted");
    assert.deepEqual(
      (await run(`${site.origin}/ok`)).findings.map((one) => one.code),
      ["own_link_missing", PLAIN],
    );
  });

  it("asks as the chosen browser does, keeps cookies and shows each hop with time and headers", async () => {
    await landing(`${site.origin}/hop?${QUERY}`);
    const { trace, expected } = await run(link(), { device: "iphone", language: "es-MX" });
    const asked = site.seen.at(-1)?.headers;
    assert.match(asked?.["user-agent"] ?? "", /iPhone/);
    assert.equal(asked?.["accept-language"], "es-MX,es;q=0.9,en;q=0.8");
    assert.equal(asked?.["x-tributary-test"], undefined, "foreign servers never see the mark");
    assert.deepEqual(
      trace.hops.map((hop) => [hop.status, hop.own]),
      [
        [302, true],
        [302, false],
        [200, false],
      ],
    );
    const [own] = trace.hops;
    assert.equal(own?.cookies[0]?.value, expected.clickId);
    assert.ok(trace.hops.every((hop) => hop.milliseconds >= 0 && hop.headers.length > 0));
    assert.doesNotMatch(JSON.stringify(trace), /eyJ/, "nor does the evidence hold it");
  });

  it("a partner's own tracker in front of our link", async () => {
    await landing(`${site.origin}/ok?${QUERY}`);
    const { findings, expected } = await run(`${site.origin}/many/1`);
    assert.equal(findings[0]?.code, "own_link_missing");
    assert.equal(expected.clickId, null);
  });
});

const LIST = new URL("../../../../../shared/data/security/ssrf-urls.csv", import.meta.url);

describe("a link test visits no private address", {
  skip: existsSync(LIST) ? false : "the list of addresses is not here",
}, () => {
  it("of the list, whoever asks", async () => {
    const edge = await openTestEdge({ testMarks: testMarks(randomBytes(32)) });
    const needs = {
      publicUrl: `http://localhost:${edge.port}`,
      marks: testMarks(randomBytes(32)),
      clickIds: edge.clickIds,
      routes: edge.routes,
      policy: addressPolicy([], ["staging.example.com"]),
      whole: edge.database.db,
    } as Partial<ProofNeeds> as ProofNeeds;
    const ctx = { db: edge.database.db, clock: edge.clock, ids: idSource(() => edge.clock.now(), randomBytes) };
    try {
      const lines = readFileSync(LIST, "utf8").trim().split("\n").slice(1);
      const visitor = { runId: "prf_1", device: "desktop", language: "en", maxHops: 3 } as const;
      for (const line of lines) {
        const url = line.startsWith('"')
          ? (/^"((?:[^"]|"")*)"/.exec(line)?.[1] ?? "").replaceAll('""', '"')
          : (line.split(",")[0] ?? "");
        const { trace } = await followAsVisitor(ctx, url, visitor, needs);
        const [hop] = trace.hops;
        assert.equal(hop?.status, null, url);
        assert.ok(
          ["refused", "not_a_link", "dns", "network", "timeout"].includes(hop?.error?.kind ?? ""),
          `${url}: ${hop?.error?.kind}`,
        );
      }
      const other = await followAsVisitor(ctx, `http://localhost:${edge.port}/v1/me`, visitor, needs);
      assert.equal(other.trace.hops[0]?.error?.kind, "refused", "of the deployment itself only its links");
    } finally {
      await edge.close();
    }
  });
});
