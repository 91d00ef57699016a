import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ShadowMapping } from "@tributary/contract";
import fc from "fast-check";
import { headerRowOf, suggestMapping } from "./columns.ts";
import { dateOrderOf, plainNumber, rowReader } from "./read-row.ts";

const PLAIN = { dates: "auto", decimals: "auto", minorUnits: false, types: {}, statuses: {} } as const;
const AROUND = { timeZone: "UTC", currency: "EUR", types: ["sale"], allTypes: ["sale", "registration"] };

function readOne(
  columns: ShadowMapping["columns"],
  cells: Record<string, string>,
  more: Partial<ShadowMapping> = {},
  around = AROUND,
) {
  return rowReader(Object.keys(cells), { ...PLAIN, columns, ...more }, around).read(Object.values(cells));
}

describe("times of an export", () => {
  const columns = { occurredAt: "d", orderId: "o" } as const;
  const timeOf = (text: string, more: Partial<ShadowMapping> = {}, timeZone = "UTC") => {
    const { row } = readOne(columns, { d: text, o: "A1" }, more, { ...AROUND, timeZone });
    return row === undefined ? undefined : new Date(row.at).toISOString();
  };
  const TABLE: readonly (readonly [string, Partial<ShadowMapping>, string, string | undefined])[] = [
    ["2026-03-10T12:00:00Z", {}, "Europe/Madrid", "2026-03-10T12:00:00.000Z"],
    ["2026-03-10 12:00:00", {}, "Europe/Madrid", "2026-03-10T11:00:00.000Z"],
    ["1773144000", {}, "Europe/Madrid", "2026-03-10T12:00:00.000Z"],
    ["3/4/2026 6:38 PM", {}, "UTC", "2026-03-04T18:38:00.000Z"],
    ["3/4/2026 12:05 AM", { dates: "day_first" }, "UTC", "2026-04-03T00:05:00.000Z"],
    ["04.03.2026 08:05", {}, "UTC", "2026-03-04T08:05:00.000Z"],
    ["7/9/21 06:38:00", {}, "UTC", "2021-07-09T06:38:00.000Z"],
    ["13/04/2026", { dates: "month_first" }, "UTC", undefined],
    ["yesterday", {}, "UTC", undefined],
  ];
  for (const [text, more, zone, expected] of TABLE)
    it(`${text} ${JSON.stringify(more)} in ${zone}`, () => assert.equal(timeOf(text, more, zone), expected));

  it("the file tells which of day and month comes first, when any of its dates can", () => {
    assert.equal(dateOrderOf(["03/04/2026", "13/04/2026"]), "day_first");
    assert.equal(dateOrderOf(["03/04/2026", "03/14/2026 10:00"]), "month_first");
    assert.equal(dateOrderOf(["03/04/2026", "2026-03-14"]), undefined);
  });

  it("a date and a clock in two columns", () => {
    const { row } = readOne(
      { occurredAt: "Date", time: "Time", orderId: "o" },
      { Date: "3/4/2026", Time: "18:38:05", o: "1" },
    );
    assert.equal(new Date(row?.at ?? 0).toISOString(), "2026-03-04T18:38:05.000Z");
  });
});

describe("amounts of an export", () => {
  const TABLE: readonly (readonly [string, ShadowMapping["decimals"], string | undefined])[] = [
    ["1,234.50", "auto", "1234.50"], ["1.234,50 €", "auto", "1234.50"], ["$12", "auto", "12"], ["12,5", "auto", "12.5"], ["1,234", "auto", "1234"],
    ["1.234", "comma", "1234"], ["(12.00)", "auto", "-12.00"], ["-3.10", "auto", "-3.10"], ["EUR 5.00", "auto", "5.00"], ["1,234,567.8", "auto", "1234567.8"],
    ["n/a", "auto", undefined], ["12.00.1,5,6", "auto", undefined],
  ]; // biome-ignore format: a table
  for (const [text, marks, expected] of TABLE)
    it(`${text} ${marks}`, () => assert.equal(plainNumber(text, marks), expected));

  it("minor units of a currency without decimals stay as they are", () => {
    const cells = { d: "2026-03-10", o: "1", a: "1500", c: "jpy" };
    const { row } = readOne({ occurredAt: "d", orderId: "o", amount: "a", currency: "c" }, cells, { minorUnits: true });
    assert.deepEqual([row?.minor, row?.currency], [1500n, "JPY"]);
  });
});

describe("rows of an export", () => {
  const columns = { occurredAt: "d", orderId: "o", status: "s", type: "t", amount: "a", currency: "c" } as const;
  const cells = { d: "2026-03-10", o: "A1", s: "Approved", t: "Purchase", a: "10", c: "" };
  const refused = (more: Partial<typeof cells>) => readOne(columns, { ...cells, ...more }).refusal;

  it("what they call otherwise goes with any type, what is not compared is left out", () => {
    assert.equal(readOne(columns, cells).row?.type, null);
    assert.equal(readOne(columns, cells, { types: { purchase: "sale" } }).row?.type, "sale");
    assert.equal(readOne(columns, { ...cells, t: "Registration" }).ignored, true);
  });
  it("statuses of every platform", () => {
    assert.equal(readOne(columns, { ...cells, s: "REVERSED" }).row?.status, "rejected");
    assert.equal(readOne(columns, { ...cells, s: "Under review" }).row?.status, "pending");
    assert.equal(readOne(columns, { ...cells, s: "weird" }, { statuses: { weird: "ignore" } }).ignored, true);
  });
  it("refusals name the field and the way out", () => {
    assert.equal(refused({ d: "" })?.field, "occurredAt");
    assert.equal(refused({ s: "sideways" })?.field, "status");
    assert.equal(refused({ a: "ten" })?.field, "amount");
    assert.equal(refused({ a: "9".repeat(30) })?.reason, "the amount is beyond what is accepted");
    assert.equal(refused({ c: "EURO" })?.field, "currency");
    assert.equal(refused({ o: "", a: "" })?.field, "row");
    assert.equal(readOne({ occurredAt: "d" }, { d: "2026-01-01", x: "1" }).refusal?.field, "row");
  });
  it("the apostrophe that guards against formulas is no part of the value", () => {
    assert.equal(readOne(columns, { ...cells, o: "'=A1" }).row?.orderId, "=A1");
  });
});

it("whatever stands in a row, it is read, left out or refused by field", () => {
  const names = ["d", "t", "o", "c", "p", "a", "y", "s", "k"];
  const columns = {
    occurredAt: "d",
    time: "t",
    orderId: "o",
    clickId: "c",
    partner: "p",
    amount: "a",
    currency: "y",
    status: "s",
    type: "k",
  } as const;
  const cell = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("2026-03-10", "13/04/26 6:38 PM", "1.234,50", "EUR", "paid", "=1+1", "'-3", "9".repeat(400)),
  );
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 11 }), fc.boolean(), (cells, minorUnits) => {
      const { row, refusal, ignored } = rowReader(names, { ...PLAIN, columns, minorUnits }, AROUND).read(cells);
      assert.equal([row, refusal, ignored].filter((one) => one !== undefined).length, 1);
      if (row !== undefined)
        assert.ok(Number.isFinite(row.at) && [row.orderId, row.clickId].every((id) => id?.includes("\0") !== true));
    }),
    { numRuns: 500 },
  );
});

describe("columns of an export", () => {
  it("a known format is found behind title lines", () => {
    const rows = [
      ["Action Listing"],
      [""],
      [
        "Action Id",
        "OID",
        "Action Date",
        "Action Tracker",
        "Partner",
        "Sale Amount",
        "Currency",
        "Status",
        "Customer ID",
      ],
    ];
    const header = rows[headerRowOf(rows)] ?? [];
    const found = suggestMapping(header, "impact");
    assert.equal(found.format, "impact Action Listing");
    assert.equal(found.mapping.columns.orderId, "OID");
    assert.equal(found.mapping.columns.clickId, undefined);
  });
  it("cents of a format that has them", () => {
    const header = [
      "eventId",
      "invoiceId",
      "clickId",
      "customerExternalId",
      "timestamp",
      "eventName",
      "partnerId",
      "saleAmount",
      "currency",
    ];
    assert.equal(suggestMapping(header, "dub").mapping.minorUnits, true);
  });
  it("other exports are guessed by the usual names, each column once", () => {
    const { mapping, by } = suggestMapping(
      ["Transaction ID", "Created", "Affiliate e-mail", "Order amount (EUR)", "State"],
      "other",
    );
    assert.equal(by, "names");
    assert.deepEqual(mapping.columns, {
      orderId: "Transaction ID",
      occurredAt: "Created",
      partner: "Affiliate e-mail",
      amount: "Order amount (EUR)",
      status: "State",
    });
  });
});
