import assert from "node:assert/strict";
import { test } from "node:test";
import { simulate } from "./plan.ts";
import { chance } from "./random.ts";
import { buildWorld } from "./world.ts";

const START = Date.UTC(2025, 0, 1);

function year(seed: string) {
  const draw = chance(seed);
  const world = buildWorld(draw.branch("world"));
  const extent = { start: START, days: 365, until: START + 365 * 86_400_000, clicks: 40_000 };
  return { world, days: [...simulate(world, draw.branch("traffic"), extent)] };
}

test("the same seed gives the same year, another seed another", () => {
  const text = (seed: string) => JSON.stringify(year(seed).days.slice(100, 103));
  assert.equal(text("a"), text("a"));
  assert.notEqual(text("a"), text("b"));
});

test("a year holds about the clicks that were asked for, in order of time, and every kind of event", () => {
  const { days } = year("tributary");
  const clicks = days.flatMap((day) => day.clicks);
  assert.ok(Math.abs(clicks.length - 40_000) < 2_000, String(clicks.length));
  assert.ok(clicks.every((click, i) => i === 0 || click.at >= (clicks[i - 1]?.at ?? 0)));
  assert.ok(days.flatMap((day) => day.impressions).length > 2_000);
  const types = new Set(days.flatMap((day) => day.events.map((event) => event.type)));
  for (const type of [
    "registration",
    "kyc_passed",
    "deposit",
    "withdrawal",
    "trade",
    "activity",
    "sale",
    "refund",
    "chargeback",
  ])
    assert.ok(types.has(type), type);
});

test("external ids are unique per type, and nothing happens before its click", () => {
  const { days } = year("tributary");
  const ids = days.flatMap((day) => day.events.map((event) => `${event.vertical} ${event.type} ${event.externalId}`));
  assert.equal(new Set(ids).size, ids.length);
  for (const event of days.flatMap((day) => day.events)) if (event.click) assert.ok(event.at >= event.click.at);
});

test("the partners have unique codes, and a parent that is there", () => {
  const { world } = year("tributary");
  const codes = new Set(world.partners.map((partner) => partner.code));
  assert.equal(codes.size, 150);
  for (const partner of world.partners) assert.ok(partner.parent === undefined || codes.has(partner.parent));
});
