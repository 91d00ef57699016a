import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { systemActor } from "../../access/index.ts";
import { transact } from "../../database/index.ts";
import { idSource } from "../../kernel/ids.ts";
import { type AliasVendor, readAlias } from "../core/alias.ts";
import { addAlias, removeAliases } from "../links/aliases.ts";
import { openTestEdge, PROGRAM_A, type TestEdge } from "./test-edge.ts";

let edge: TestEdge;
const importer = systemActor("import");

before(async () => {
  edge = await openTestEdge();
});
after(() => edge.close());

function context() {
  return { db: edge.database.db, clock: edge.clock, ids: idSource(edge.clock.now, (count) => new Uint8Array(count)) };
}

/** Makes a link of program A and lets it answer at the address. */
async function imported(code: string, vendor: AliasVendor, address: string): Promise<void> {
  const offer = edge.catalogue.offers.find((one) => one.programId === PROGRAM_A);
  const partner = edge.catalogue.partners[0];
  await edge.addLink({ code, offerId: offer?.offerId ?? "", partnerId: partner?.partnerId ?? "" });
  const read = readAlias(vendor, address);
  assert.ok(read, address);
  await transact(context(), (tx) => addAlias(tx, importer, `lnk_${code}`, read, address));
  await edge.routes.refresh();
}

/** Whose link an address leads to, and what the click carries. */
async function follow(target: string, host: string) {
  const answer = await edge.ask(target, { Host: host });
  if (answer.status !== 302) return answer.status;
  const { linkId, sub1, sub2, sub6, partnerClickId, source, verdict } = await edge.clickOf(answer);
  return { linkId, sub1, sub2, sub6, partnerClickId, source, verdict };
}

const NOTHING = {
  sub1: undefined,
  sub2: undefined,
  sub6: undefined,
  partnerClickId: undefined,
  source: undefined,
  verdict: "click",
};

/** A published address, how a visitor calls it at the new host, and what the click has of it. */
const OLD: readonly (readonly [AliasVendor, string, string, object])[] = [
  [
    "everflow",
    "https://trk.ef.example/ABC12/9XYZ4/",
    "/ABC12/9XYZ4/?sub1=a&source_id=news",
    { sub1: "a", source: "news" },
  ],
  [
    "tune",
    "https://n.go2cloud.org/aff_c?offer_id=1&aff_id=2",
    "/aff_c?aff_id=2&offer_id=1&aff_sub=x&aff_sub2=y&aff_click_id=z",
    { sub1: "x", sub2: "y", partnerClickId: "z" },
  ],
  [
    "impact",
    "https://brand.sjv.io/c/10/20/30",
    "/c/10/20/30?subId1=Ab&subId2=c&sharedid=blog",
    { sub1: "Ab", sub2: "c", source: "blog" },
  ],
  [
    "affise",
    "https://co.g2afse.com/click?pid=1&offer_id=5",
    "/click?offer_id=5&pid=1&sub1=q&sub2=w",
    { sub1: "q", sub2: "w" },
  ],
  [
    "scaleo",
    "https://co.scaletrk.com/click?o=16&a=1",
    "/click?o=16&a=1&aff_click_id=k&aff_param1=p",
    { partnerClickId: "k", sub6: "p" },
  ],
];

test("links keep working at the addresses of their platforms, with the sub IDs by our names", async () => {
  for (const [vendor, address] of OLD) await imported(vendor, vendor, address);
  for (const [vendor, , target, says] of OLD) {
    assert.deepEqual(await follow(target, "edge.example"), { ...NOTHING, linkId: `lnk_${vendor}`, ...says }, target);
  }
});

test("addresses that any page could have are answered on the old host and the program's own, and nowhere else", async () => {
  await imported("cake", "cake", "https://trk.cake.example/?a=5&c=8");
  await imported("reward", "rewardful", "https://www.shop.example/?via=Jane");
  await imported("papa", "post_affiliate_pro", "https://www.shop.example/?a_aid=Joe&a_bid=11");
  await imported("fpr", "firstpromoter", "https://www.shop.example/?fpr=kim");
  await imported("tap", "tapfiliate", "https://www.shop.example/?ref=zm");
  await imported("short", "dub", "https://refer.shop.example/Steven");
  const found = async (target: string, host: string) => {
    const said = await follow(target, host);
    return typeof said === "number" ? said : said.linkId;
  };
  assert.equal(await found("/?c=8&a=5&s1=x", "trk.cake.example"), "lnk_cake");
  assert.equal(await found("/?VIA=jane", "www.shop.example"), "lnk_reward", "letters of either case");
  assert.equal(await found("/?a_bid=11&a_aid=joe", "www.shop.example"), "lnk_papa");
  assert.equal(await found("/?fpr=kim", "www.shop.example"), "lnk_fpr");
  assert.equal(await found("/?ref=zm", "www.shop.example"), "lnk_tap");
  assert.equal(await found("/Steven", "refer.shop.example"), "lnk_short");
  assert.equal(await found("/steven", "refer.shop.example"), 404, "short paths tell letters apart");
  for (const target of ["/?a=5&c=8", "/?via=jane", "/Steven"])
    assert.equal(await found(target, "edge.example"), 404, target);
});

test("what nobody imported is left as it came", async () => {
  for (const target of [
    "/aff_c?offer_id=1&aff_id=3",
    "/aff_c?offer_id=1",
    "/click?pid=1",
    "/ABC12/other",
    "/v1/partners?offer_id=1",
    "/",
  ]) {
    assert.equal(await follow(target, "edge.example"), 404, target);
  }
  const post = await edge.ask("/aff_c?offer_id=1&aff_id=2", { Host: "edge.example" }, "POST");
  assert.equal(post.status, 404);
});

test("impact's case matters: another spelling of a parameter is another parameter", async () => {
  const answer = await edge.ask("/c/10/20/30?SUBID1=a", { Host: "edge.example" });
  const click = await edge.clickOf(answer);
  assert.equal(click.linkId, "lnk_impact");
});

test("an unknown path behind /c/ stays an unknown link", async () => {
  const answer = await edge.ask("/c/10/20/31", { Host: "edge.example" });
  assert.equal(answer.headers.get("location"), "https://deployment.example/unknown");
});

test("another program's domain does not answer them, and a link that is taken back answers no more", async () => {
  assert.equal(await follow("/aff_c?offer_id=1&aff_id=2", "go.beta.example"), 404);
  await transact(context(), (tx) => removeAliases(tx, importer, "lnk_tune"));
  await edge.routes.refresh();
  assert.equal(await follow("/aff_c?offer_id=1&aff_id=2", "edge.example"), 404);
});
