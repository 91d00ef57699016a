import assert from "node:assert/strict";
import { test } from "node:test";
import { type AliasVendor, clickQuery, isUnmistakable, readAlias } from "./alias.ts";

/** How each platform publishes a link (../shared/reference/field-catalogue.md §2b), and what names the link in it. */
const PUBLISHED: readonly (readonly [AliasVendor, string, string | null, string])[] = [
  ["everflow", "https://www.trkdomain.com/ABC12/9XYZ4/?sub1=a&source_id=b", "www.trkdomain.com", "/abc12/9xyz4"],
  ["everflow", "https://trk.example/clk?oid=12&affid=7&sub1=a", "trk.example", "/clk?affid=7&oid=12"],
  [
    "tune",
    "https://net.go2cloud.org/aff_c?offer_id=12&aff_id=7&aff_sub=x",
    "net.go2cloud.org",
    "/aff_c?aff_id=7&offer_id=12",
  ],
  ["tune", "/aff_c?offer_id=12&aff_id=7&url_id=3", null, "/aff_c?aff_id=7&offer_id=12&url_id=3"],
  ["impact", "https://brand.sjv.io/c/123456/78910/1112?subId1=x", "brand.sjv.io", "/c/123456/78910/1112"],
  ["affise", "https://co.g2afse.com/click?pid=4&offer_id=9&sub1=x", "co.g2afse.com", "/click?offer_id=9&pid=4"],
  ["scaleo", "https://co.scaletrk.com/click?o=16&a=1&aff_click_id=z", "co.scaletrk.com", "/click?a=1&o=16"],
  ["cake", "https://trk.example/?a=5&c=8&s1=q", "trk.example", "/?a=5&c=8"],
  [
    "post_affiliate_pro",
    "https://shop.example/?a_aid=Jane&a_bid=11110001",
    "shop.example",
    "/?a_aid=jane&a_bid=11110001",
  ],
  ["dub", "https://refer.dub.co/Steven", "refer.dub.co", "/Steven"],
  ["dub", "https://acme.example/pricing?via=Steven", "acme.example", "/pricing?via=Steven"],
  ["rewardful", "https://acme.example/?via=Jane", "acme.example", "/?via=jane"],
  ["firstpromoter", "https://acme.example?fpr=jane", "acme.example", "/?fpr=jane"],
  ["tapfiliate", "https://acme.example/?ref=zmmxmme", "acme.example", "/?ref=zmmxmme"],
  ["partnerstack", "https://try.acme.example/4k2jh", "try.acme.example", "/4k2jh"],
];

for (const [vendor, address, host, key] of PUBLISHED) {
  test(`${vendor}: ${address} is named by ${key}`, () => {
    const read = readAlias(vendor, address);
    assert.equal(read?.key, key);
    assert.equal(read?.host, host);
  });
}

test("what does not name a link is no alias", () => {
  const none: readonly (readonly [AliasVendor, string])[] = [
    ["tune", "https://net.go2cloud.org/aff_c?offer_id=12"],
    ["cake", "https://trk.example/"],
    ["rewardful", "https://acme.example/?utm_source=x"],
    ["impact", "https://brand.sjv.io/c/abc"],
    ["affise", "not an address"],
    ["dub", "https://dub.sh/"],
  ];
  for (const [vendor, address] of none) assert.equal(readAlias(vendor, address), undefined, address);
});

test("a platform's click parameters get our names, what named the link goes, the rest stays as it was sent", () => {
  const query = (vendor: AliasVendor, text: string, naming: string[]) => clickQuery(vendor, text, 0, naming);
  assert.equal(query("impact", "subId1=a%20b&SubId1=c&u=https%3A%2F%2Fx", []), "sub1=a%20b&SubId1=c&u=https%3A%2F%2Fx");
  assert.equal(
    query("tune", "offer_id=1&AFF_ID=2&aff_sub=x&aff_click_id=y", ["aff_id", "offer_id"]),
    "aff_sub=x&aff_click_id=y",
  );
  assert.equal(query("scaleo", "o=1&a=2&AFF_PARAM1=v&sub_id2=w", ["a", "o"]), "sub6=v&sub_id2=w");
  assert.equal(query("post_affiliate_pro", "a_aid=j&chan=mail&data1=q", ["a_aid"]), "source=mail&sub1=q");
});

test("paths that any page could have are answered on the program's own hosts only", () => {
  assert.equal(isUnmistakable("cake", "/"), false);
  assert.equal(isUnmistakable("dub", "/portal"), false);
  assert.equal(isUnmistakable("everflow", "/partners/archive"), false);
  assert.equal(isUnmistakable("everflow", "/ABC12/9XYZ4"), true);
  assert.equal(isUnmistakable("tune", "/aff_c"), true);
});
