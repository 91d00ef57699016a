import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parse } from "csv-parse/sync";
import { csvFile, csvLine, withoutFormula } from "./csv.ts";

const conformance = process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../shared/data");
const injections = join(conformance, "security/csv-injection.txt");
const naughty = join(conformance, "security/blns.json");

describe("CSV files", () => {
  it("quotes what has to be quoted and leaves the rest", () => {
    assert.equal(
      csvLine(["a", 'b"c', "d,e", "f\ng", null, 12, -3, 5n, true]),
      'a,"b""c","d,e","f\ng",,12,-3,5,true\r\n',
    );
  });

  it("disarms what a spreadsheet would run, and keeps numbers", () => {
    for (const text of ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1"]) {
      assert.equal(withoutFormula(text), `'${text}`);
    }
    for (const text of ["-5", "+12.50", "1=1", "a@b", "", "'=x"]) assert.equal(withoutFormula(text), text);
  });

  it("disarms every known attack", { skip: existsSync(injections) ? false : `${injections} is not here` }, () => {
    const attacks = readFileSync(injections, "utf8")
      .split(/\r?\n/)
      .filter((line) => line !== "");
    assert.ok(attacks.length > 5);
    for (const attack of attacks) {
      const [[read] = []] = parse(csvLine([attack, "x"])) as string[][];
      assert.match(read ?? "", /^(?:'[=+\-@\t\r]|[^=+\-@\t\r])/, attack);
    }
  });

  it("gives every naughty string back", { skip: existsSync(naughty) ? false : `${naughty} is not here` }, () => {
    const texts = (JSON.parse(readFileSync(naughty, "utf8")) as string[]).filter((text) => !text.includes("\r"));
    const read = parse(
      csvFile(
        ["text", "n"],
        texts.map((text) => [text, 1]),
      ),
      { bom: true },
    ) as string[][];
    assert.deepEqual(
      read.slice(1).map(([text]) => text),
      texts.map(withoutFormula),
    );
  });
});
