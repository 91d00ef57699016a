import type { IncomingMessage, ServerResponse } from "node:http";
import type { CountryOf, Edge } from "../../tracking/index.ts";
import type { PlannedClick } from "./planned.ts";
import type { Chance } from "./random.ts";

/** Addresses of each country, found in the table of countries that the edge itself uses. */
export type Addresses = ReadonlyMap<string, readonly string[]>;

const PER_COUNTRY = 400;
const TRIES = 60_000;
/** Networks of a hundred addresses and more belong to one country: where one was found, its neighbors are looked at too. */
const NEIGHBORS = 12;

/** Draws public addresses until every wanted country has some. A country that the table does not know stays without. */
export function findAddresses(countries: readonly string[], countryOf: CountryOf, chance: Chance): Addresses {
  const found = new Map<string, string[]>(countries.map((country) => [country, []]));
  let missing = found.size;
  for (let i = 0; i < TRIES && missing > 0; i++) {
    const network = `${chance.between(1, 223)}.${chance.between(0, 255)}.${chance.between(0, 255)}`;
    const country = countryOf(`${network}.1`) ?? "";
    const list = found.get(country);
    if (list === undefined || list.length >= PER_COUNTRY) continue;
    const room = Math.min(NEIGHBORS, PER_COUNTRY - list.length);
    const near = new Set(Array.from({ length: room }, () => `${network}.${chance.between(1, 254)}`));
    for (const address of near) if (countryOf(address) === country) list.push(address);
    if (list.length === PER_COUNTRY) missing -= 1;
  }
  return found;
}

/** Host, path and cookie names that the sample's requests are made with. */
export interface Visits {
  readonly edge: Edge;
  readonly addresses: Addresses;
  readonly chance: Chance;
  /** path of the link of a partner's offer, e.g. `/c/broker-compass-raw` */
  readonly path: (click: PlannedClick) => string;
  readonly cookieName: (click: PlannedClick) => string;
}

/**
 * Makes clicks the way a browser does, without a socket in between: the edge's own handler gets the request, decides, and
 * answers once the click is durable. Clicks must be given in order of time, `setClock` moves the edge's clock to each.
 * @throws when a click was not answered with a redirect
 */
export async function recordClicks(
  visits: Visits,
  clicks: readonly PlannedClick[],
  setClock: (at: number) => void,
): Promise<void> {
  await Promise.all(
    clicks.map((click) => {
      setClock(click.at);
      return visit(visits, click);
    }),
  );
}

/** Shows ads the same way: the picture of a link, answered once the impression is durable. */
export async function recordImpressions(
  visits: Visits,
  impressions: readonly PlannedClick[],
  setClock: (at: number) => void,
): Promise<void> {
  await Promise.all(
    impressions.map((shown) => {
      setClock(shown.at);
      return show(visits, shown);
    }),
  );
}

function show(visits: Visits, shown: PlannedClick): Promise<void> {
  return new Promise((resolve, reject) => {
    const response = answerTo((status) => {
      if (status === 200) resolve();
      else reject(new Error(`the ad of ${shown.partner.code} was answered with ${status}`));
    });
    const picture = `${visits.path(shown).replace("/c/", "/v/")}.gif`;
    visits.edge.handle(requestOf(visits, shown, picture), response);
  });
}

function visit(visits: Visits, click: PlannedClick): Promise<void> {
  return new Promise((resolve, reject) => {
    const response = answerTo((status, headers) => {
      if (status !== 302) return reject(new Error(`the click of ${click.partner.code} was answered with ${status}`));
      const id = clickIdIn(headers);
      if (id !== undefined) click.id = id;
      resolve();
    });
    visits.edge.handle(requestOf(visits, click, visits.path(click)), response);
  });
}

function requestOf(visits: Visits, click: PlannedClick, path: string): IncomingMessage {
  const { addresses, chance } = visits;
  const list = addresses.get(click.country) ?? [];
  const address = list.length > 0 ? chance.pick(list) : "203.0.113.7";
  const query = `sub1=${click.sub1}&sub2=${click.sub2}&click_id=${click.own}`;
  const headers = {
    host: "localhost",
    "user-agent": click.agent,
    "accept-language": click.language,
    referer: `https://${click.partner.code}.example/`,
    ...(click.previous?.id === undefined ? {} : { cookie: `${visits.cookieName(click)}=${click.previous.id}` }),
  };
  const request = { method: "GET", url: `${path}?${query}`, headers, socket: { remoteAddress: address } };
  return request as unknown as IncomingMessage;
}

function answerTo(answered: (status: number, headers: readonly string[]) => void): ServerResponse {
  let status = 0;
  let sent: readonly string[] = [];
  const response = {
    headersSent: false,
    writeHead(code: number, headers: readonly string[]) {
      status = code;
      sent = headers;
      response.headersSent = true;
      return response;
    },
    end() {
      answered(status, sent);
    },
  };
  return response as unknown as ServerResponse;
}

/** Only a counted click sets the cookie; robots get a redirect without one. */
function clickIdIn(headers: readonly string[]): string | undefined {
  const at = headers.indexOf("Set-Cookie");
  return at < 0 ? undefined : headers[at + 1]?.split(";")[0]?.split("=")[1];
}
