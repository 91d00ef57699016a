import type { SubPartnerComponent } from "@tributary/contract";
import type { Day } from "../../../../kernel/period.ts";
import type { ComponentRun } from "../../component-run.ts";
import type { Customer, Entry } from "../../entries.ts";
import { qualifiedFor } from "../../qualified.ts";
import { milestoneOf } from "../../qualify.ts";
import { Heard, isBy, lapsesOf, lifetimeOf, windowEnd } from "../../windows.ts";

/** Which customers of sub-partners a component looks at: its `lifetime` and `customers`, asked of people who are not the partner's own. */
export class PeopleBelow {
  readonly #run: ComponentRun<SubPartnerComponent>;
  readonly #qualified = new Map<string, Day | null>();
  readonly #heard = new Heard();

  constructor(run: ComponentRun<SubPartnerComponent>) {
    this.#run = run;
  }

  counts(customer: Customer, entry: Entry): boolean {
    return this.#isInLife(customer, entry) && this.#isMeant(customer, entry);
  }

  /** By a CPA or CPL of the partner's own plan; null: not (yet), or there is none of that name. */
  qualifiedOn(customer: Customer, code: string): Day | null {
    const key = `${code} ${customer.customerId}`;
    const known = this.#qualified.get(key);
    if (known !== undefined) return known;
    const day = this.#qualify(customer, code);
    this.#qualified.set(key, day);
    return day;
  }

  #qualify(customer: Customer, code: string): Day | null {
    const { plan, terms, exchange, facts } = this.#run;
    const component = plan.components.find((one) => one.code === code);
    if (component?.model !== "cpa" && component?.model !== "cpl") return null;
    return qualifiedFor(component, terms, customer, exchange, facts.partnerAttributes)?.on ?? null;
  }

  #isInLife(customer: Customer, { day }: Entry): boolean {
    const { lifetime } = this.#run.component;
    if (lifetime === undefined) return true;
    const start =
      typeof lifetime.from === "string"
        ? (this.#milestone(customer, lifetime.from)?.day ?? null)
        : this.qualifiedOn(customer, lifetime.from.qualified);
    if (start === null) return false;
    const { first, end } = lifetimeOf(lifetime, start);
    if (day < first || (end !== null && day >= end)) return false;
    return !this.#heard.hasLapsed(lapsesOf(lifetime), start, customer, day);
  }

  #isMeant(customer: Customer, entry: Entry): boolean {
    const { customers } = this.#run.component;
    if (customers === undefined) return true;
    const on = this.qualifiedOn(customer, "qualified" in customers ? customers.qualified : customers.notQualified);
    if ("qualified" in customers) return on !== null && entry.day >= on;
    if (customers.from === "start") return on === null || entry.day < on;
    const component = this.#run.plan.components.find((one) => one.code === customers.notQualified);
    const window = component !== undefined && "window" in component ? component.window : "none";
    if (on !== null || window === "none") return false;
    const start = this.#milestone(customer, window.from);
    return start !== null && !isBy(windowEnd(window, start), entry);
  }

  #milestone(customer: Customer, name: string) {
    const { plan, exchange } = this.#run;
    return milestoneOf({ plan, exchange, customer }, name);
  }
}
