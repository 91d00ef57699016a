import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { add, decimal, formatDecimal, subtract } from "../../kernel/decimal.ts";
import { type Currency, exponent, parseCurrency } from "../../kernel/money.ts";
import { Refusal } from "../../kernel/refusal.ts";
import { parseRates } from "./parse-rates.ts";
import { RateTable } from "./rates.ts";

const data = join(
  process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../../shared/data"),
  "fx-rates",
);
const skip = existsSync(data) ? false : `skipped: the folder ${data} with the public test data is not here`;
const read = (...path: string[]) => readFileSync(join(data, ...path), "utf8");

describe("euro reference rates", () => {
  it("reads both of the bank's layouts", () => {
    assert.deepEqual(parseRates("Date, USD, JPY, \n13 April 2026, 1.1684, 186.75, \n"), {
      rates: [
        { day: "2026-04-13", currency: "USD", rate: "1.1684" },
        { day: "2026-04-13", currency: "JPY", rate: "186.75" },
      ],
      problems: [],
    });
    assert.deepEqual(parseRates("Date,USD,ISK,\r\n2022-12-30,1.0666,N/A,\r\n").rates, [
      { day: "2022-12-30", currency: "USD", rate: "1.0666" },
    ]);
  });

  it("says what it cannot read, and where", () => {
    for (const [text, problem] of [
      ["", "line 1: this is no table"],
      ["Currency,Rate\nUSD,1.1", "line 1: this is no table"],
      ["Date,USD\n2022-02-30,1.0", "line 2: 2022-02-30 is no day"],
      ["Date,USD\n31 Avril 2022,1.0", "line 2: 31 Avril 2022 is no day"],
      ["Date,USD\n2022-02-28,0", "line 2: USD 0 is no rate"],
      ["Date,USD\n2022-02-28,1;0", "line 2: USD 1;0 is no rate"],
      ["Date,usd\n2022-02-28,1.0", "line 2: usd 1.0 is no rate"],
    ] as const)
      assert.match(parseRates(text).problems[0] ?? "", new RegExp(problem.replace(/[.]/g, "\\.")), text);
  });

  it("takes the last rate published on or before the day, but none that is older than ten days", () => {
    const table = new RateTable("ecb", [
      { day: "2026-01-02", currency: "USD", rate: "1.25" },
      { day: "2026-01-05", currency: "USD", rate: "1.6" },
    ]);
    const convert = (day: string) => table.convert(decimal("100"), "USD" as Currency, "EUR" as Currency, day);
    assert.deepEqual(
      [formatDecimal(convert("2026-01-04").value), convert("2026-01-04").published],
      ["80", "2026-01-02"],
    );
    assert.equal(formatDecimal(convert("2026-01-05").value), "62.5");
    assert.equal(convert("2026-01-15").published, "2026-01-05");
    for (const day of ["2026-01-01", "2026-01-16"]) assert.throws(() => convert(day), Refusal);
  });

  it("agrees with every conversion case computed from the bank's own file", { skip }, (t) => {
    const { rates, problems } = parseRates(read("ecb", "eurofxref-hist-to-2022.csv"));
    assert.deepEqual(problems, []);
    const table = new RateTable("ecb", rates);
    const cases = read("ecb", "conversion-cases.csv").trim().split(/\r?\n/).slice(1);
    let held = 0;
    for (const line of cases) {
      const [asked = "", used, from, to, amount = "", expected = "", status] = line.split(",");
      const convert = () => table.convert(decimal(amount), from as Currency, to as Currency, asked);
      if (status === "not quoted") {
        assert.throws(convert, Refusal, line);
      } else {
        const { value, published } = convert();
        assert.equal(published, used, line);
        // The cases round a half to the even digit, the program away from zero: the eighth decimal may differ by one there.
        const difference = subtract(value, decimal(expected));
        assert.ok(
          ["0", "0.00000001"].includes(formatDecimal(add(difference, decimal("0")))),
          `${line}: ${formatDecimal(value)}`,
        );
      }
      held += 1;
    }
    t.diagnostic(`${held} of ${cases.length} conversion cases held`);
    assert.ok(held > 100);
  });

  it("reads the one-day file", { skip }, () => {
    const { rates, problems } = parseRates(read("ecb", "eurofxref.csv"));
    assert.deepEqual(problems, []);
    assert.equal(rates.length, 29);
    assert.deepEqual(rates[0], { day: "2026-04-13", currency: "USD", rate: "1.1684" });
  });

  it("knows every currency of ISO 4217 list one with its minor units", { skip }, (t) => {
    const entries = read("iso4217", "iso-4217-list-one.xml").matchAll(
      /<Ccy>([A-Z]{3})<\/Ccy>\s*<CcyNbr>\d+<\/CcyNbr>\s*<CcyMnrUnts>([^<]+)<\/CcyMnrUnts>/g,
    );
    const wrong: string[] = [];
    let checked = 0;
    for (const [, code = "", units = ""] of entries) {
      const known = parseCurrency(code);
      checked += 1;
      if (units === "N.A.") {
        if (known !== undefined) wrong.push(`${code} is no money`);
      } else if (known === undefined || exponent(known) !== Number(units))
        wrong.push(`${code} has ${units}, not ${known === undefined ? "unknown" : exponent(known)}`);
    }
    t.diagnostic(`${checked} entries of the list checked`);
    assert.deepEqual([...new Set(wrong)], []);
  });
});

describe("rates between two currencies", () => {
  const [usd, gbp] = ["USD" as Currency, "GBP" as Currency];
  const march = [
    { day: "2026-03-02", from: "GBP", to: "USD", rate: "1.25" },
    { day: "2026-03-04", from: "GBP", to: "USD", rate: "1.75" },
  ];

  it("work both ways: one that is stated the other way round divides", () => {
    const table = new RateTable("stated", [], march);
    assert.equal(formatDecimal(table.convert(decimal("16000"), gbp, usd, "2026-03-03").value), "20000");
    const back = table.convert(decimal("20000"), usd, gbp, "2026-03-03");
    assert.deepEqual([formatDecimal(back.value), back.rate, back.published], ["16000", "0.8", "2026-03-02"]);
    assert.equal(formatDecimal(table.convertAtAverage(decimal("30"), usd, gbp, "2026-03-01").value), "20");
  });

  it("prefer the direction that is stated", () => {
    const table = new RateTable("stated", [], [...march, { day: "2026-03-02", from: "USD", to: "GBP", rate: "0.81" }]);
    assert.equal(formatDecimal(table.convert(decimal("100"), usd, gbp, "2026-03-03").value), "81");
  });

  it("are none before the first day that is stated", () => {
    const table = new RateTable("stated", [], march);
    assert.throws(() => table.convert(decimal("1"), usd, gbp, "2026-03-01"), Refusal);
  });
});
