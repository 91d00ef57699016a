import type { Visit } from "./visits.ts";

/** An event as the operator's systems send it. */
export interface Sent {
  readonly type: string;
  readonly external_id: string;
  readonly customer_id: string;
  readonly occurred_at: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly ggr?: string;
  readonly bonus?: string;
  readonly product?: string;
  readonly click_id?: string;
  readonly void?: string;
}

/** A visitor who became a customer. */
export interface NewCustomer {
  readonly ref: string;
  readonly number: number;
  /** every visit of theirs, in the order of time */
  readonly visits: readonly Visit[];
  readonly registeredAt: number;
}

export const visitorOf = (visit: Visit): string => `${visit.ip} ${visit.agent}`;

const DAY = 86_400_000;
const CURRENCIES = ["EUR", "USD", "GBP", "PLN", "JPY"];

/**
 * Every sixth visitor that `isPerson` becomes a customer, in the middle of its visits.
 * @param isPerson tells people from bots
 */
export function newCustomers(visits: readonly Visit[], isPerson: (visit: Visit) => boolean): NewCustomer[] {
  const byVisitor = new Map<string, Visit[]>();
  for (const visit of visits) {
    const known = byVisitor.get(visitorOf(visit));
    if (known === undefined) byVisitor.set(visitorOf(visit), [visit]);
    else known.push(visit);
  }
  const people = [...byVisitor.values()].filter((all) =>
    all.every((visit) => isPerson(visit) && visit.method === "GET"),
  );
  return (
    people
      // The journey is followed twenty clicks back: whoever clicked more often after registering is another story.
      .filter((all) => all.length <= 36)
      .filter((_, index) => index % 6 === 0)
      .map((all, number) => {
        const middle = all[Math.floor((all.length - 1) / 2)]?.at ?? 0;
        return { ref: `customer-${number}`, number, visits: all, registeredAt: middle + 999 };
      })
  );
}

/** What happens to a customer, as its systems tell it. The first list comes in by postback, the second by file. */
export function eventsOf(customer: NewCustomer, clickId: string): { readonly called: Sent[]; readonly filed: Sent[] } {
  const { number, ref, registeredAt } = customer;
  const iso = (at: number) => new Date(at).toISOString();
  const base = (type: string, id: string, at: number) => ({
    type,
    external_id: `${type}-${ref}-${id}`,
    customer_id: ref,
    occurred_at: iso(at),
  });
  const called: Sent[] = [{ ...base("registration", "1", registeredAt), click_id: clickId }];
  if (number % 4 !== 3) called.push(base("kyc_passed", "1", registeredAt + 3_600_000));
  for (let j = 0; j <= number % 3; j += 1) called.push(...deposits(customer, j, base));
  const filed: Sent[] = [];
  for (let day = 1; day <= 3; day += 1) {
    const ggr = ((number * 37 + day * 101) % 900) - 150;
    const currency = CURRENCIES[(number + day) % 3] ?? "EUR";
    const activity = base("activity", String(day), registeredAt + day * DAY);
    filed.push({
      ...activity,
      currency,
      ggr: `${ggr}.${10 + (number % 80)}`,
      bonus: `${number % 20}.50`,
      product: "slots",
    });
  }
  return { called, filed };
}

type Base = (
  type: string,
  id: string,
  at: number,
) => Pick<Sent, "type" | "external_id" | "customer_id" | "occurred_at">;

/** A deposit; some are sent twice, some with a wrong amount first, some are taken back. */
function deposits({ number, registeredAt }: NewCustomer, j: number, base: Base): Sent[] {
  const currency = CURRENCIES[(number + j) % CURRENCIES.length] ?? "EUR";
  const size = [7, 15, 42, 121, 260][(number + j) % 5] ?? 0;
  const amount = currency === "JPY" ? String(size * 130) : `${size}.${j}0`;
  const deposit: Sent = { ...base("deposit", String(j), registeredAt + (j + 1) * DAY), amount, currency };
  if (number % 10 === 1) return [{ ...deposit, amount: currency === "JPY" ? "999999" : "9999.00" }, deposit];
  if (number % 10 === 2 && j === 1) return [deposit, { ...deposit, void: "1" }];
  return number % 10 === 3 ? [deposit, deposit] : [deposit];
}
