import type { ImportVendor } from "@tributary/contract";
import { isObject } from "../core/flatten.ts";
import type { ApiClient, PageAnswer } from "./client.ts";

function basic(user: string, password: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
}

function listAt(body: unknown, ...keys: readonly string[]): readonly unknown[] {
  if (Array.isArray(body)) return body;
  if (!isObject(body)) return [];
  for (const key of keys) {
    const inner = body[key];
    if (Array.isArray(inner)) return inner;
    if (isObject(inner)) {
      const items = listAt(inner, "items", "data");
      if (items.length > 0) return items;
    }
  }
  return [];
}

function nextByCount(size: number): (answer: PageAnswer) => string | undefined {
  return ({ records, cursor }) => (records.length < size ? undefined : String(Number(cursor ?? "1") + 1));
}

/** developers.rewardful.com: secret as the user of Basic, `page` and `limit` (100 at most), 45 requests in 30 seconds. */
const rewardful: ApiClient = {
  base: "https://api.getrewardful.com/v1",
  pauseMs: 700,
  lists: [
    { table: "affiliates", path: "/affiliates", query: { "expand[]": "links" } },
    { table: "coupons", path: "/affiliate_coupons", optional: true },
    { table: "referrals", path: "/referrals", query: { "conversion_state[]": "conversion", "expand[]": "affiliate" } },
    { table: "commissions", path: "/commissions", query: { "expand[]": "sale" } },
  ],
  headers: ({ key }) => basic(key, ""),
  page: (cursor) => ({ page: cursor ?? "1", limit: "100" }),
  records: (body) => listAt(body, "data"),
  next: ({ body }) => {
    const page = isObject(body) && isObject(body.pagination) ? body.pagination.next_page : undefined;
    return page === null || page === undefined ? undefined : String(page);
  },
};

/** tapfiliate.com/docs/rest: `X-Api-Key`, `page` and `limit` (100 at most), the next page in `Link: <…>; rel="next"`. */
const tapfiliate: ApiClient = {
  base: "https://api.tapfiliate.com/1.6",
  pauseMs: 250,
  lists: [
    { table: "affiliates", path: "/affiliates/" },
    { table: "customers", path: "/customers/", optional: true },
    { table: "conversions", path: "/conversions/" },
  ],
  headers: ({ key }) => ({ "x-api-key": key }),
  page: (cursor) => ({ page: cursor ?? "1", limit: "100" }),
  records: (body) => listAt(body, "data"),
  next: ({ headers }) => {
    const next = /<([^>]+)>;\s*rel="?next"?/.exec(headers.get("link") ?? "")?.[1];
    return next === undefined
      ? undefined
      : (new URL(next, "https://api.tapfiliate.com").searchParams.get("page") ?? undefined);
  },
};

/** docs.partnerstack.com: Basic of public and secret key or a bearer token, `limit` (250 at most), `starting_after` the last key. */
const partnerstack: ApiClient = {
  base: "https://api.partnerstack.com/api/v2",
  pauseMs: 200,
  lists: [
    { table: "partnerships", path: "/partnerships" },
    { table: "customers", path: "/customers" },
    { table: "transactions", path: "/transactions" },
  ],
  headers: ({ account, key }) => (account === "" ? { authorization: `Bearer ${key}` } : basic(account, key)),
  page: (cursor) => ({ limit: "250", ...(cursor === undefined ? {} : { starting_after: cursor }) }),
  records: (body) => listAt(body, "data", "items"),
  next: ({ body, records }) => {
    const page = isObject(body) && isObject(body.data) ? body.data : body;
    const more = isObject(page) && (page.has_more === true || page.has_more === "true");
    const last = records.at(-1);
    return more && isObject(last) && last.key !== undefined ? String(last.key) : undefined;
  },
};

/** integrations.impact.com: Basic of account SID and token, `Page` and `PageSize`, the next page in `@nextpageuri`, 1,000 requests an hour. */
const impact: ApiClient = {
  base: "https://api.impact.com",
  pauseMs: 3600,
  lists: [
    { table: "MediaPartners", path: "/Advertisers/{AccountSID}/MediaPartners" },
    { table: "PromoCodes", path: "/Advertisers/{AccountSID}/PromoCodes", optional: true },
    { table: "Actions", path: "/Advertisers/{AccountSID}/Actions" },
  ],
  headers: ({ account, key }) => basic(account, key),
  pathOf: (list, { account }) => list.path.replace("{AccountSID}", encodeURIComponent(account)),
  page: (cursor) => ({ Page: cursor ?? "1", PageSize: "1000" }),
  records: (body) => listAt(body, "Partners", "MediaPartners", "PromoCodes", "Actions"),
  next: ({ body }) => {
    const next = isObject(body) ? body["@nextpageuri"] : undefined;
    if (typeof next !== "string" || next === "") return undefined;
    return new URL(next, "https://api.impact.com").searchParams.get("Page") ?? undefined;
  },
};

/** dub.co/docs/api-reference: bearer, `page` and `pageSize` (100 at most), 60 requests a minute and more, `Retry-After` on 429. */
const dub: ApiClient = {
  base: "https://api.dub.co",
  pauseMs: 1000,
  lists: [
    { table: "partners", path: "/partners" },
    { table: "links", path: "/links" },
    { table: "customers", path: "/customers", query: { includeExpandedFields: "true" } },
    { table: "commissions", path: "/commissions", optional: true },
  ],
  headers: ({ key }) => ({ authorization: `Bearer ${key}` }),
  page: (cursor) => ({ page: cursor ?? "1", pageSize: "100" }),
  records: (body) => listAt(body, "result", "data"),
  next: nextByCount(100),
};

/** Platforms whose API is read; the others come by export. */
export const CLIENTS: Partial<Readonly<Record<ImportVendor, ApiClient>>> = {
  rewardful,
  tapfiliate,
  partnerstack,
  impact,
  dub,
};
