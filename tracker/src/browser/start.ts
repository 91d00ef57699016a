/** What the server that hands out the script knows of the program. */
export interface TrackerConfig {
  /** the program's code */
  readonly program: string;
  /** where clicks, impressions and conversions go: the origin that the script came from */
  readonly host: string;
  /** true: nothing is stored on the visitor's device before `consent(true)` */
  readonly consent: boolean;
  /** how long the click is remembered */
  readonly days: number;
}

/** An event as the postback door understands it: type, externalId, customerId, amount, currency, code … */
export type TrackedEvent = Readonly<Record<string, string | number | boolean>>;
/** Sub IDs and the like of a click or an impression: sub1 … sub10, source, creative, click_id (the partner's own). */
export type TrackedParameters = Readonly<Record<string, string>>;

/** `window.tributary` once the script runs. Before that it may be an array of calls: `[["consent", true]]`. */
export interface TributaryTracker {
  /** the visitor's click ID; null when there is none */
  clickId(): string | null;
  /** resolves when a click that is on its way is known */
  ready(): Promise<string | null>;
  /** the visitor agreed to be remembered, or took it back */
  consent(given: boolean): void;
  /** records a click on a tracking link without a redirect. Resolves to the click ID, or null when the click does not count */
  click(link: string, parameters?: TrackedParameters): Promise<string | null>;
  /** records that an ad was shown */
  impression(link: string, parameters?: TrackedParameters): void;
  /** sends an event of the visitor's with its click ID. @param token of an event source that is meant for browsers */
  conversion(token: string, event: TrackedEvent): Promise<void>;
  /** an address of another host of yours, with the click ID handed on */
  decorate(address: string): string;
}

type Calls = readonly (readonly [keyof TributaryTracker, ...unknown[]])[];

/** Runs in the visitor's browser. It is sent as it stands here, so it is short before it is clever. */
export function start(config: TrackerConfig, view: Window & { tributary?: TributaryTracker | Calls }): void {
  const { document, location, history } = view;
  const name = `trb_${config.program}`;
  const isId = (id: string | null | undefined): id is string => !!id && /^[0-9a-hjkmnp-tv-z]{45}$/i.test(id);
  const stored = () => new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie)?.[1];
  const said = (attribute: string) => document.currentScript?.getAttribute(`data-${attribute}`);
  const domain = said("domain");
  const parameter = said("parameter") || "click_id";
  let agreed = !config.consent;
  let current: string | null = null;
  let pending: Promise<string | null> = Promise.resolve(null);
  let seen = "";

  const write = (value: string, seconds: number) => {
    const place = domain ? `; Domain=${domain}` : "";
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${name}=${value}; Max-Age=${seconds}; Path=/; SameSite=Lax${place}${secure}`;
  };
  const keep = (id: string) => {
    current = id;
    if (agreed) write(id, config.days * 86_400);
    return id;
  };
  const query = (values: TrackedParameters) => new URLSearchParams(values).toString();

  const tracker: TributaryTracker = {
    clickId: () => current,
    ready: () => pending,
    consent: (given) => {
      agreed = given;
      if (!given) write("", 0);
      else if (current) keep(current);
    },
    click: (link, parameters = {}) => {
      const sent = { ...parameters, page: location.href, ...(document.referrer ? { ref: document.referrer } : {}) };
      const before = current ? { ...sent, prev: current } : sent;
      pending = fetch(`${config.host}/d/${encodeURIComponent(link)}?${query(before)}`, { keepalive: true })
        .then((answer) => answer.json())
        .then((answer: { clickId?: string | null }) => (isId(answer.clickId) ? keep(answer.clickId) : current))
        .catch(() => current);
      return pending;
    },
    impression: (link, parameters = {}) => {
      new Image().src = `${config.host}/v/${encodeURIComponent(link)}.gif?${query(parameters)}`;
    },
    conversion: (token, event) =>
      pending.then(async (id) => {
        const body = new URLSearchParams(event as unknown as Record<string, string>);
        if (id ?? current) body.set("click_id", id ?? current ?? "");
        const address = `${config.host}/p/${encodeURIComponent(token)}`;
        // A beacon outlives the page; a browser that has no room for it is asked the longer way.
        if (!view.navigator.sendBeacon?.(address, body))
          await fetch(address, { method: "POST", body, mode: "no-cors", keepalive: true });
      }),
    decorate: (address) => {
      const url = new URL(address, location.href);
      if (current) url.searchParams.set(parameter, current);
      return url.href;
    },
  };

  /** A visitor arrives by a redirect with a click ID, or straight from the partner's page with the link's code in `trb`. */
  const arrive = () => {
    if (location.search === seen) return;
    seen = location.search;
    const found = new URLSearchParams(seen);
    const id = found.get(parameter);
    const link = found.get("trb");
    if (link) {
      found.delete("trb");
      void tracker.click(link, Object.fromEntries(found));
    } else if (isId(id)) pending = Promise.resolve(keep(id));
  };

  const known = stored();
  if (isId(known)) {
    current = known;
    pending = Promise.resolve(known);
  }
  const calls = view.tributary;
  view.tributary = tracker;
  // What the page asked for before the script came, consent first of all.
  if (Array.isArray(calls))
    for (const [what, ...values] of calls) (tracker[what] as (...all: unknown[]) => unknown)(...values);
  arrive();
  for (const way of ["pushState", "replaceState"] as const) {
    const original = history[way];
    history[way] = function (this: History, ...values: Parameters<History["pushState"]>) {
      original.apply(this, values);
      arrive();
    };
  }
  view.addEventListener("popstate", arrive);
}
