import assert from "node:assert/strict";
import { test } from "node:test";
import type { Postback } from "@tributary/contract";
import { toChange, toEntry } from "./postback-entry.ts";

const stored: Postback = {
  id: "pbk_1",
  partnerId: "prt_1",
  programId: "prg_1",
  offerId: null,
  name: "Tracker",
  occasions: ["ftd"],
  method: "GET",
  url: "https://tracker.example/postback?cid={partner_click_id}",
  body: null,
  template: "voluum",
  settings: { domain: "https://tracker.example" },
  secrets: [],
  filters: { offerIds: ["ofr_1"], subs: { sub1: ["a"], sub2: ["b"] }, minAmount: { minor: "5000", currency: "USD" } },
  statusWords: {},
  delaySeconds: 120,
  precedence: "overrides",
  signedSince: null,
  status: "active",
  waiting: 0,
  dead: 0,
  lastDeliveredAt: null,
  createdAt: "2026-03-01T00:00:00.000Z",
  revision: 4,
};

test("what is not changed stays: filters that the form does not show, the template's address, the amount's currency", () => {
  const change = toChange(stored, { ...toEntry(stored), name: "Renamed" });
  assert.equal(change.name, "Renamed");
  assert.deepEqual(change.filters, stored.filters);
  assert.deepEqual([change.revision, change.programId, change.delaySeconds], [4, "prg_1", 120]);
  assert.ok(!("settings" in change) && !("url" in change));
});

test("new settings fill the template in anew; an address of one's own is sent with its body", () => {
  const settings = { domain: "other.example" };
  assert.deepEqual(toChange(stored, { ...toEntry(stored), settings }).settings, settings);
  const own = { ...stored, template: null, settings: {}, method: "POST" as const, body: "{}" };
  const change = toChange(own, toEntry(own));
  assert.deepEqual([change.url, change.method, change.body], [stored.url, "POST", "{}"]);
});
