import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { ImportVendor } from "@tributary/contract";
import { parse as parseYaml } from "yaml";
import { flattenRecord, recordsIn } from "../flatten.ts";
import { mapRow } from "../map-row.ts";
import { proposeMapping, recognise } from "../recognise.ts";

/** What the tables of a document are, and what their rows become. */
function understood(document: unknown, name = "list"): { readonly is: string[]; readonly makes: string[] } {
  const tables = new Map<string, Record<string, string>[]>();
  const put = (table: string, row: Record<string, string>): void =>
    void tables.set(table, [...(tables.get(table) ?? []), row]);
  for (const list of recordsIn(document, name)) {
    for (const record of list.records) {
      const { cells, children } = flattenRecord(record);
      put(list.name, cells);
      for (const child of children) for (const row of child.rows) put(`${list.name}: ${child.name}`, row);
    }
  }
  const is: string[] = [];
  const makes: string[] = [];
  for (const [table, rows] of tables) {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const [best] = recognise(columns);
    is.push(best === undefined ? `${table}: nothing` : `${best.vendor} ${best.shape}`);
    if (best === undefined) continue;
    const mapping = proposeMapping(table, columns, best);
    for (const row of rows) {
      for (const draft of mapRow(row, { table: mapping, mapping: { tables: [] }, currency: "USD" })) {
        const content = Object.entries(draft.content).map(([field, value]) => `${field}=${value}`);
        makes.push(
          `${draft.kind}: ${content.join(" ")}${draft.problem === null ? "" : ` ! ${draft.problem.field} ${draft.problem.code}`}`,
        );
      }
    }
  }
  return { is, makes };
}

/** One answer of each list as its platform describes it, and what becomes of it. */
const ANSWERS: readonly (readonly [string, unknown, string[], string[]])[] = [
  [
    "Everflow: conversions of the reporting API",
    {
      conversions: [
        {
          conversion_id: "c1",
          conversion_unix_timestamp: "1704067200",
          transaction_id: "t".repeat(32),
          status: "approved",
          payout: "5",
          revenue: "20",
          sale_amount: "99.95",
          currency_id: "USD",
          order_id: "A-1",
          coupon_code: "",
          event: "Base",
          is_event: "false",
          sub1: "",
          adv1: "player-7",
          relationship: {
            affiliate: { network_affiliate_id: "12", name: "News Ltd" },
            offer: { network_offer_id: "3" },
          },
        },
      ],
    },
    ["everflow conversions"],
    [
      "partner: externalId=12 name=News Ltd",
      "conversion: externalId=A-1 type=sale customer=tttttttttttttttttttttttttttttttt occurredAt=1704067200 currency=USD partner=12 status=counts amount=99.95",
    ],
  ],
  [
    "TUNE: affiliates are an object by id",
    {
      response: {
        status: 1,
        data: {
          "1002": {
            Affiliate: {
              id: "1002",
              company: "Big Media",
              status: "active",
              country: "US",
              date_added: "2020-01-01 10:00:00",
              referral_id: "1001",
            },
          },
        },
      },
    },
    ["tune Affiliate"],
    ["partner: externalId=1002 name=Big Media company=Big Media country=US status=active parent=1001"],
  ],
  [
    "TUNE: conversions of a report",
    {
      response: {
        data: {
          data: [
            {
              Stat: {
                id: "9",
                affiliate_id: "1002",
                offer_id: "4",
                datetime: "2024-02-03 04:05:06",
                sale_amount: "10.00",
                payout: "1",
                conversion_status: "rejected",
                advertiser_info: "ord-1",
                currency: "USD",
              },
            },
          ],
        },
      },
    },
    ["tune conversions"],
    [
      "partner: externalId=1002",
      "conversion: externalId=ord-1 type=sale customer=ord-1 occurredAt=2024-02-03 04:05:06 currency=USD partner=1002 status=void amount=10.00",
    ],
  ],
  [
    "Dub: partners with their links",
    [
      {
        id: "pn_1",
        name: "Steven",
        email: "s@dub.example",
        status: "approved",
        country: "US",
        companyName: null,
        programId: "prog_1",
        groupId: "grp_1",
        totalCommissions: "0",
        createdAt: "2024-01-01T00:00:00Z",
        links: [
          {
            id: "link_1",
            domain: "refer.dub.co",
            key: "steven",
            shortLink: "https://refer.dub.co/steven",
            url: "https://dub.co",
            clicks: "1",
            leads: "0",
            sales: "0",
            saleAmount: "0",
          },
        ],
      },
    ],
    ["dub partners", "dub links"],
    [
      "partner: externalId=pn_1 name=Steven email=s@dub.example country=US status=active",
      "link: externalId=link_1 partner=pn_1 address=https://refer.dub.co/steven destination=https://dub.co name=steven",
    ],
  ],
  [
    "Dub: commissions count in cents",
    [
      {
        id: "cm_1",
        type: "sale",
        amount: "1999",
        earnings: "400",
        currency: "usd",
        status: "paid",
        invoiceId: "in_1",
        quantity: "1",
        createdAt: "2024-03-01T10:00:00Z",
        partner: { id: "pn_1", name: "Steven", email: "s@dub.example" },
        customer: { id: "cus_x", externalId: "u-1", createdAt: "2024-02-01T00:00:00Z" },
      },
      {
        id: "cm_2",
        type: "click",
        amount: "0",
        earnings: "1",
        currency: "usd",
        status: "paid",
        createdAt: "2024-03-01T10:00:00Z",
        partner: { id: "pn_1" },
      },
    ],
    ["dub commissions"],
    [
      "partner: externalId=pn_1 name=Steven email=s@dub.example",
      "customer: ref=u-1 partner=pn_1 since=2024-02-01T00:00:00Z",
      "conversion: externalId=in_1 type=sale customer=u-1 occurredAt=2024-03-01T10:00:00Z currency=USD partner=pn_1 status=counts amount=19.99",
      "partner: externalId=pn_1",
    ],
  ],
  [
    "PartnerStack: partnerships and transactions",
    {
      data: {
        items: [
          {
            key: "txn_1",
            amount: "5000",
            currency: "USD",
            category_key: null,
            product_key: "pro",
            created_at: "1700000000000",
            customer: { key: "cus_1", customer_key: "acct-9" },
            partnership: { partner_key: "janedoe", email: "jane@x.example" },
          },
        ],
      },
    },
    ["partnerstack transactions"],
    [
      "partner: externalId=janedoe email=jane@x.example",
      "conversion: externalId=txn_1 type=sale customer=acct-9 occurredAt=1700000000000 currency=USD partner=janedoe amount=50.00",
    ],
  ],
];

for (const [title, document, is, makes] of ANSWERS) {
  test(title, () => {
    const found = understood(document);
    assert.deepEqual(found.is, is);
    assert.deepEqual(found.makes, makes);
  });
}

const data = process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../../../../shared/data");
const skip = existsSync(join(data, "partner-data")) ? false : `the data of ${data} are not here`;

/** An object out of the examples that stand beside the fields of a schema. */
function exampleOf(schema: {
  type?: string;
  example?: unknown;
  enum?: string[];
  properties?: Record<string, object>;
  items?: object;
}): unknown {
  if (schema.example !== undefined) return schema.example;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.properties !== undefined)
    return Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, exampleOf(one)]));
  return schema.type === "array" ? [exampleOf(schema.items ?? {})] : "";
}

function impactExample(file: string, name: string): Record<string, unknown> {
  const document = parseYaml(readFileSync(join(data, "partner-data/openapi/impact", file), "utf8"));
  return exampleOf(document.components.schemas[name]) as Record<string, unknown>;
}

test("impact: the examples of its own description", { skip }, () => {
  const partner = {
    ...impactExample("impact-brand-partners-v14.yaml", "Partner"),
    Contacts: [{ FirstName: "Wile", LastName: "Coyote", Email: "wile@acme.example", IsPrimary: true }],
  };
  const code = impactExample("impact-brand-promocodes-v14.yaml", "PromoCode");
  const action = {
    ...impactExample("impact-partner-actions-v16.yaml", "Action"),
    State: "APPROVED",
    MediaPartnerId: "2552842",
    CustomerId: "C-1",
  };
  const partners = understood({ "@page": "1", Partners: [partner] });
  assert.ok(
    partners.is.includes("impact MediaPartners") && partners.is.includes("impact Contacts"),
    partners.is.join(", "),
  );
  const [first] = partners.makes;
  assert.match(
    first ?? "",
    /^partner: externalId=2552842 name=Wile E\. Coyote Facebook phone=8051234567 website=\S+ country=US status=active/,
  );
  assert.ok(
    partners.makes.includes(
      "partner: externalId=2552842 name=Wile E. Coyote Facebook email=wile@acme.example contact=Wile Coyote",
    ),
  );
  assert.deepEqual(understood({ PromoCodes: [code] }).makes, [
    "partner: externalId=2552842 name=Wile E. Coyote Facebook",
    "code: code=SUMMER25 partner=2552842 validFrom=2026-06-01T00:00:00-07:00 validTo=2026-08-31T23:59:59-07:00",
  ]);
  assert.deepEqual(understood({ Actions: [action] }).makes, [
    "partner: externalId=2552842",
    "conversion: externalId=9217374917472 type=sale customer=C-1 occurredAt=2024-09-10T10:42:38-07:00 currency=USD partner=2552842 code=SUMMERSALE2024 status=counts amount=21.99",
  ]);
});

test("Tapfiliate and PartnerStack: the examples of their own descriptions are told by their fields", { skip }, () => {
  const examples = (vendor: ImportVendor): { operation: string; where: string; example: unknown }[] =>
    JSON.parse(readFileSync(join(data, `partner-data/api-examples/${vendor}.json`), "utf8"));
  const answers = (vendor: ImportVendor, operation: string): unknown[] =>
    examples(vendor)
      .filter((one) => one.operation === operation && one.where.startsWith("response"))
      .map((one) => one.example);
  const cases = [
    ["tapfiliate", "Affiliate retrieved", "tapfiliate affiliates"],
    ["tapfiliate", "Conversion retrieved", "tapfiliate conversions"],
    ["partnerstack", "Customer created", "partnerstack customers"],
  ] as const;
  for (const [vendor, operation, is] of cases) {
    const [answer] = answers(vendor, operation);
    assert.ok(answer, operation);
    assert.ok(understood([answer]).is.includes(is), `${operation}: ${understood([answer]).is.join(", ")}`);
  }
});
