import { sql } from "kysely";
import { acceptVersion, approveVersion, proposeVersion } from "../../server/src/agreements/index.ts";
import { type Context, transact } from "../../server/src/database/index.ts";
import { createPartner } from "../../server/src/partners/index.ts";
import { createPlan, publishPlanVersion } from "../../server/src/plans/index.ts";
import { createProgram, moveProgram } from "../../server/src/programs/index.ts";
import { ANNA, BERT } from "../../server/test/money/world.ts";
import { documentOf, KINDS, type Kind, kindOf } from "./plans.ts";

export interface Size {
  readonly events: number;
  readonly customers: number;
  readonly partners: number;
}

/** One partner per kind of deal by the rooms' own doors; all others are copies of it. @returns the program */
export async function seedPartners(ctx: Context, size: Size): Promise<string> {
  const fallbackUrl = "https://operator.example/";
  const zone = { timeZone: "UTC", currency: "EUR", fallbackUrl };
  const program = await createProgram(ctx, ANNA, { code: "bench", name: "Bench", ...zone });
  await moveProgram(ctx, ANNA, program.id, { revision: program.revision, status: "active" });
  for (const { kind } of KINDS) {
    const first = await firstOf(ctx, program.id, kind);
    const numbers = Array.from({ length: size.partners }, (_, number) => number).filter((one) => kindOf(one) === kind);
    await transact(ctx, (tx) => copyPartner(tx, first, numbers));
  }
  await sql`
    insert into partners.parent_period (partner_id, parent_partner_id, valid_from)
    select 'prt_' || lpad((master.number - 19 + child)::text, 6, '0'), master.id, '0001-01-01'
    from (select n as number, 'prt_' || lpad(n::text, 6, '0') as id from generate_series(19, ${size.partners - 1}::int, 20) n) master,
      generate_series(0, 4) child`.execute(ctx.db);
  await sql.raw("analyze").execute(ctx.db);
  return program.id;
}

interface First {
  readonly partnerId: string;
  readonly versionId: string;
}

async function firstOf(ctx: Context, programId: string, kind: Kind): Promise<First> {
  const document = documentOf(kind);
  const plan = await createPlan(ctx, ANNA, { programId, code: kind, name: kind, document });
  const planVersionId = plan.versions[0]?.id ?? "";
  await publishPlanVersion(ctx, BERT, planVersionId);
  const partner = await createPartner(ctx, ANNA, { code: `first-${kind}`, name: `First ${kind}`, kind: "affiliate" });
  const terms = { partnerId: partner.id, programId, planVersionId, validFrom: "2026-01-01" };
  const proposed = await proposeVersion(ctx, ANNA, terms);
  await approveVersion(ctx, BERT, proposed.id);
  const acceptance = { name: "Ada Bench", termsHash: proposed.termsHash, address: "192.0.2.1" };
  await acceptVersion(ctx, BERT, proposed.id, acceptance);
  return { partnerId: partner.id, versionId: proposed.id };
}

/** Rows of a table again under other names; `changed` is the SQL of a JSON object with what differs. */
async function copyRows(ctx: Context, table: string, where: string, numbers: readonly number[], changed: string) {
  await sql
    .raw(`
    insert into ${table} select (jsonb_populate_record(null::${table}, to_jsonb(old) || ${changed})).*
    from (select * from ${table} where ${where}) old,
      (select lpad(n::text, 6, '0') as n from unnest('{${numbers.join(",")}}'::int[]) n) new`)
    .execute(ctx.db);
}

async function copyPartner(ctx: Context, first: First, numbers: readonly number[]): Promise<void> {
  // A version and its round name each other: the copies are whole when they are committed.
  await sql`set local session_replication_role = replica`.execute(ctx.db);
  const partner = `partner_id = '${first.partnerId}'`;
  const version = `agreement_version_id = '${first.versionId}'`;
  const id = `'partner_id', 'prt_' || n`;
  await copyRows(ctx, "partners.partner", partner, numbers, `jsonb_build_object(${id}, 'code', 'p-' || n)`);
  await copyRows(ctx, "partners.participation", partner, numbers, `jsonb_build_object(${id})`);
  const agreement = `'agreement_id', 'agr_' || n`;
  await copyRows(ctx, "agreements.agreement", partner, numbers, `jsonb_build_object(${id}, ${agreement})`);
  const versionId = `'agreement_version_id', 'agv_' || n`;
  await copyRows(
    ctx,
    "agreements.agreement_version",
    version,
    numbers,
    `jsonb_build_object(${versionId}, ${agreement})`,
  );
  await copyRows(ctx, "agreements.round", version, numbers, `jsonb_build_object(${versionId})`);
}

/**
 * Customers and their March: of twenty partners the mix of deals, sizes skewed (the largest has about twenty times the average). A customer's ten events:
 * a registration (two of five in March), three deposits and six days of play; traders have a registration, a deposit and eight trades. One customer in ten is
 * in dollars.
 */
export async function seedFacts(ctx: Context, programId: string, size: Size): Promise<void> {
  await transact(ctx, (tx) => seedAll(tx, programId, size));
  for (const table of ["attribution.customer", "commissions.fact_day", "commissions.milestone", "tracking.event"])
    await sql.raw(`vacuum analyze ${table}`).execute(ctx.db);
}

async function seedAll(tx: Context, programId: string, size: Size): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(tx.db);
  await run(`
    create temporary table person on commit drop as
    select id, partner, partner % 20 as kind from (
      select n as id, floor(${size.partners} * power(((n * 7919::bigint) % ${size.customers})::float8 / ${size.customers}, 1.6))::int as partner
      from generate_series(1, ${size.customers}) n) numbered`);
  await run(`
    insert into attribution.customer (customer_id, program_id, customer_ref, first_seen, partner_id, country, reason, bound_at)
    overriding system value
    select id, '${programId}', 'c' || id, '2026-01-01', 'prt_' || lpad(partner::text, 6, '0'), case when id % 3 = 0 then 'DE' else 'ES' end,
      'last_click', '2026-01-01' from person order by id`);
  await seedMilestones(run);
  await seedMovements(run, Math.max(1, Math.round(size.events / size.customers / 10)));
  await run(`
    insert into commissions.rate (source, day, currency, rate, loaded_at)
    select 'ecb', d, 'USD', 1.08 + extract(day from d) / 1000, now() from generate_series('2025-12-01'::date, '2026-04-10', '1 day') d`);
}

const REGISTERED =
  "(case when id % 5 < 2 then timestamp '2026-03-01' + (id % 27) * interval '1 day' else timestamp '2026-01-05' end)";

async function seedMilestones(run: (text: string) => Promise<unknown>): Promise<void> {
  await run(`
    insert into commissions.milestone (customer_id, registered_at, kyc_at, ftd_at, ftd_minor, ftd_currency)
    select id, ${REGISTERED} + interval '8 hours', case when id % 7 < 6 then ${REGISTERED} + interval '9 hours' end,
      ${REGISTERED} + interval '10 hours', 1000 + (id % 40) * 100, case when id % 10 = 0 then 'USD' else 'EUR' end
    from person where id % 10 < 8 or id % 10 = 0`);
}

async function seedMovements(run: (text: string) => Promise<unknown>, times: number): Promise<void> {
  const money = "case when id % 10 = 0 then 'USD' else 'EUR' end";
  const insert = "insert into commissions.fact_day (customer_id, day, product, measure, currency, amount, events)";
  const day = (step: string) => `date '2026-03-01' + ((id + ${step}) % 31)::int`;
  await run(`${insert}
    select id, ${REGISTERED}::date, '', 'registration', '', 0, 1 from person where id % 5 < 2`);
  await run(`${insert}
    select id, ${day("k * 9")}, '', 'deposit', ${money}, 1000 + (id % 40) * 100 + k * 500, ${times}
    from person, generate_series(1, 3) k where kind not in (15, 16) or k = 1`);
  // Play: six days with a result, two of them with a bonus; now and then somebody wins a lot.
  await run(`${insert}
    select id, ${day("k * 5")}, case when k % 2 = 0 then 'casino' else 'sports' end, 'ggr', ${money},
      case when id % 97 = 0 and k = 3 then -60000 - id % 5000 else ((id * k) % 3000) - 700 end, ${times}
    from person, generate_series(1, 6) k where kind not in (15, 16) and not (id * k % 3000 = 700 and not (id % 97 = 0 and k = 3))`);
  await run(`${insert}
    select id, ${day("k * 5")}, case when k % 2 = 0 then 'casino' else 'sports' end, 'bonus', ${money}, 100 + id % 300, ${times}
    from person, generate_series(2, 3) k where kind not in (15, 16)`);
  const trades = 8 * times;
  await run(`
    insert into tracking.event (program_id, source_id, type, external_id, customer_ref, customer_id, partner_id, occurred_at, received_at, lane, seq,
      currency, measures, quantities, dimensions, content_hash)
    select c.program_id, 'bench', 'trade', id || '-' || k, 'c' || id, id, c.partner_id,
      timestamptz '2026-03-01T00:00:00Z' + ((id + k * 3) % 31) * interval '1 day' + (id + k) % 86400 * interval '1 second', now(), 1, id * 100 + k, 'USD',
      jsonb_build_object('commission', (300 + id % 500)::text),
      jsonb_build_object('lots', (0.01 * (1 + (id + k) % 300))::numeric(10, 2)::text, 'seconds', ((id * k) % 600)::text),
      jsonb_build_object('symbol', (array['EURUSD','XAUUSD','USDJPY','DE40'])[1 + k % 4], 'group', (array['majors','metals','majors','indices'])[1 + k % 4]),
      md5(id || '-' || k)
    from person join attribution.customer c on c.customer_id = id, generate_series(1, ${trades}) k where kind in (15, 16)
    order by id, k`);
  const folded = `from tracking.event e group by 1, 2`;
  await run(
    `${insert} select customer_id, (occurred_at at time zone 'UTC')::date, '', 'lots', '', sum((quantities->>'lots')::numeric), count(*) ${folded}`,
  );
  await run(
    `${insert} select customer_id, (occurred_at at time zone 'UTC')::date, '', 'seconds', '', sum((quantities->>'seconds')::numeric), count(*) ${folded}`,
  );
  await run(
    `${insert} select customer_id, (occurred_at at time zone 'UTC')::date, '', 'commission', 'USD', sum((measures->>'commission')::numeric), count(*) ${folded}`,
  );
}

/** Everything of March is due, as after an import. */
export async function markMarch(ctx: Context, programId: string): Promise<void> {
  await sql`
    insert into commissions.dirty (partner_id, program_id, month, marked_at)
    select partner_id, ${programId}, '2026-03-01', now() from partners.partner where partner_id ~ '^prt_[0-9]{6}$'
    on conflict (program_id, partner_id, month) do update set revision = commissions.dirty.revision + 1, problem = null`.execute(
    ctx.db,
  );
}
