import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findingsOf } from "./findings.ts";
import { unfilledMacros } from "./macro-forms.ts";
import { nextHopOf } from "./next-hop.ts";
import type { Expected, Hop } from "./trace.ts";
import { carried } from "./values.ts";
import { FINDING_WORDS_EN } from "./words-en.ts";
import { FINDING_WORDS_ES } from "./words-es.ts";

const ID = "080ssa6q5m00000004000001000000019wvj7cwj8z2d2";

function hop(url: string, more: Partial<Hop> = {}): Hop {
  const plain = { via: "redirect", own: false, status: 302, error: null, milliseconds: 5, address: null } as const;
  return { url, ...plain, sent: [], headers: [], cookies: [], next: null, ...more };
}

const cookie = {
  name: "trb",
  value: ID,
  domain: "go.example",
  secure: true,
  httpOnly: true,
  sameSite: "Lax",
  expires: null,
};
const OWN = hop("https://go.example/c/x", { own: true, cookies: [{ ...cookie, kept: true }] });
const LAST = hop(`https://shop.example/?cid=${ID}`, { status: 200 });
const EXPECTED: Expected = { clickId: ID, verdict: null, country: "ES", probes: {}, handedOn: [] };
const codes = (hops: readonly Hop[], expected: Partial<Expected> = {}) =>
  findingsOf({ hops, stopped: null }, { ...EXPECTED, ...expected }).map((one) => one.code);

describe("findings of a chain", () => {
  it("a clean chain has none", () => assert.deepEqual(codes([OWN, LAST]), []));

  it("mixed http and https", () => {
    const middle = hop(`http://track.example/?cid=${ID}`);
    assert.deepEqual(codes([OWN, middle, LAST]), ["insecure_hop"]);
    assert.deepEqual(codes([hop("http://ad.example/"), OWN, LAST]), []);
  });

  it("a cookie that is not set, or that a browser refuses", () => {
    assert.deepEqual(codes([{ ...OWN, cookies: [] }, LAST]), ["cookie_missing"]);
    assert.deepEqual(codes([{ ...OWN, cookies: [{ ...cookie, kept: false }] }, LAST]), ["cookie_refused"]);
  });

  it("a certificate, a slow page, a link that made no click", () => {
    const bad = { status: null, error: { kind: "certificate", text: "CERT_HAS_EXPIRED" } } as const;
    assert.deepEqual(codes([OWN, { ...LAST, ...bad }]), ["hop_certificate"]);
    assert.deepEqual(codes([OWN, { ...LAST, milliseconds: 4000 }]), ["slow_hop"]);
    assert.deepEqual(codes([OWN, LAST], { clickId: null }), ["no_click"]);
    assert.deepEqual(codes([OWN, LAST], { verdict: "targeting" }), ["targeting"]);
  });

  it("a macro in the link itself is the business of who places it", () => {
    assert.deepEqual(codes([{ ...OWN, url: "https://go.example/c/x?sub1={ad_id}" }, LAST]), ["macro_in_link"]);
  });

  it("every finding has words in both languages", () => {
    assert.deepEqual(Object.keys(FINDING_WORDS_ES).sort(), Object.keys(FINDING_WORDS_EN).sort());
  });
});

it("macros of any platform are told from values", () => {
  const found = (value: string) =>
    unfilledMacros(`https://x.example/?v=${encodeURIComponent(value)}`).map((one) => [one.text, one.ours]);
  for (const [text, ours] of [
    ["{transaction_id}", "click_id"],
    ["{clickid}", "click_id"],
    ["#reqid#", "click_id"],
    ["#s2#", "sub2"],
    ["[clickid]", "click_id"],
    ["{{campaign.id}}", undefined],
    [`\${CLICK_ID}`, "click_id"],
    ["__CLICKID__", "click_id"],
    ["%%CACHEBUSTER%%", undefined],
    ["<click_id>", "click_id"],
    ["{sub_id_3}", "sub3"],
  ] as const)
    assert.deepEqual(found(text), [[text, ours]], text);
  for (const value of ["plain", "a-b_c", "100%", "[1]", "{}", "#top", "__init", "3 < 4 > 2", ID])
    assert.deepEqual(found(value), [], value);
});

it("how a value stands in an address", () => {
  const value = "Té st/2&x";
  const once = encodeURIComponent(value);
  assert.equal(carried(`https://x.example/?a=${once}`, value), "whole");
  assert.equal(carried(`https://x.example/p/${once}/end`, value), "whole");
  assert.equal(carried(`https://x.example/?a=${encodeURIComponent(once)}`, value), "double");
  assert.equal(carried(`https://x.example/?a=${once.toLowerCase()}`, value), "case");
  assert.equal(carried(`https://x.example/?a=${ID.slice(0, 20)}`, ID), "cut");
  assert.equal(carried("https://x.example/?a=b", value), "lost");
});

it("how a page sends its visitor on", () => {
  const base = "https://x.example/a/b";
  const url = (html: string) => nextHopOf(html, base)?.url;
  assert.equal(url('<meta http-equiv="refresh" content="0;url=/c?x=1&amp;y=2">'), "https://x.example/c?x=1&y=2");
  assert.equal(
    url('<meta http-equiv="refresh" content="30;url=/c">'),
    undefined,
    "a page that reloads itself later is the page",
  );
  assert.equal(url('<noscript><meta http-equiv="refresh" content="0;url=/c"></noscript>'), undefined);
  assert.equal(url('<!-- <meta http-equiv="refresh" content="0;url=/c"> -->'), undefined);
  for (const script of [
    'location.href = "/c"',
    "window.location='/c'",
    "top.location.assign(`/c`)",
    'var a=1;\n// location = "/no"\ndocument.location.replace("/c")',
    'self.location = "https:\\/\\/x.example\\/c"',
  ])
    assert.equal(url(`<script>${script}</script>`), "https://x.example/c", script);
  for (const script of ['if (location.href == "/c") {}', 'mylocation = "/c"', 'location = "javascript:1"'])
    assert.equal(url(`<script>${script}</script>`), undefined, script);
  for (const script of [
    "location = next",
    'location.href = "/c?" + query',
    "location.replace(`/c` + x)",
    "document.forms[0].submit()",
  ])
    assert.equal(url(`<script>${script}</script>`), null, `${script}: worked out`);
  const read = `<script>function out() { location = "/c" }</script>${"<p>Something to read.</p>".repeat(30)}`;
  assert.equal(url(read), undefined, "what a page's script does when it is asked to is no redirect");
  assert.equal(url('<script src="/x.js">location = "/c"</script>'), undefined);
  const started = process.cpuUsage();
  nextHopOf(`${"<!--".repeat(20_000)}${"<meta ".repeat(8000)}${"<script>".repeat(4000)}`, base);
  assert.ok(process.cpuUsage(started).user < 2_000_000, "a page made to take long takes no time");
});
