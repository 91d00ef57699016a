import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { testClock, testDatabase } from "../../test/harness/index.ts";
import { createUser, systemActor } from "../access/index.ts";
import { bindImported } from "../attribution/index.ts";
import { type Context, transact } from "../database/index.ts";
import { idSource } from "../kernel/ids.ts";
import {
  createContact,
  createField,
  createPartner,
  decideMerge,
  lookAtMerge,
  mergePartners,
  partnersByCodes,
  placeRestriction,
  setFields,
  unmergePartners,
} from "../partners/index.ts";
import { createOffer, createProgram } from "../programs/index.ts";
import { createCode, createLink, edgeCatalogue } from "../tracking/index.ts";
import { customerSurroundings } from "./customers.ts";
import { mergeNeeds } from "./partner-merge.ts";

const TABLES = [
  ["partners.partner", "partner_id"],
  ["partners.contact", "contact_id"],
  ["partners.field_value", "partner_id, field_id"],
  ["partners.restriction", "restriction_id"],
  ["partners.participation", "partner_id, program_id"],
  ["partners.parent_period", "partner_id, valid_from"],
  ["partners.attribute_period", "partner_id, valid_to"],
  ["tracking.link", "link_id"],
  ["tracking.referral_code", "program_id, code"],
  ["agreements.agreement", "agreement_id"],
] as const;

describe("two records of one partner", () => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let ctx: Context;
  let offerId: string;
  let programId: string;
  let count = 0;
  const clock = testClock("2026-03-01T10:00:00Z");
  const ada = systemActor("ada");
  const bob = systemActor("bob");

  before(async () => {
    database = await testDatabase();
    ctx = {
      db: database.db,
      clock,
      ids: idSource(clock.now, randomBytes),
    };
    const program = { code: "main", name: "Main", currency: "EUR", timeZone: "UTC", fallbackUrl: "https://x.example" };
    programId = (await createProgram(ctx, ada, program)).id;
    const offer = {
      programId,
      code: "offer",
      name: "Offer",
      landingUrl: "https://x.example/land",
      allowedHosts: ["x.example"],
    };
    offerId = (await createOffer(ctx, ada, offer)).id;
    const title = { en: "Tier", es: "Nivel" };
    await createField(ctx, ada, { key: "tier", title, type: "text" });
    await createField(ctx, ada, { key: "size", title, type: "number" });
  });
  after(() => database.close());

  const world = async () => {
    const found: Record<string, unknown[]> = {};
    for (const [table, order] of TABLES) {
      const { rows } = await database.pool.query(
        `select to_jsonb(t) - 'revision' as row from ${table} t order by ${order}`,
      );
      found[table] = rows.map((one) => one.row);
    }
    return found;
  };

  interface Side {
    readonly legalName: string;
    readonly phone: string;
    readonly tags: readonly string[];
    readonly countries: readonly string[];
    readonly tier: string | null;
    readonly size: string | null;
    readonly people: readonly { readonly mail: string; readonly first: boolean }[];
    readonly links: number;
    readonly below: number;
    readonly stopped: boolean;
  }
  const side: fc.Arbitrary<Side> = fc.record({
    legalName: fc.constantFrom("", "Acme Ltd", "Acme GmbH"),
    phone: fc.constantFrom("", "+34 600 111 222"),
    tags: fc.uniqueArray(fc.constantFrom("vip", "seo", "eu", "x"), { maxLength: 3 }),
    countries: fc.uniqueArray(fc.constantFrom("DE", "ES", "FR"), { maxLength: 2 }),
    tier: fc.option(fc.constantFrom("gold", "silver")),
    size: fc.option(fc.constantFrom("1", "2.5")),
    people: fc.uniqueArray(fc.record({ mail: fc.constantFrom("a", "b", "c"), first: fc.boolean() }), {
      maxLength: 3,
      selector: (one) => one.mail,
    }),
    links: fc.nat(2),
    below: fc.nat(2),
    stopped: fc.boolean(),
  });

  const make = async (given: Side, name: string): Promise<string> => {
    count += 1;
    const { legalName, phone } = given;
    const fields = { legalName, phone, tags: [...given.tags], allowedCountries: [...given.countries] };
    const { id } = await createPartner(ctx, ada, { code: `${name}-${count}`, name, kind: "affiliate", ...fields });
    await setFields(ctx, ada, id, { tier: given.tier, size: given.size });
    for (const { mail, first } of given.people) {
      const primaryFor = first ? (["finance"] as const) : [];
      await createContact(ctx, ada, id, {
        name: mail,
        email: `${mail}@x.example`,
        roles: ["finance"],
        primaryFor: [...primaryFor],
      });
    }
    for (let n = 0; n < given.links; n += 1) await createLink(ctx, ada, { offerId, partnerId: id, name: `l${n}` });
    if (given.links > 0) await createCode(ctx, ada, { code: `C${count}`, programId, partnerId: id });
    for (let n = 0; n < given.below; n += 1)
      await createPartner(ctx, ada, {
        code: `${name}-${count}-${n}`,
        name: `below ${n}`,
        kind: "affiliate",
        parentPartnerId: id,
      });
    if (given.stopped) await placeRestriction(ctx, ada, id, { kind: "stop_links", reason: "complaints" });
    return id;
  };

  it("are merged and taken apart again as they were, whatever was chosen", async () => {
    const choice = fc.constantFrom("winner", "loser", undefined);
    await fc.assert(
      fc.asyncProperty(side, side, choice, choice, async (first, second, phone, tier) => {
        const [winnerId, loserId] = [await make(first, "one"), await make(second, "two")];
        const before = await world();
        const choices = { ...(phone && { phone }), ...(tier && { legalName: tier }) };
        const fields = tier === undefined ? {} : { tier };
        const wanted = { winnerId, loserId, choices, fields, reason: "the same firm" };
        const merge = await mergePartners(ctx, ada, wanted, mergeNeeds);
        assert.equal(merge.state, "done");
        clock.advance(86_400_000);
        await unmergePartners(ctx, ada, merge.id, "two after all", mergeNeeds);
        assert.deepEqual(await world(), before);
      }),
      { numRuns: 8 },
    );
  });

  const nobody: Side = {
    legalName: "",
    phone: "",
    tags: [],
    countries: [],
    tier: null,
    size: null,
    people: [],
    links: 1,
    below: 0,
    stopped: false,
  };

  it("keep their links and codes working, and both names lead to the one that stays", async () => {
    const [winnerId, loserId] = [await make(nobody, "stays"), await make({ ...nobody, stopped: true }, "goes")];
    const loserCode = `goes-${count}`;
    await mergePartners(ctx, ada, { winnerId, loserId, reason: "the same firm" }, mergeNeeds);
    const { rows } = await database.pool.query("select partner_id from tracking.link where partner_id = any($1)", [
      [winnerId, loserId],
    ]);
    assert.deepEqual(
      rows.map((row) => row.partner_id),
      [winnerId, winnerId],
    );
    assert.equal((await partnersByCodes(ctx.db, [loserCode]))[0]?.partnerId, winnerId);
    const { partners } = await edgeCatalogue(ctx.db);
    assert.equal(partners.find((one) => one.code === loserCode)?.partnerId, winnerId);
    assert.ok(
      partners.filter((one) => one.partnerId === winnerId).every((one) => one.status === "paused"),
      "a stop goes along",
    );
  });

  it("take people of the portal and customers along, say that payees stay, and give all of them back", async () => {
    const [winnerId, loserId] = [await make(nobody, "firm"), await make(nobody, "twin")];
    const grants = [{ role: "partner_owner", scopeKind: "partner", scopeId: loserId }] as const;
    const account = { name: "Pia", email: "pia@twin.example", partnerId: loserId, password: "sample-password-2026" };
    const userId = await createUser(ctx, ada, { ...account, grants: [...grants] });
    const note = { programId, timeZone: "UTC", reason: "list", moved: customerSurroundings.moved };
    const at = { linkId: null, offerId: null, since: null, until: null };
    const since = { ...at, since: new Date("2026-02-01T00:00:00Z") };
    const bindings = [
      { customerRef: "c-1", partnerId: loserId, ...at },
      { customerRef: "c-2", partnerId: winnerId, ...at },
      { customerRef: "c-3", partnerId: loserId, ...since },
    ];
    await transact(ctx, (tx) => bindImported(tx, ada, bindings, note));
    const state = async () => {
      const of = async (query: string) => (await database.pool.query(query, [[winnerId, loserId]])).rows;
      return {
        users: await of('select id, partner_id from access."user" where partner_id = any($1) order by 1'),
        grants: await of("select user_id, role, scope_id from access.role_grant where scope_id = any($1) order by 1"),
        customers: await of(
          `select customer_ref, partner_id, reason, by_hand, owned_from::text from attribution.customer where partner_id = any($1) order by 1`,
        ),
      };
    };
    const before = await state();
    const wanted = { winnerId, loserId, reason: "the same firm" };
    const { moves } = await lookAtMerge(ctx, ada, wanted, mergeNeeds);
    const said = Object.fromEntries(moves.map(({ what, moved, stays }) => [what, [moved, stays]]));
    assert.deepEqual(
      [said.portal_users, said.customers],
      [
        [1, 0],
        [2, 0],
      ],
    );
    const merge = await mergePartners(ctx, ada, wanted, mergeNeeds);
    const merged = await state();
    assert.deepEqual(merged.users, [{ id: userId, partner_id: winnerId }]);
    assert.deepEqual(merged.grants, [{ user_id: userId, role: "partner_owner", scope_id: winnerId }]);
    assert.deepEqual([...new Set(merged.customers.map((row) => row.partner_id))], [winnerId]);
    await unmergePartners(ctx, ada, merge.id, "two after all", mergeNeeds);
    assert.deepEqual(await state(), before);
  });

  it("with money of both wait for a second person, and with money open they are refused", async () => {
    const [winnerId, loserId] = [await make(nobody, "rich"), await make(nobody, "richer")];
    const wanted = { winnerId, loserId, reason: "the same firm" };
    const money = (open: readonly string[]) => ({
      ...mergeNeeds,
      money: async () => new Map([winnerId, loserId].map((id) => [id, { booked: true, open }])),
    });
    await assert.rejects(mergePartners(ctx, ada, wanted, money(["EUR"])), { code: "cannot_merge" });
    const proposed = await mergePartners(ctx, ada, wanted, money([]));
    assert.equal(proposed.state, "proposed");
    await assert.rejects(decideMerge(ctx, ada, proposed.id, "confirm", money([])), { code: "same_person" });
    assert.equal((await decideMerge(ctx, bob, proposed.id, "confirm", money([]))).state, "done");
    clock.advance(31 * 86_400_000);
    await assert.rejects(unmergePartners(ctx, ada, proposed.id, "late", mergeNeeds), { code: "wrong_state" });
  });
});
