import type { Component, Line, LineExplanation, LineQuery, PlanLanguage, Working } from "@tributary/contract";
import { type Actor, can, isWithin } from "../access/index.ts";
import { termsByIds } from "../agreements/index.ts";
import { customerById, customersOfPartners, decisionsOf } from "../attribution/index.ts";
import type { Context, Db, Page } from "../database/index.ts";
import { parsePublicNumber, publicNumber } from "../kernel/ids.ts";
import { addMonths, startOfDay } from "../kernel/period.ts";
import { notFound } from "../kernel/refusals.ts";
import { transfersOf } from "../ledger/index.ts";
import { reachOf } from "../partners/index.ts";
import { renderComponent } from "../plans/index.ts";
import { programById } from "../programs/index.ts";
import { UNTIL_RELEASED } from "./core/finish.ts";
import { type Naming, renderWorking } from "./core/render-working.ts";
import { writtenRate } from "./core/written-value.ts";
import * as store from "./store/reading.ts";
import { subPartnerNames } from "./sub-partner-names.ts";
import { lineWire } from "./wire.ts";

/** An event as an explanation shows it. */
export interface ExplainedEvent {
  readonly eventId: bigint;
  readonly type: string;
  readonly externalId: string;
  readonly customerId: bigint;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly receivedAt: Date;
  readonly currency: string | null;
  readonly measures: Readonly<Record<string, string>>;
  readonly quantities: Readonly<Record<string, string>>;
}

/** A recorded click as an explanation shows it; sub ids are `sub1` to `sub10`. */
export interface ExplainedClick {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly linkId?: string;
  readonly country?: string;
  readonly device?: string;
  readonly source?: string;
  readonly creative?: string;
  readonly partnerClickId?: string;
}

/** What this room is told by rooms that it does not call. */
export interface LineSurroundings {
  readonly clickOf: (db: Db, clickId: string) => Promise<ExplainedClick | undefined>;
  readonly eventsOfCustomer: (
    db: Db,
    query: { customerId: bigint; from?: Date; to?: Date; types?: readonly string[]; limit: number },
  ) => Promise<readonly ExplainedEvent[]>;
  /** How a partner sees the operator's id of a customer. */
  readonly maskCustomer: (ref: string) => string;
  /** Past row-level security: for the names of sub-partners, and nothing else. */
  readonly whole: Db;
}

const MOST_EVENTS = 200;
const MOST_CONTRIBUTIONS = 200;
const CUSTOMERS_WITH_EVENTS = 10;
const MOST_NAMED = 40;

/** @param whole past row-level security, for the names of sub-partners */
export async function listLines(ctx: Context, actor: Actor, query: LineQuery, whole: Db): Promise<Page<Line>> {
  const within = await reachOf(ctx, actor, "statements.read");
  const month = (text: string | undefined) => (text === undefined ? undefined : `${text}-01`);
  const customerId = query.customerId === undefined ? undefined : (parsePublicNumber("cus", query.customerId) ?? -1n);
  const filter = { ...query, month: month(query.month), bookedMonth: month(query.bookedMonth), customerId };
  const page = await store.linePage(ctx.db, within, filter, query);
  const lines = page.rows.map(lineWire);
  const earnedOn = Map.groupBy(
    lines.filter((line) => line.subjectKind === "partner"),
    (line) => line.programId,
  );
  const names = new Map<string, string>();
  for (const [programId, some] of earnedOn) {
    const ids = [...new Set(some.map((line) => line.subjectId))];
    for (const [id, name] of await subPartnerNames(whole, actor, programId, ids)) names.set(`${programId} ${id}`, name);
  }
  const rows = lines.map((line) => ({
    ...line,
    subjectName: names.get(`${line.programId} ${line.subjectId}`) ?? null,
  }));
  return { rows, nextCursor: page.nextCursor };
}

/**
 * Everything behind a line: the arithmetic, the terms with the name that accepted them, the customer with click and reason, the events, and what
 * the ledger booked for it.
 * @throws Refusal `not_found` also for a line of somebody else
 */
export async function explainLine(
  ctx: Context,
  actor: Actor,
  lineId: string,
  language: PlanLanguage,
  around: LineSurroundings,
): Promise<LineExplanation> {
  const row = await readableLine(ctx, actor, lineId);
  const working = row.working as unknown as Working;
  const [versions, terms, bookings] = [
    await store.versionsOfLine(ctx.db, row.line_key),
    await termsOf(ctx, row, working, language),
    await transfersOf(ctx, row.line_key),
  ];
  const customer = row.subject_kind === "customer" ? await customerOf(ctx, actor, row, around) : null;
  const contributions = row.subject_kind === "period" ? await contributionsOf(ctx, row, working) : [];
  const events = await eventsBehind(ctx, row, contributions, around);
  const naming = await namingOf(ctx, actor, row, working, around);
  return {
    line: lineWire(row),
    versions: versions.map(lineWire),
    original: await originalOf(ctx, row, versions),
    working: withoutFarDay(working),
    explanation: renderWorking(
      working,
      {
        currency: row.currency,
        amountMinor: row.amount_minor,
        subjectKind: row.subject_kind as Line["subjectKind"],
        subject: subjectOf(row, customer?.ref, naming),
        earnedOn: row.earned_on,
        component: terms.component,
        naming,
      },
      language,
    ),
    terms: terms.wire,
    customer,
    subPartner: row.subject_kind === "partner" ? { name: naming.named(row.subject_id) } : null,
    events: events.map(eventWire),
    contributions: contributions.map((one) => ({
      customerId: publicNumber("cus", one.customer_id),
      measure: one.measure,
      currency: one.currency,
      amount: String(one.minor),
    })),
    bookings: bookings.map(({ id, recipe, amount, currency, period, occurredOn, bookedAt }) => ({
      transferId: id,
      recipe,
      amount,
      currency,
      period,
      occurredOn,
      bookedAt,
    })),
  };
}

async function readableLine(ctx: Context, actor: Actor, lineId: string): Promise<store.LineRow> {
  const number = parsePublicNumber("cln", lineId);
  const row = number === undefined ? undefined : await store.lineRow(ctx.db, number);
  const within = await reachOf(ctx, actor, "statements.read");
  const place = row === undefined ? {} : { partnerId: row.partner_id, programId: row.program_id };
  if (row === undefined || !can(actor, "statements.read") || !isWithin(within, place)) throw notFound("line", lineId);
  return row;
}

interface KnownTerms {
  readonly component: Component | undefined;
  readonly wire: LineExplanation["terms"];
}

async function termsOf(
  ctx: Context,
  row: store.LineRow,
  working: Working,
  language: PlanLanguage,
): Promise<KnownTerms> {
  const [terms] = await termsByIds(ctx.db, [row.agreement_version_id]);
  if (terms === undefined) throw notFound("agreement version", row.agreement_version_id);
  const component = terms.plan.components.find((one) => one.code === working.component);
  return {
    component,
    wire: {
      agreementId: terms.agreementId,
      agreementVersionId: terms.agreementVersionId,
      version: terms.version,
      termsHash: terms.termsHash,
      acceptedName: terms.acceptedName,
      acceptedAt: terms.acceptedAt?.toISOString() ?? null,
      clause: component === undefined ? [] : renderComponent(component, terms.plan.currency, language),
    },
  };
}

interface KnownNames extends Naming {
  /** null: the reader may not know it. */
  readonly named: (partnerId: string) => string | null;
}

/** Customers and sub-partners that the steps speak of, as the reader may see them. */
async function namingOf(
  ctx: Context,
  actor: Actor,
  row: store.LineRow,
  working: Working,
  around: LineSurroundings,
): Promise<KnownNames> {
  const said = (key: string) => working.steps.flatMap((step) => step.values[key] ?? []);
  const partnerIds = row.subject_kind === "partner" ? [row.subject_id, ...said("partner")] : said("partner");
  const names = await subPartnerNames(around.whole, actor, row.program_id, [...new Set(partnerIds)]);
  const numbers = [...new Set(said("customer"))].filter((id) => /^\d+$/.test(id)).slice(0, MOST_NAMED);
  const refs = new Map<string, string>();
  for (const id of numbers) {
    const customer = await customerById(ctx.db, BigInt(id));
    if (customer === undefined) continue;
    refs.set(id, actor.partnerId === undefined ? customer.customerRef : around.maskCustomer(customer.customerRef));
  }
  const named = (partnerId: string) => names.get(partnerId) ?? null;
  const publicCustomer = (id: string) => (/^\d+$/.test(id) ? publicNumber("cus", BigInt(id)) : id);
  return { named, partner: (id) => named(id) ?? "…", customer: (id) => refs.get(id) ?? publicCustomer(id) };
}

function subjectOf(row: store.LineRow, customerRef: string | undefined, naming: KnownNames): string {
  if (row.subject_kind === "customer") return customerRef ?? publicNumber("cus", BigInt(row.subject_id));
  return row.subject_kind === "partner" ? naming.partner(row.subject_id) : row.subject_id;
}

/**
 * What a line that was booked later corrects: the first version, on the statement of its own month, with the rate and the currency rates that it was
 * worked out with. null where nothing was booked in another month.
 */
async function originalOf(
  ctx: Context,
  row: store.LineRow,
  versions: readonly store.LineRow[],
): Promise<LineExplanation["original"]> {
  const first = versions.at(-1);
  if (first === undefined || first.version === row.version || first.booked_month === row.booked_month) return null;
  const working = first.working as unknown as Working;
  const [terms] = await termsByIds(ctx.db, [first.agreement_version_id]);
  const component = terms?.plan.components.find((one) => one.code === working.component);
  return {
    lineId: publicNumber("cln", first.line_id),
    bookedMonth: first.booked_month.slice(0, 7),
    amount: String(first.amount_minor),
    rate: working.rate === null ? priceOf(working) : writtenRate(working.rate, component, first.currency),
    tier: working.tier,
    conversions: working.conversions,
  };
}

/** What was paid for the one thing that the line is about, where that is no rate: `90.00 EUR`. */
function priceOf(working: Working): string | null {
  const step = working.steps.find((one) => one.code === "amount");
  const { amount, currency } = step?.values ?? {};
  return amount === undefined || currency === undefined ? null : `${amount} ${currency}`;
}

/** An amount that waits for somebody or something has no day. */
function withoutFarDay(working: Working): Working {
  return working.hold.until === UNTIL_RELEASED ? { ...working, hold: { ...working.hold, until: null } } : working;
}

/** Click and reason are the partner's business while the customer is its own; later they belong to somebody else. */
async function customerOf(
  ctx: Context,
  actor: Actor,
  row: store.LineRow,
  around: LineSurroundings,
): Promise<LineExplanation["customer"]> {
  const customer = await customerById(ctx.db, BigInt(row.subject_id));
  if (customer === undefined) return null;
  const own = customer.partnerId === row.partner_id || actor.partnerId === undefined;
  const [decision] = own ? await decisionsOf(ctx.db, customer.customerId) : [];
  const click = own && customer.clickId !== null ? await around.clickOf(ctx.db, customer.clickId) : undefined;
  return {
    id: publicNumber("cus", customer.customerId),
    ref: actor.partnerId === undefined ? customer.customerRef : around.maskCustomer(customer.customerRef),
    clickId: own ? customer.clickId : null,
    linkId: own ? customer.linkId : null,
    boundAt: own ? (customer.boundAt?.toISOString() ?? null) : null,
    reason: decision?.reason ?? null,
    click: click === undefined ? null : clickWire(click),
  };
}

function clickWire(click: ExplainedClick): NonNullable<NonNullable<LineExplanation["customer"]>["click"]> {
  const subIds = Object.entries(click).filter(
    (entry): entry is [string, string] => /^sub\d+$/.test(entry[0]) && typeof entry[1] === "string",
  );
  return {
    at: new Date(click.at).toISOString(),
    linkId: click.linkId ?? null,
    country: click.country ?? null,
    device: click.device ?? null,
    source: click.source ?? null,
    creative: click.creative ?? null,
    partnerClickId: click.partnerClickId ?? null,
    subIds: Object.fromEntries(subIds),
  };
}

async function contributionsOf(
  ctx: Context,
  row: store.LineRow,
  working: Working,
): Promise<readonly store.ContributionRow[]> {
  const pair = { partnerId: row.partner_id, programId: row.program_id };
  const owned = await customersOfPartners(ctx.db, [pair]);
  const measures = working.inputs.map((input) => input.name);
  return await store.contributions(
    ctx.db,
    [...new Set(owned.map((one) => one.customerId))],
    measures,
    row.month,
    MOST_CONTRIBUTIONS,
  );
}

/** For a customer's line every event that decides it; for a period the month's events of the customers that brought the most. */
async function eventsBehind(
  ctx: Context,
  row: store.LineRow,
  contributions: readonly store.ContributionRow[],
  around: LineSurroundings,
): Promise<readonly ExplainedEvent[]> {
  if (row.subject_kind === "customer") {
    const types = ["registration", "kyc_passed", "deposit", "chargeback", "refund"];
    return await around.eventsOfCustomer(ctx.db, { customerId: BigInt(row.subject_id), types, limit: MOST_EVENTS });
  }
  const program = await programById(ctx.db, row.program_id);
  const zone = program?.timeZone ?? "UTC";
  const from = startOfDay(row.month, zone);
  const to = startOfDay(addMonths(row.month, 1), zone);
  const customers = [...new Set(contributions.map((one) => one.customer_id))].slice(0, CUSTOMERS_WITH_EVENTS);
  const limit = MOST_EVENTS / CUSTOMERS_WITH_EVENTS;
  const events: ExplainedEvent[] = [];
  for (const customerId of customers)
    events.push(...(await around.eventsOfCustomer(ctx.db, { customerId, from, to, limit })));
  return events.sort((a, b) => a.at - b.at);
}

function eventWire(event: ExplainedEvent): LineExplanation["events"][number] {
  return {
    id: publicNumber("evt", event.eventId),
    type: event.type,
    externalId: event.externalId,
    customerId: publicNumber("cus", event.customerId),
    occurredAt: new Date(event.at).toISOString(),
    receivedAt: event.receivedAt.toISOString(),
    currency: event.currency,
    measures: { ...event.measures },
    quantities: { ...event.quantities },
  };
}
