import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { OfferQuery } from "@tributary/contract";
import { type ApiWorld, apiWorld, type Caller } from "../../test/api-world.ts";
import { systemActor } from "../access/index.ts";
import { changePartner, createContact, getPartner } from "../partners/index.ts";
import { createOffer, createProgram, listOffers, moveOffer, moveProgram } from "../programs/index.ts";
import { addressPolicy, createLink, getLink } from "../tracking/index.ts";
import { evaluateAll } from "./evaluate.ts";
import { followTrail } from "./jobs.ts";
import { lookAtPages, lookForTidying } from "./look-for-tidying.ts";
import { governanceRoutes } from "./routes.ts";
import { makeFirstRules } from "./rules.ts";
import { applyTagRules } from "./tags.ts";

const system = systemActor("test");
let world: ApiWorld;
let admin: Caller;
let site: Server;
let address: string;

before(async () => {
  world = await apiWorld({ rooms: () => [governanceRoutes({ metrics: [] })], at: "2026-06-30T10:00:00Z" });
  admin = await world.administrator();
  site = createServer((request, response) => {
    response.writeHead(request.url?.startsWith("/gone") ? 410 : 200).end("page");
  });
  await new Promise<void>((resolve) => site.listen(0, resolve));
  address = `http://pages.example:${(site.address() as AddressInfo).port}`;
});
after(async () => {
  await world.close();
  await new Promise((resolve) => site.close(resolve));
});

async function makePartner(code: string, fields: Record<string, unknown> = {}): Promise<string> {
  const id = await world.partner(code, {});
  const { revision } = await getPartner(world.ctx, system, id);
  await changePartner(world.ctx, system, id, { revision, ...fields });
  return id;
}

async function findings(
  query = "",
): Promise<{ ruleCode: string; subjectId: string; id: string; assignedTo: string }[]> {
  return (await admin.call("GET", `/v1/findings?limit=500${query}`)).body.data;
}

describe("data rules", () => {
  let twin: string;
  let first: string;

  it("finds what breaks them, and scores it", async () => {
    first = await makePartner("first", { email: "one@example.com", country: "ES", name: "Same Name" });
    twin = await makePartner("twin", { email: "ONE@example.com ", name: "same-name" });
    await createContact(world.ctx, system, first, { name: "Ana", email: "ana@example.com", phone: "call me" });
    assert.ok((await makeFirstRules(world.ctx)) > 10);
    assert.equal(await makeFirstRules(world.ctx), 0);
    assert.deepEqual((await evaluateAll(world.ctx)).partners, 2);
    const found = await findings();
    const of = (id: string) =>
      found
        .filter((one) => one.subjectId === id)
        .map((one) => one.ruleCode)
        .sort();
    assert.deepEqual(of(twin), ["partner-email-once", "partner-name-once"]);
    assert.deepEqual(of(first), ["partner-email-once", "partner-name-once"]);
    assert.ok(found.some((one) => one.ruleCode === "contact-phone-format"));
    const score = await admin.call("GET", `/v1/partners/${first}/data-score?language=es`);
    assert.equal(score.body.score, Math.floor((100 * (score.body.total - score.body.lost)) / score.body.total));
    assert.equal(score.body.lost, 7);
  });

  it("keeps since when and who looks after it, and follows changes of the trail", async () => {
    const before = (await findings()).find((one) => one.subjectId === twin && one.ruleCode === "partner-email-once");
    await admin.call("POST", "/v1/findings/assign", { ids: [before?.id], userId: admin.userId });
    await evaluateAll(world.ctx);
    const again = (await findings("&assigned=me")).find((one) => one.id === before?.id);
    assert.equal(again?.assignedTo, admin.userId);
    const { revision } = await getPartner(world.ctx, system, twin);
    await changePartner(world.ctx, system, twin, { revision, email: "two@example.com" });
    assert.ok((await followTrail(world.ctx)) >= 1);
    assert.equal(
      (await findings()).some((one) => one.subjectId === twin && one.ruleCode === "partner-email-once"),
      false,
    );
  });

  it("accepts what is excepted until its day", async () => {
    const fault = (await findings()).find((one) => one.ruleCode === "contact-phone-format");
    const body = { ids: [fault?.id], until: "2026-07-10", reason: "asked for by mail" };
    assert.equal((await admin.call("POST", "/v1/findings/except", body)).status, 200);
    assert.equal(
      (await findings()).some((one) => one.id === fault?.id),
      false,
    );
    assert.equal((await findings("&state=excepted")).length, 1);
    world.clock.set("2026-07-11T10:00:00Z");
    await evaluateAll(world.ctx);
    assert.equal(
      (await findings()).some((one) => one.id === fault?.id),
      true,
    );
  });

  it("tries a rule before it is kept, and refuses what cannot be one", async () => {
    const [rule] = (await admin.call("GET", "/v1/data-rules")).body.data;
    const definition = { ...rule.definition, for: {}, check: { kind: "completeness", field: "note" } };
    const tried = await admin.call("POST", "/v1/data-rules/try", { definition });
    assert.deepEqual([tried.body.records, tried.body.faults], [2, 2]);
    const bad = { ...definition, check: { kind: "format", field: "name", format: "pattern", pattern: "(a+)+" } };
    assert.equal((await admin.call("POST", "/v1/data-rules/try", { definition: bad })).status, 422);
    const change = { version: rule.version, active: false, definition: rule.definition };
    assert.equal((await admin.call("PUT", `/v1/data-rules/${rule.id}`, change)).status, 200);
    assert.equal((await admin.call("PUT", `/v1/data-rules/${rule.id}`, change)).status, 409);
  });

  it("shows people of a portfolio their own only", async () => {
    const kam = await world.person("Kam", [{ role: "key_account_manager", scopeKind: "portfolio", scopeId: "me" }]);
    assert.deepEqual((await kam.call("GET", "/v1/findings")).body.data, []);
    assert.equal((await kam.call("POST", "/v1/data-rules", {})).status, 422);
  });
});

describe("tags by rule", () => {
  it("sets and takes away its own, and never what a hand has set", async () => {
    const spanish = await makePartner("spanish", { country: "ES", tags: ["hand"] });
    const marked = await makePartner("marked", { country: "FR", tags: ["iberia"] });
    const rule = { tag: "iberia", title: "Iberia", when: { field: "country", is: ["ES", "PT"] } };
    const tried = await admin.call("POST", "/v1/tag-rules/try", rule);
    assert.deepEqual([tried.body.add, tried.body.byHand], [2, 1]);
    const made = await admin.call("POST", "/v1/tag-rules", rule);
    assert.equal(await applyTagRules(world.ctx), 2);
    assert.equal(await applyTagRules(world.ctx), 0);
    assert.deepEqual((await getPartner(world.ctx, system, spanish)).tags, ["hand", "iberia"]);
    const origins = (await admin.call("GET", `/v1/partners/${spanish}/tag-origins`)).body.data;
    assert.deepEqual(
      origins.map((one: { ruleId: string | null }) => one.ruleId === null),
      [true, false],
    );
    await admin.call("PUT", `/v1/tag-rules/${made.body.id}`, {
      ...rule,
      version: 1,
      when: { field: "country", is: ["PT"] },
    });
    await applyTagRules(world.ctx);
    assert.deepEqual((await getPartner(world.ctx, system, spanish)).tags, ["hand"]);
    assert.deepEqual((await getPartner(world.ctx, system, marked)).tags, ["iberia"]);
  });
});

/** Rules set tags on offers as on partners, by what offers have. */
async function tagsOfOffers(): Promise<void> {
  const offers = { record: "offer", tag: "no-text", title: "No text", when: { field: "description", empty: true } };
  await admin.call("POST", "/v1/tag-rules", offers);
  await applyTagRules(world.ctx);
  const all = (await listOffers(world.ctx, system, OfferQuery.parse({}))).rows;
  assert.ok(all.some((one) => one.tags.includes("no-text")));
  assert.ok(all.every((one) => one.tags.includes("no-text") === (one.description === "")));
  assert.equal(
    (await admin.call("POST", "/v1/tag-rules", { ...offers, when: { field: "country", is: ["ES"] } })).status,
    422,
  );
}

describe("tidying up", () => {
  it("proposes, does in bulk through the owning room, and undoes", async () => {
    const program = await createProgram(world.ctx, system, {
      code: "shop",
      name: "Shop",
      timeZone: "UTC",
      currency: "EUR",
      fallbackUrl: "https://shop.example/",
    });
    await moveProgram(world.ctx, system, program.id, { revision: 1, status: "active" });
    const offer = async (code: string, path: string) => {
      const made = await createOffer(world.ctx, system, {
        programId: program.id,
        code,
        name: code,
        landingUrl: `${address}${path}?cid={click_id}`,
        allowedHosts: ["pages.example"],
      });
      await moveOffer(world.ctx, system, made.id, { revision: made.revision, status: "active" });
      return made.id;
    };
    const dead = await offer("dead", "/gone");
    await offer("fine", "/ok");
    await tagsOfOffers();
    const partnerId = await makePartner("quiet", {});
    const link = await createLink(world.ctx, system, { partnerId, offerId: dead });
    const policy = { ...addressPolicy([], ["pages.example"]), resolve: async () => ["127.0.0.1"] };
    assert.equal(await lookAtPages(world.ctx, { policy }), 1, "one page of a host at a time");
    await lookAtPages(world.ctx, { policy });
    world.clock.advance(2 * 3_600_000);
    await lookAtPages(world.ctx, { policy });
    world.clock.advance(70 * 86_400_000);
    assert.equal(await lookForTidying(world.ctx, { policy, lastTraffic: async () => undefined }), undefined);
    assert.deepEqual(
      (await admin.call("GET", "/v1/suggestions")).body.data,
      [],
      "silence says nothing while the analytics lag",
    );
    await lookForTidying(world.ctx, { policy, lastTraffic: async () => new Map() });
    const list = (await admin.call("GET", "/v1/suggestions?state=open")).body.data;
    assert.deepEqual(list.map((one: { kind: string }) => one.kind).sort(), ["landing_dead", "link_no_traffic"]);
    const quiet = list.find((one: { kind: string }) => one.kind === "link_no_traffic");
    const preview = await admin.call("POST", "/v1/suggestions/preview", { ids: [quiet.id] });
    assert.deepEqual([preview.body.changes[0].from, preview.body.changes[0].to], ["active", "archived"]);
    assert.equal((await admin.call("POST", "/v1/suggestions/do", { ids: [quiet.id] })).body.done, 1);
    const needs = { publicUrl: "", mayPromote: async () => true };
    assert.equal((await getLink(world.ctx, system, link.id, needs)).status, "archived");
    assert.equal((await admin.call("POST", "/v1/suggestions/undo", { ids: [quiet.id] })).body.done, 1);
    assert.equal((await getLink(world.ctx, system, link.id, needs)).status, "active");
  });
});
