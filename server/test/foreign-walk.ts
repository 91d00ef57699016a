import assert from "node:assert/strict";
import type { z } from "zod";
import { publicNumber } from "../src/kernel/ids.ts";
import type { ApiRoute } from "../src/shell/http/routes-table.ts";
import type { Caller } from "./api-world.ts";
import { sampleOf } from "./sample-of.ts";
import type { TwoPartners } from "./two-partners.ts";

/** What is put where a path has its first parameter. */
type Tried = "every id" | "the id that fits";
type Answer = { readonly status: number; readonly body: unknown };

/** Asks every route for things of the other partner, in every way that the route's own schema allows, and says what it got. */
export class ForeignWalk {
  readonly #two: TwoPartners;
  readonly #callers: readonly (readonly [string, Caller])[];
  readonly #fields: ReadonlyMap<string, string>;
  readonly #ownIds: readonly string[];
  readonly #tried: Tried;
  /** Every id by which something of the other partner could be asked for. */
  readonly ids: readonly string[];

  private constructor(
    two: TwoPartners,
    callers: readonly (readonly [string, Caller])[],
    fields: ReadonlyMap<string, string>,
    ownIds: readonly string[],
    tried: Tried,
  ) {
    this.#two = two;
    this.#tried = tried;
    this.#callers = callers;
    this.#fields = fields;
    this.#ownIds = ownIds;
    this.ids = [...fields.values()];
  }

  /**
   * @param callers who asks, with a name for the report
   * @param tried what stands in for a path's parameter: every id there is, or the one of its kind alone
   * @param shared fields whose records the callers may well see, although they belong to the other partner's matters
   */
  static async of(
    two: TwoPartners,
    callers: readonly (readonly [string, Caller])[],
    tried: Tried = "every id",
    shared: readonly string[] = [],
  ): Promise<ForeignWalk> {
    const own = await idsOf(two, two.mine.id);
    // Own records too: a change of them may name the other partner's. (Not the caller itself, who has to last until the end.)
    const fields = ["partnerId", "linkId", "postbackId", "agreementId", "customerId"];
    const ownIds = fields.flatMap((field) => own.get(field) ?? []);
    const foreign = [...(await idsOf(two, two.foreign.id))].filter(([field]) => !shared.includes(field));
    return new ForeignWalk(two, callers, new Map(foreign), ownIds, tried);
  }

  /** What may never be in an answer: the other partner's names and, where nothing was refused, its ids. */
  leak(answer: Answer): string | undefined {
    const text = JSON.stringify(answer.body) ?? "";
    if (text.toLowerCase().includes(this.#two.foreign.mark)) return `the mark ${this.#two.foreign.mark}`;
    return answer.status < 300 ? this.ids.find((id) => text.includes(id)) : undefined;
  }

  /** Reads by every route. @returns what was wrong with the answers */
  async read(routes: readonly ApiRoute[]): Promise<string[]> {
    const problems: string[] = [];
    // What a person tried and was refused stands in its own activity, under the ids it typed: asked before this walk has typed any.
    const first = (one: ApiRoute) => (one.url === "/v1/activity" ? 0 : 1);
    const reads = routes.filter((one) => one.method === "GET").toSorted((a, b) => first(a) - first(b));
    for (const route of reads) {
      for (const url of readAttempts(route, this.#fields, this.#pathIds(route)))
        problems.push(...(await this.#ask("GET", url)));
    }
    return problems;
  }

  /** Changes by every route. @returns what was wrong with the answers, and every row of the other partner that is not as it was */
  async write(routes: readonly ApiRoute[]): Promise<string[]> {
    const problems: string[] = [];
    const before = await rowsNaming(this.#two, this.ids);
    for (const route of routes.filter((one) => one.method !== "GET")) {
      const body = bodyFor(route, this.#fields);
      if (body.problem !== undefined) problems.push(body.problem);
      for (const url of pathAttempts(route, this.#fields, this.#pathIds(route))) {
        problems.push(...(await this.#ask(route.method, url, body.value)));
      }
    }
    return [...problems, ...difference(before, await rowsNaming(this.#two, this.ids))];
  }

  /** One record of each kind is asked for; every one of them is looked for in the answers. */
  #pathIds(route: ApiRoute): readonly string[] {
    const foreign = [...this.#fields].filter(([field]) => !field.includes(" "));
    const every = [...foreign.map(([, id]) => id), ...this.#ownIds];
    if (this.#tried === "every id") return every;
    const kindOf = (id: string) => id.slice(0, id.indexOf("_") + 1);
    const fitting = this.#fields.get(kindBefore(route));
    // What has no id of its own here is asked for by what most records hang on.
    const kinds = fitting === undefined ? ["prt_", "usr_", "lnk_"] : [kindOf(fitting)];
    return every.filter((id) => kinds.includes(kindOf(id)));
  }

  async #ask(method: string, url: string, body?: unknown): Promise<string[]> {
    const problems: string[] = [];
    for (const [who, caller] of this.#callers) {
      const answer = await caller.call(method, url, body);
      const what = `${who} ${method} ${url} answers ${answer.status}`;
      const found = this.leak(answer);
      if (found !== undefined) problems.push(`${what} with ${found}`);
      if (answer.status >= 500) problems.push(`${what} ${JSON.stringify(answer.body)}`);
    }
    return problems;
  }
}

/** Takes the database's own protection away, to see whether the services hold by themselves. */
export async function liftRowSecurity(two: TwoPartners): Promise<void> {
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
  await column("statementId", "select statement_id as id from statements.statement where partner_id = $1");
  await column("agreementId", "select agreement_id as id from agreements.agreement where partner_id = $1");
  await column(
    "agreementVersionId",
    "select agreement_version_id as id from agreements.agreement_version join agreements.agreement using (agreement_id) where partner_id = $1",
  );
  await column(
    "planVersionId",
    "select plan_version_id as id from agreements.round join agreements.agreement_version using (agreement_version_id) join agreements.agreement using (agreement_id) where partner_id = $1",
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

/** The field whose records stand under the route's first parameter: linkId for /v1/links/:id. */
function kindBefore(route: ApiRoute): string {
  const collection = /\/([\w-]+?)s\/:/.exec(route.url)?.[1] ?? "";
  return `${collection.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Id`;
}

function readAttempts(route: ApiRoute, fields: ReadonlyMap<string, string>, ids: readonly string[]): string[] {
  const paths = pathAttempts(route, fields, ids);
  const query = querySchema(route);
  const named = Object.keys(query?.shape ?? {}).flatMap((name) => {
    const value = textFor(fields)(name);
    return value === undefined ? [] : [{ [name]: value }];
  });
  const all = [...fields.values()].join(",");
  // A record in the path is asked for as it is; a list is asked in every way.
  const queries = route.url.includes(":")
    ? [{}]
    : [{}, { q: "frgnxq" }, { ids: all }, { breakdown: "partner" }, Object.assign({}, ...named), ...named];
  return [...new Set(paths.flatMap((path) => queries.map((extra) => withQuery({ ...route, url: path }, extra))))];
}

/** The first parameter of a path is tried with each of the ids, further ones with the id that fits their name, or with every foreign one. */
function pathAttempts(route: ApiRoute, fields: ReadonlyMap<string, string>, ids: readonly string[]): string[] {
  const foreign = [...fields].filter(([field]) => !field.includes(" ")).map(([, id]) => id);
  const [first, ...rest] = route.url.match(/:\w+/g) ?? [];
  if (first === undefined) return [route.url];
  let paths = ids.map((id) => route.url.replace(first, id));
  for (const name of rest) {
    const fitting = fields.get(name.slice(1)) ?? (name === ":version" ? "1" : undefined);
    paths = paths.flatMap((path) => (fitting === undefined ? foreign : [fitting]).map((id) => path.replace(name, id)));
  }
  return paths;
}

/** The route's address with its required parameters and, of the extra ones, those that it knows. */
export function withQuery(route: ApiRoute, extra: Readonly<Record<string, string>>): string {
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
      where schemaname not in ('pg_catalog', 'information_schema', 'graphile_worker', 'database')
        -- what somebody tried and was refused is noted with the ids that were typed; what the other partner itself used, up to a minute later
        and (schemaname, tablename) not in (('audit', 'activity'), ('access', 'permission_use'))
      order by 1`,
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
