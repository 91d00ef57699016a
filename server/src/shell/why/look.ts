import { type WhyFound, WhyKind } from "@tributary/contract";
import { type Actor, can, isWithin, type RecordReach } from "../../access/index.ts";
import { acceptedTerms, termsInForce } from "../../agreements/index.ts";
import { type CustomerFacts, customerById, listCustomers } from "../../attribution/index.ts";
import type { Analytics, Context, Db } from "../../database/index.ts";
import { parsePublicNumber, publicNumber } from "../../kernel/ids.ts";
import { reachOf } from "../../partners/index.ts";
import { namedInLog } from "../../reporting/index.ts";
import {
  type CallLine,
  type ClickIds,
  clickById,
  eventsNamed,
  linesAt,
  type NamedEvent,
  parseReceiptId,
  receiptId,
  type StoredClick,
} from "../../tracking/index.ts";
import { customerSurroundings } from "../customers.ts";

/** What looking needs besides the request. */
export interface WhyNeeds {
  /** not narrowed by row-level security: what belongs to nobody is looked at here, and shown only by the rules below */
  readonly whole: Db;
  readonly clickIds: ClickIds;
  readonly analytics?: Analytics;
}

/** One thing whose way is asked for. */
export interface Subject {
  readonly found: WhyFound;
  readonly click?: StoredClick | undefined;
  readonly event?: NamedEvent | undefined;
  readonly line?: CallLine | undefined;
  readonly customer?: CustomerFacts | undefined;
}

const MOST = 20;

/**
 * Who sees what: a click its link's partner; an event its customer's partner and, while the customer is nobody's, the partner whose click it
 * carried; a refused line the operator. Everything of the operator's people is narrowed to their scope.
 */
export class Look {
  readonly #ctx: Context;
  readonly #actor: Actor;
  readonly #needs: WhyNeeds;
  readonly #programId: string | undefined;
  #reach: Promise<RecordReach> | undefined;

  constructor(ctx: Context, actor: Actor, needs: WhyNeeds, programId: string | undefined) {
    this.#ctx = ctx;
    this.#actor = actor;
    this.#needs = needs;
    this.#programId = programId;
  }

  /** Everything that the text names and the actor may see; one thing is found under one kind only. */
  async find(q: string): Promise<readonly Subject[]> {
    const kinds = [
      () => this.#clicks(q),
      () => this.#receipts(q),
      () => this.#events(q),
      () => this.#customers(q),
      () => this.#names(q),
    ];
    for (const kind of kinds) {
      const found = await kind();
      if (found !== undefined)
        return found.filter(({ found: { id } }, at) => at === found.findIndex((o) => o.found.id === id));
    }
    return [];
  }

  async clickOf(clickId: string | null | undefined): Promise<StoredClick | undefined> {
    if (clickId == null) return undefined;
    return await clickById(this.#needs.whole, this.#needs.clickIds, clickId);
  }

  /** Events that name the click and that the actor may see, those that count first. */
  async eventsOfClick(clickId: string): Promise<readonly NamedEvent[]> {
    return await this.#visible(await eventsNamed(this.#needs.whole, { clickId }, MOST));
  }

  async eventsOfCustomer(customerId: bigint): Promise<readonly NamedEvent[]> {
    return await this.#visible(await eventsNamed(this.#needs.whole, { customerId }, MOST));
  }

  async customerOf(event: NamedEvent): Promise<CustomerFacts | undefined> {
    return event.customerId === 0n ? undefined : await customerById(this.#needs.whole, event.customerId);
  }

  /** Whether a partner has terms in a program on a day; what they say is another question, and another permission. */
  async hasTerms(partnerId: string, programId: string, day: string): Promise<boolean> {
    return termsInForce(await acceptedTerms(this.#needs.whole, [{ partnerId, programId }]), day) !== undefined;
  }

  async #clicks(q: string): Promise<readonly Subject[] | undefined> {
    const id = q.toLowerCase();
    if (this.#needs.clickIds.read(id) === undefined) return undefined;
    const click = await this.clickOf(id);
    return click !== undefined && (await this.#seesClick(click)) ? [clickSubject(click)] : [];
  }

  async #receipts(q: string): Promise<readonly Subject[] | undefined> {
    const place = parseReceiptId(q);
    if (place === undefined) return undefined;
    const lines = (await linesAt(this.#needs.whole, place.lane, place.seq)) ?? [];
    const asked = place.line === undefined ? lines : lines.filter((one) => one.line === place.line);
    const subjects: Subject[] = [];
    for (const line of asked.slice(0, MOST)) {
      const subject = await this.#lineSubject(line, place.lane, place.seq);
      if (subject !== undefined) subjects.push(subject);
    }
    return subjects;
  }

  async #lineSubject(line: CallLine, lane: number, seq: bigint): Promise<Subject | undefined> {
    const id = line.receipt?.event_id;
    const [event] = id == null ? [] : await eventsNamed(this.#needs.whole, { eventId: id }, 1);
    if (event !== undefined ? !(await this.#seesEvent(event)) : !(await this.#seesCall(line))) return undefined;
    const externalId = line.sent !== undefined && !("refused" in line.sent) ? line.sent.externalId : "";
    const title = [line.receipt?.fate ?? "…", externalId].filter((part) => part !== "").join(" · ");
    const found = {
      kind: WhyKind.enum.receipt,
      id: receiptId(lane, seq, line.line),
      title,
      at: line.receivedAt.toISOString(),
    };
    return { found, line, event };
  }

  async #events(q: string): Promise<readonly Subject[] | undefined> {
    const eventId = parsePublicNumber("evt", q.toLowerCase());
    if (eventId === undefined) return undefined;
    return (await this.#visible(await eventsNamed(this.#needs.whole, { eventId }, 1))).map(eventSubject);
  }

  async #customers(q: string): Promise<readonly Subject[] | undefined> {
    const customerId = parsePublicNumber("cus", q.toLowerCase());
    if (customerId === undefined) return undefined;
    const customer = await customerById(this.#needs.whole, customerId);
    return customer !== undefined && (await this.#sees(customer)) ? [customerSubject(customer, this.#actor)] : [];
  }

  /** Somebody else's names: an order, the operator's customer id, a click id of the partner's own tracker. */
  async #names(q: string): Promise<readonly Subject[]> {
    const events = await this.#visible(await eventsNamed(this.#needs.whole, { externalId: q }, MOST));
    const counting = events.filter((event) => !event.replaced);
    const subjects = (counting.length > 0 ? counting : events).map(eventSubject);
    return [...subjects, ...(await this.#customersCalled(q)), ...(await this.#inLog(q, subjects))];
  }

  async #customersCalled(q: string): Promise<readonly Subject[]> {
    if (this.#actor.partnerId !== undefined || !can(this.#actor, "customers.read")) return [];
    const query = { q, limit: MOST, sort: "newest" } as const;
    const { rows } = await listCustomers(this.#ctx, this.#actor, query, customerSurroundings);
    const subjects: Subject[] = [];
    for (const row of rows.filter((one) => one.customerRef === q && this.#ofProgram(one.programId))) {
      const customer = await customerById(this.#needs.whole, parsePublicNumber("cus", row.id) ?? 0n);
      if (customer !== undefined) subjects.push(customerSubject(customer, this.#actor));
    }
    return subjects;
  }

  async #inLog(q: string, known: readonly Subject[]): Promise<readonly Subject[]> {
    const { analytics, whole } = this.#needs;
    if (analytics === undefined) return [];
    const subjects: Subject[] = [];
    for (const row of await namedInLog({ ...this.#ctx, analytics, whole }, this.#actor, q)) {
      if (row.kind === "click") subjects.push(...((await this.#clicks(row.clickId)) ?? []));
      // A line whose event is known says nothing new.
      else if (known.length === 0 || row.about === "rejected")
        subjects.push(...((await this.#receipts(receiptId(row.lane, BigInt(row.seq), row.line))) ?? []));
    }
    return subjects;
  }

  async #visible(events: readonly NamedEvent[]): Promise<readonly NamedEvent[]> {
    const seen: NamedEvent[] = [];
    for (const event of events) if (await this.#seesEvent(event)) seen.push(event);
    return seen;
  }

  async #seesEvent(event: NamedEvent): Promise<boolean> {
    if (await this.#sees(event)) return true;
    if (event.partnerId !== null || this.#actor.partnerId === undefined) return false;
    const click = await this.clickOf(event.clickId);
    return click !== undefined && (await this.#seesClick(click));
  }

  async #seesClick(click: StoredClick): Promise<boolean> {
    return await this.#sees({ partnerId: click.partnerId ?? null, programId: click.programId ?? null });
  }

  /** A refused line belongs to nobody: only who may read the log of its program sees it. */
  async #seesCall(line: CallLine): Promise<boolean> {
    if (this.#actor.partnerId !== undefined || !can(this.#actor, "intake.read")) return false;
    const within = await reachOf(this.#ctx, this.#actor, "intake.read");
    const programId = line.call.programId ?? null;
    return isWithin(within, { partnerId: null, programId }) && (programId === null || this.#ofProgram(programId));
  }

  async #sees(record: { readonly partnerId: string | null; readonly programId: string | null }): Promise<boolean> {
    this.#reach ??= reachOf(this.#ctx, this.#actor, "events.read");
    const asked = record.programId === null || this.#ofProgram(record.programId);
    return asked && isWithin(await this.#reach, record);
  }

  #ofProgram(programId: string): boolean {
    return this.#programId === undefined || this.#programId === programId;
  }
}

function clickSubject(click: StoredClick): Subject {
  const title = [click.verdict, click.partnerClickId ?? ""].filter((part) => part !== "").join(" · ");
  return { found: { kind: "click", id: click.id, title, at: new Date(click.at).toISOString() }, click };
}

function eventSubject(event: NamedEvent): Subject {
  const title = `${event.type} · ${event.externalId}`;
  const id = publicNumber("evt", event.eventId);
  return { found: { kind: "event", id, title, at: event.occurredAt.toISOString() }, event };
}

function customerSubject(customer: CustomerFacts, actor: Actor): Subject {
  const id = publicNumber("cus", customer.customerId);
  const title = actor.partnerId === undefined ? customer.customerRef : id;
  return { found: { kind: "customer", id, title, at: customer.boundAt?.toISOString() ?? null }, customer };
}
