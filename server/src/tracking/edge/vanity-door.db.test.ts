import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openTestEdge, type TestEdge } from "./test-edge.ts";

const DOMAIN = { Host: "go.beta.example" };
let edge: TestEdge;
before(async () => {
  edge = await openTestEdge();
  await edge.addLink({ code: "spring", offerId: "ofr_beta", partnerId: "prt_one" });
  await edge.addLink({ code: "brand/spring-26", offerId: "ofr_beta", partnerId: "prt_one" });
  await edge.addLink({ code: "partners", offerId: "ofr_beta", partnerId: "prt_one" });
  await edge.addLink({ code: "alpha-link", offerId: "ofr_main", partnerId: "prt_one" });
});
after(() => edge.close());

test("a link answers at the root of its program's own domain, with whatever the click brings", async () => {
  for (const [path, linkId] of [
    ["/spring?sub1=mail", "lnk_spring"],
    ["/spring/?sub1=mail", "lnk_spring"],
    ["/brand/spring-26?sub1=mail", "lnk_brand/spring-26"],
  ] as const) {
    const answer = await edge.ask(path, DOMAIN);
    assert.equal(answer.status, 302, path);
    const click = await edge.clickOf(answer);
    assert.deepEqual([click.linkId, click.verdict, click.sub1], [linkId, "click", "mail"]);
  }
});

test("nothing else is swallowed: paths of our own, what nobody registered, other hosts, other programs' links, other methods", async () => {
  const cases: readonly (readonly [string, Record<string, string>, string])[] = [
    ["/partners", DOMAIN, "GET"],
    ["/v1/partners", DOMAIN, "GET"],
    ["/nothing", DOMAIN, "GET"],
    ["/", DOMAIN, "GET"],
    ["//", DOMAIN, "GET"],
    ["/Spring", DOMAIN, "GET"],
    ["/alpha-link", DOMAIN, "GET"],
    ["/spring", {}, "GET"],
    ["/spring", DOMAIN, "POST"],
    ["/__proto__", DOMAIN, "GET"],
  ];
  for (const [path, headers, method] of cases) {
    const answer = await edge.ask(path, headers, method);
    assert.match(answer.body.toString(), /not the edge's/, `${method} ${path}`);
  }
  assert.equal((await edge.ask("/c/partners", DOMAIN)).status, 302, "under /c/ it is reached all the same");
});
