import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Caller } from "../../test/api-world.ts";
import { sampleOf } from "../../test/sample-of.ts";
import { type TwoPartners, twoPartners } from "../../test/two-partners.ts";
import { publicNumber } from "../kernel/ids.ts";
import type { ApiRoute } from "./http/routes-table.ts";

/**
 * Walks every route of the assembled application as a partner's owner and as that partner's API key, and shows that nothing of another partner can be
 * read or changed. The routes come from the application's own table, so a new one is walked without being named here.
 */
for (const layer of ["both layers", "the application's own checks alone"] as const) {
  describe(`another partner's person and key, held by ${layer}`, () => walk(layer === "both layers"));
}

function walk(rowSecurity: boolean): void {
  let two: TwoPartners;
  let foreignIds: readonly string[];
  let foreignFields: ReadonlyMap<string, string>;
  let ownIds: readonly string[];
  before(async () => {
    two = await twoPartners([forgetfulRoutes]);
    if (!rowSecurity) await liftRowSecurity(two);
    foreignFields = await idsOf(two, two.foreign.id);
    foreignIds = [...foreignFields.values()];
    const own = await idsOf(two, two.mine.id);
    // Own records too: a change of them may name the other partner's. (Not the caller itself, who has to last until the end.)
    ownIds = ["partnerId", "linkId", "postbackId", "agreementId", "customerId"].flatMap(
      (field) => own.get(field) ?? [],
    );
  });
  after(() => two.close());

  const partnerRoutes = () => two.routes.filter((route) => route.audience !== "public" && route.url !== FORGETFUL);
  // Person and key meet the same services; without the database's help the person alone is enough.
  const callers = (): [string, Caller][] => [
    ["person", two.mine.owner],
    ...(rowSecurity ? [["key", two.mine.key] as [string, Caller]] : []),
  ];
  /** What may never be in an answer: the other partner's names and, where nothing was refused, its ids. */
  const leak = (answer: { status: number; body: unknown }): string | undefined => {
    const text = JSON.stringify(answer.body) ?? "";
    if (text.toLowerCase().includes(two.foreign.mark)) return `the mark ${two.foreign.mark}`;
    return answer.status < 300 ? foreignIds.find((id) => text.includes(id)) : undefined;
  };

  it("there is something to find: the administrator and the other partner itself see it on these routes", async () => {
    const seen: string[] = [];
    const own: string[] = [];
    for (const route of partnerRoutes().filter((one) => one.method === "GET" && !one.url.includes(":"))) {
      const url = withQuery(route, {});
      if (leak(await two.administrator.call("GET", url)) !== undefined) seen.push(route.url);
      if (route.audience !== "operator" && leak(await two.foreign.owner.call("GET", url)) !== undefined)
        own.push(route.url);
    }
    for (const url of [
      "/v1/partners",
      "/v1/links",
      "/v1/postbacks",
      "/v1/customers",
      "/v1/events",
      "/v1/lines",
      "/v1/statements",
      "/v1/agreements",
    ]) {
      if (!two.routes.some((route) => route.url === url && route.method === "GET")) continue;
      assert.ok(seen.includes(url), `${url} shows the other partner to the administrator (shown on ${seen.join(" ")})`);
      assert.ok(own.includes(url), `${url} shows the other partner its own (shown on ${own.join(" ")})`);
    }
    assert.ok(own.length >= 8, own.join(" "));
  });

  const readWalk = async (routes: readonly ApiRoute[]): Promise<string[]> => {
    const problems: string[] = [];
    for (const route of routes.filter((one) => one.method === "GET")) {
      for (const url of readAttempts(route, foreignFields, ownIds)) {
        for (const [who, caller] of callers()) {
          const answer = await caller.call("GET", url);
          problems.push(...complaints(`${who} GET ${url}`, answer));
        }
      }
    }
    return problems;
  };

  const writeWalk = async (routes: readonly ApiRoute[]): Promise<string[]> => {
    const problems: string[] = [];
    const before = await rowsNaming(two, foreignIds);
    for (const route of routes.filter((one) => one.method !== "GET")) {
      const body = bodyFor(route, foreignFields);
      if (body.problem !== undefined) problems.push(body.problem);
      for (const url of writeAttempts(route, foreignFields, ownIds)) {
        for (const [who, caller] of callers()) {
          const answer = await caller.call(route.method, url, body.value);
          problems.push(...complaints(`${who} ${route.method} ${url}`, answer));
        }
      }
    }
    return [...problems, ...difference(before, await rowsNaming(two, foreignIds))];
  };

  const complaints = (what: string, answer: { status: number; body: unknown }): string[] => {
    const found = leak(answer);
    return [
      ...(found === undefined ? [] : [`${what} answers ${answer.status} with ${found}`]),
      ...(answer.status >= 500 ? [`${what} answers ${answer.status} ${JSON.stringify(answer.body)}`] : []),
    ];
  };

  it("reads nothing of the other partner, whatever is asked for", async () => {
    assert.deepEqual(await readWalk(partnerRoutes()), []);
  });

  it("changes nothing of the other partner, and leaves nothing with it", async () => {
    assert.deepEqual(await writeWalk(partnerRoutes()), []);
  });

  it(`a route that forgets every check is ${rowSecurity ? "held by the database" : "found by this walk"}`, async () => {
    const forgetful = two.routes.filter((route) => route.url === FORGETFUL);
    assert.equal(forgetful.length, 2);
    const [read, written] = [await readWalk(forgetful), await writeWalk(forgetful)];
    if (rowSecurity) return assert.deepEqual([...read, ...written], []);
    assert.match(read.join("\n"), /answers 200 with the mark frgnxq/);
    assert.match(written.join("\n"), /partners\.partner lost or changed/);
  });

  it("is turned away from every route of the operator, and nobody comes in without saying who it is", async () => {
    for (const route of partnerRoutes()) {
      const url = route.url.replaceAll(/:\w+/g, foreignIds[0] ?? "x");
      const stranger = await two.anonymous.call(route.method, url);
      assert.equal(stranger.status, 401, `${route.method} ${url} without a sign-in`);
      if (route.audience !== "operator") continue;
      for (const [who, caller] of callers()) {
        const answer = await caller.call(route.method, url);
        assert.deepEqual([answer.status, answer.body.code], [403, "forbidden"], `${who} ${route.method} ${url}`);
      }
    }
  });
}

const FORGETFUL = "/v1/forgetful/:id";

/** What a room would look like that checks nothing: the control of this test. */
const forgetfulRoutes: FastifyPluginAsyncZod = async (app) => {
  const config = { permission: "signed-in", audience: "both" } as const;
  const params = z.object({ id: z.string() });
  app.get(FORGETFUL, { config, schema: { summary: "Forgets its check", params } }, ({ ctx, params }) =>
    ctx.db.selectFrom("partners.partner").selectAll().where("partner_id", "=", params.id).execute(),
  );
  app.post(FORGETFUL, { config, schema: { summary: "Forgets its check", params } }, async ({ ctx, params }) => {
    const change = { website: "https://changed.example/" };
    await ctx.db.updateTable("partners.partner").set(change).where("partner_id", "=", params.id).execute();
    return {};
  });
};

/** Takes the database's own protection away, to see whether the services hold by themselves. */
async function liftRowSecurity(two: TwoPartners): Promise<void> {
  const { pool } = two.world.database;
  const { rows } = await pool.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v') and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker', 'pg_toast')`,
  );
  for (const { name } of rows) await pool.query(`grant all on ${name} to tributary_portal`);
  const { rows: secured } = await pool.query<{ name: string }>(
    "select oid::regclass::text as name from pg_class where relrowsecurity",
  );
  for (const { name } of secured) await pool.query(`alter table ${name} disable row level security`);
}

/** Every id by which something of a partner could be asked for, by the name of the field that would carry it. */
async function idsOf(two: TwoPartners, partnerId: string): Promise<ReadonlyMap<string, string>> {
  const fields = new Map<string, string>();
  const column = async (field: string, sql: string, read: (value: never) => string = String) => {
    const { rows } = await two.world.database.pool.query<{ id: never }>(sql, [partnerId]);
    assert.ok(rows.length > 0, `the partner has a ${field}`);
    for (const [at, row] of rows.entries()) fields.set(at === 0 ? field : `${field} ${at}`, read(row.id));
  };
  const number = (prefix: Parameters<typeof publicNumber>[0]) => (value: never) => publicNumber(prefix, BigInt(value));
  fields.set("partnerId", partnerId);
  await column("contactId", "select contact_id as id from partners.contact where partner_id = $1");
  await column("linkId", "select link_id as id from tracking.link where partner_id = $1");
  await column("postbackId", "select postback_id as id from tracking.postback where partner_id = $1");
  await column("deliveryId", "select delivery_id as id from tracking.delivery where partner_id = $1", number("dlv"));
  await column("customerId", "select customer_id as id from attribution.customer where partner_id = $1", number("cus"));
  await column("eventId", "select event_id as id from tracking.event where partner_id = $1", number("evt"));
  await column("lineId", "select line_id as id from commissions.line where partner_id = $1", number("cln"));
  await column("transferId", "select transfer_id as id from ledger.transfer where partner_id = $1", number("trf"));
  await column("statementId", "select statement_id as id from payouts.statement where partner_id = $1");
  await column("agreementId", "select agreement_id as id from agreements.agreement where partner_id = $1");
  await column(
    "agreementVersionId",
    "select agreement_version_id as id from agreements.agreement_version join agreements.agreement using (agreement_id) where partner_id = $1",
  );
  await column(
    "planVersionId",
    "select plan_version_id as id from agreements.agreement_version join agreements.agreement using (agreement_id) where partner_id = $1",
  );
  await column("userId", 'select id from access."user" where partner_id = $1');
  await column(
    "grantId",
    'select grant_id as id from access.role_grant g join access."user" u on u.id = g.user_id where partner_id = $1',
  );
  await column("keyId", "select key_id as id from access.api_key where partner_id = $1");
  await column("invitationId", "select invitation_id as id from access.invitation where partner_id = $1");
  await column(
    "viewId",
    'select view_id as id from access.saved_view v join access."user" u on u.id = v.user_id where partner_id = $1',
  );
  return fields;
}

/** Fields that a request may name a record of the other partner in. */
const ALIASES: Readonly<Record<string, string>> = {
  parentPartnerId: "partnerId",
  scopeId: "partnerId",
  subjectId: "partnerId",
  ownerUserId: "userId",
  actorId: "userId",
  versionId: "agreementVersionId",
  of: "all",
};

function textFor(fields: ReadonlyMap<string, string>) {
  return (field: string): string | undefined => fields.get(field) ?? fields.get(ALIASES[field] ?? "");
}

function readAttempts(route: ApiRoute, fields: ReadonlyMap<string, string>, ownIds: readonly string[]): string[] {
  const paths = writeAttempts(route, fields, ownIds);
  if (route.audience === "operator") return paths;
  const query = querySchema(route);
  const named = Object.keys(query?.shape ?? {}).flatMap((name) => {
    const value = textFor(fields)(name);
    return value === undefined ? [] : [{ [name]: value }];
  });
  const all = [...fields.values()].join(",");
  const together = Object.assign({}, ...named);
  // With a record in the path the query only narrows further; a list is asked in every way.
  const queries = route.url.includes(":")
    ? [{}, together]
    : [{}, { q: "frgnxq" }, { ids: all }, { breakdown: "partner" }, together, ...named];
  return [...new Set(paths.flatMap((path) => queries.map((extra) => withQuery({ ...route, url: path }, extra))))];
}

/** The first parameter of a path is tried with every id, further ones with the id that fits their name, or again with every one. */
function writeAttempts(route: ApiRoute, fields: ReadonlyMap<string, string>, ownIds: readonly string[]): string[] {
  const ids = [...fields.values()];
  if (route.audience === "operator") return [route.url.replaceAll(/:\w+/g, ids[0] ?? "x")];
  const [first, ...rest] = route.url.match(/:\w+/g) ?? [];
  if (first === undefined) return [route.url];
  let paths = [...ids, ...ownIds].map((id) => route.url.replace(first, id));
  for (const name of rest) {
    const fitting = fields.get(name.slice(1)) ?? (name === ":version" ? "1" : undefined);
    paths = paths.flatMap((path) => (fitting === undefined ? ids : [fitting]).map((id) => path.replace(name, id)));
  }
  return paths;
}

function withQuery(route: ApiRoute, extra: Readonly<Record<string, string>>): string {
  const shape = querySchema(route)?.shape ?? {};
  const required = Object.entries(shape).flatMap(([name, schema]) => {
    if ((schema as z.ZodType).safeParse(undefined).success) return [];
    return [[name, String(sampleOf(schema as z.ZodType, () => undefined))]];
  });
  const known = Object.entries(extra).filter(([name]) => name in shape);
  const query = new URLSearchParams([...required, ...known] as [string, string][]).toString();
  return query === "" ? route.url : `${route.url}?${query}`;
}

function querySchema(route: ApiRoute): z.ZodObject | undefined {
  const schema = (route.schema as { querystring?: z.ZodObject } | undefined)?.querystring;
  return schema !== undefined && "shape" in schema ? schema : undefined;
}

/** A body that the route's schema accepts, naming the other partner's records wherever it can. */
function bodyFor(route: ApiRoute, fields: ReadonlyMap<string, string>): { value?: unknown; problem?: string } {
  const schema = (route.schema as { body?: z.ZodType } | undefined)?.body;
  if (schema === undefined) return {};
  const value = sampleOf(schema, textFor(fields));
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value };
  return {
    value,
    problem: `no valid body for ${route.method} ${route.url}: ${JSON.stringify(parsed.error.issues[0])} (teach test/sample-of.ts)`,
  };
}

/** Every row of every table that names something of the other partner, as text. */
async function rowsNaming(two: TwoPartners, ids: readonly string[]): Promise<Map<string, readonly string[]>> {
  const { pool } = two.world.database;
  const tables = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema', 'graphile_worker', 'database') order by 1`,
  );
  const needles = [...ids.filter((id) => !/^(evt|cus|cln|trf|dlv)_/.test(id)), two.foreign.mark].map(
    (one) => `%${one.toLowerCase()}%`,
  );
  const found = new Map<string, readonly string[]>();
  for (const { name } of tables.rows) {
    const { rows } = await pool.query<{ row: string }>(
      `select t::text as row from ${name} t where lower(t::text) like any($1) order by 1`,
      [needles],
    );
    found.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return found;
}

function difference(
  before: ReadonlyMap<string, readonly string[]>,
  after: ReadonlyMap<string, readonly string[]>,
): string[] {
  return [...after].flatMap(([table, rows]) => {
    const was = before.get(table) ?? [];
    const gone = was.filter((row) => !rows.includes(row)).map((row) => `${table} lost or changed ${row}`);
    return [...gone, ...rows.filter((row) => !was.includes(row)).map((row) => `${table} has new ${row}`)];
  });
}
