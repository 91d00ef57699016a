import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A server that behaves as the platforms' descriptions say (paths, credentials, paging, limits), built from the examples and schemas of
 * ../shared/data/partner-data/openapi and the catalogue's §2. It is not the platforms: what they do beyond their descriptions is not known here.
 */
export interface Platforms {
  readonly bases: Readonly<Record<string, string>>;
  /** every call: method, path with query */
  readonly calls: string[];
  /** answers the next calls with these statuses first */
  readonly trouble: { status: number; headers?: Record<string, string> }[];
  close(): Promise<void>;
}

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
const KEYS: Readonly<Record<string, (req: IncomingMessage) => boolean>> = {
  rewardful: (req) => req.headers.authorization === basic("secret", ""),
  tapfiliate: (req) => req.headers["x-api-key"] === "secret",
  partnerstack: (req) => req.headers.authorization === basic("public", "secret"),
  impact: (req) => req.headers.authorization === basic("IRsid", "secret"),
  dub: (req) => req.headers.authorization === "Bearer secret",
};

export async function platforms(): Promise<Platforms> {
  const calls: string[] = [];
  const trouble: Platforms["trouble"] = [];
  const server: Server = createServer((req, res) => {
    calls.push(req.url ?? "");
    const planned = trouble.shift();
    if (planned !== undefined) return void res.writeHead(planned.status, planned.headers).end("not now");
    const url = new URL(req.url ?? "/", "http://platform");
    const [, vendor = "", ...path] = url.pathname.split("/");
    if (KEYS[vendor]?.(req) !== true) return void res.writeHead(401).end('{"message":"unauthorized"}');
    answer(vendor, `/${path.join("/")}`, url, res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = (server.address() as AddressInfo).port;
  const bases = Object.fromEntries(Object.keys(KEYS).map((vendor) => [vendor, `http://127.0.0.1:${port}/${vendor}`]));
  return { bases, calls, trouble, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const NAMES = { first_name: "Jane", last_name: "Doe" };

const LISTS: Readonly<Record<string, Readonly<Record<string, readonly object[]>>>> = {
  rewardful: {
    "/affiliates": many(120, (i) => ({
      id: `aff_${i}`,
      ...NAMES,
      email: `jane${i}@x.example`,
      state: "active",
      visitors: 1,
      leads: 0,
      conversions: 0,
      confirmed_at: null,
      links: [
        {
          id: `lnk_${i}`,
          url: `https://www.a.example/?via=jane${i}`,
          token: `jane${i}`,
          visitors: 1,
          leads: 0,
          conversions: 0,
        },
      ],
    })),
    "/referrals": [
      {
        id: "ref_1",
        conversion_state: "conversion",
        stripe_customer_id: "cus_1",
        became_lead_at: "2025-01-01T00:00:00Z",
        created_at: "2025-01-01T00:00:00Z",
        link: { id: "lnk_1", token: "jane1" },
        affiliate: { id: "aff_1" },
        visits: 1,
      },
    ],
    "/commissions": [
      {
        id: "com_1",
        state: "paid",
        amount: 1,
        currency: "EUR",
        sale: {
          id: "s1",
          currency: "EUR",
          charged_at: "2025-01-02T00:00:00Z",
          sale_amount_cents: 1500,
          referral: { id: "ref_1", stripe_customer_id: "cus_1" },
        },
        affiliate: { id: "aff_1" },
      },
    ],
  },
  tapfiliate: {
    "/affiliates/": many(130, (i) => ({
      id: `tap${i}`,
      firstname: "Tap",
      lastname: `No ${i}`,
      email: `tap${i}@x.example`,
      created_at: "2024-01-01T00:00:00Z",
      referral_link: `https://www.a.example/?ref=tap${i}`,
      coupon: i === 0 ? "TAPZERO" : null,
      parent: i === 2 ? { id: "tap1" } : null,
      group: null,
    })),
    "/customers/": [
      {
        id: "cu_1",
        customer_id: "c-1",
        status: "paid",
        created_at: "2024-05-01T00:00:00Z",
        click: { created_at: "2024-04-30T00:00:00Z" },
        affiliate: { id: "tap1" },
      },
    ],
    "/conversions/": [
      {
        id: "1",
        external_id: "ord-1",
        amount: 12.345,
        program_id: "p",
        affiliate: { id: "tap1", firstname: "Tap", lastname: "No 1" },
        commissions: [{ id: "5", amount: 1, approved: true }],
        created_at: "2024-06-01T00:00:00Z",
      },
    ],
  },
  partnerstack: {
    "/partnerships": many(260, (i) => ({
      key: `part_${i}`,
      partner_key: `ps${i}`,
      email: `ps${i}@x.example`,
      ...NAMES,
      group: { slug: "default", name: "Default" },
      approved_status: "approved",
      created_at: 1700000000000,
    })),
    "/customers": [
      {
        key: "cus_1",
        customer_key: "acct-1",
        partner_key: "ps1",
        email: "c@x.example",
        name: "C",
        provider_key: null,
        created_at: 1700000000000,
      },
    ],
    "/transactions": [
      {
        key: "txn_1",
        amount: 5000,
        currency: "EUR",
        product_key: "pro",
        created_at: 1700000000001,
        customer: { key: "cus_1", customer_key: "acct-1" },
        partnership: { partner_key: "ps1" },
      },
    ],
  },
  impact: {
    "/Advertisers/IRsid/MediaPartners": many(3, (i) => ({
      Id: String(100 + i),
      Name: `Media ${i}`,
      State: "ACTIVE",
      PartnerType: "DIRECT",
      Website: "",
      Address: { Country: "US" },
      Contacts: [{ FirstName: "Al", LastName: "Bo", Email: `m${i}@x.example`, IsPrimary: true }],
    })),
    "/Advertisers/IRsid/PromoCodes": [
      {
        Id: 1,
        Code: "IMPACT10",
        Type: "LI",
        AssignedPartnerId: 100,
        AssignedPartnerName: "Media 0",
        State: "ACTIVE",
        StartDate: "2025-01-01T00:00:00Z",
        EndDate: null,
      },
    ],
    "/Advertisers/IRsid/Actions": [
      {
        Id: "1000.1.1",
        CampaignId: 1000,
        State: "APPROVED",
        Amount: "21.99",
        Payout: "1",
        Currency: "EUR",
        EventDate: "2025-02-01T00:00:00Z",
        Oid: "o-1",
        MediaPartnerId: "100",
        CustomerId: "cust-1",
      },
    ],
  },
  dub: {
    "/partners": many(101, (i) => ({
      id: `pn_${i}`,
      name: `Dub ${i}`,
      email: `dub${i}@x.example`,
      status: "approved",
      groupId: "g",
      programId: "p",
      totalCommissions: 0,
      createdAt: "2024-01-01T00:00:00Z",
    })),
    "/links": [
      {
        id: "link_1",
        domain: "refer.a.example",
        key: "steven",
        shortLink: "https://refer.a.example/steven",
        url: "https://a.example/pricing",
        partnerId: "pn_1",
        programId: "p",
        archived: false,
        clicks: 0,
      },
    ],
    "/customers": [
      {
        id: "cus_1",
        externalId: "u-1",
        name: "U",
        email: null,
        createdAt: "2024-02-01T00:00:00Z",
        link: { id: "link_1", shortLink: "https://refer.a.example/steven" },
        partner: { id: "pn_1", name: "Dub 1", email: "dub1@x.example" },
      },
    ],
  },
};

function answer(vendor: string, path: string, url: URL, res: ServerResponse): ServerResponse {
  const list = LISTS[vendor]?.[path];
  const json = (body: unknown, headers: Record<string, string> = {}): ServerResponse =>
    res.writeHead(200, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  if (list === undefined) return res.writeHead(404).end('{"error":"not found"}');
  const query = (name: string, otherwise: number): number => Number(url.searchParams.get(name) ?? otherwise);
  const page = (name: string, size: number): { number: number; rows: readonly object[]; last: boolean } => {
    const number = query(name, 1);
    return { number, rows: list.slice((number - 1) * size, number * size), last: number * size >= list.length };
  };
  if (vendor === "rewardful") {
    const { number, rows, last } = page("page", Math.min(100, query("limit", 25)));
    return json({
      pagination: { current_page: number, next_page: last ? null : number + 1, count: rows.length },
      data: rows,
    });
  }
  if (vendor === "tapfiliate") {
    const { number, rows, last } = page("page", Math.min(100, query("limit", 50)));
    return json(
      rows,
      last ? {} : { link: `<https://api.tapfiliate.com/1.6${path}?page=${number + 1}&limit=100>; rel="next"` },
    );
  }
  if (vendor === "impact") {
    const { number, rows, last } = page("Page", 2);
    const name = path.split("/").at(-1) === "MediaPartners" ? "Partners" : (path.split("/").at(-1) ?? "");
    return json({
      "@page": String(number),
      "@nextpageuri": last ? "" : `${path}?PageSize=1000&Page=${number + 1}`,
      [name]: rows,
    });
  }
  if (vendor === "dub") return json(page("page", Math.min(100, query("pageSize", 100))).rows);
  const after = url.searchParams.get("starting_after");
  const start = after === null ? 0 : list.findIndex((one) => (one as { key: string }).key === after) + 1;
  const limit = Math.min(250, query("limit", 10));
  return json({
    data: { items: list.slice(start, start + limit), has_more: start + limit < list.length },
    message: "ok",
  });
}
