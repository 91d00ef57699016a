import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { lots, spread } from "../test-trade-cases.ts";
import { type ComponentInput, type Row, stepCodes } from "../test-trades.ts";
import { mediaWords } from "./media.ts";
import { tradingWords } from "./trading.ts";

const placeholders = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe("words of trading and media", () => {
  for (const [name, words] of Object.entries({ tradingWords, mediaWords })) {
    it(`${name}: both languages say the same sentences with the same values`, () => {
      assert.deepEqual(Object.keys(words.es), Object.keys(words.en));
      for (const [key, sentence] of Object.entries(words.en)) {
        const other = (words.es as Readonly<Record<string, string>>)[key] ?? "";
        assert.deepEqual(placeholders(other), placeholders(sentence), key);
      }
    });
  }

  it("has a sentence for whatever may leave a trade out, or cut it", () => {
    const asks = { minSeconds: 60, minPoints: "10", ownFunds: true } as const;
    const flags = [
      "partial_close",
      "multiple_close",
      "hedged",
      "stop_out_negative",
      "same_price",
      "pending",
      "bonus_funds",
      "close_by",
    ];
    const seen = (component: ComponentInput, rows: readonly Row[]) => stepCodes(component, rows);
    const enough = { lots: "1", seconds: "60", points: "10" };
    const codes = [
      ...seen(lots({ trades: asks }), [{ lots: "1" }, { ...enough, seconds: "1" }, { lots: "1", seconds: "60" }]),
      ...seen(lots({ trades: asks }), [{ ...enough, points: "1" }, enough, { ...enough, equity: "-1" }]),
      ...seen(
        lots({ trades: { exclude: flags } }),
        flags.map((flag) => ({ lots: "1", [flag]: "true" })),
      ),
      ...seen(lots({ sides: "close", currency: "trade_base" }), [
        { side: "open" },
        {},
        { side: "close", lots: "1" },
        { side: "close" },
      ]),
      ...seen(lots({ itemAtMost: "1", itemRounding: { places: 2, mode: "down" } }), [
        { lots: "2" },
        { lots: "1", close_by: "true" },
      ]),
      ...seen(spread({ mostPoints: "3" }), [{ spread: "1" }, {}, { spread: "4", spread_points: "4", symbol: "A" }]),
      ...seen(spread({ spread: { from: "prices", at: "open" } }), [{ lots: "1" }, { lots: "1", contract: "1" }]),
      ...seen({ code: "p", model: "pip_rebate", pips: "1" }, [{ lots: "1" }]),
      ...seen({ code: "p", model: "point_rebate", points: "1" }, [{ lots: "1" }, { lots: "1", tick: "1" }]),
      ...seen({ code: "n", model: "notional", rate: "1" }, [{ lots: "1" }]),
      ...seen({ code: "t", model: "theoretical", rate: "1", edge: "stated" }, [
        { turnover: "1" },
        { turnover: "1", edge: "0.1" },
      ]),
    ];
    const known: Readonly<Record<string, string>> = { ...tradingWords.en, ...mediaWords.en };
    assert.deepEqual(
      [...new Set(codes)].filter((code) => known[code] === undefined),
      [],
    );
    assert.ok(new Set(codes).size >= 25, `${new Set(codes).size}`);
  });
});
