import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "tributary-statement-"));
after(() => rmSync(folder, { recursive: true }));

function parsed(text: string, ...words: string[]) {
  const main = join(import.meta.dirname, "../../main.ts");
  const done = spawnSync(process.execPath, [main, "parse-statement", "-", ...words], { input: text });
  return { code: done.status, out: String(done.stdout), error: String(done.stderr) };
}

const STATEMENT = `:20:S
:25:37040044/0532013000
:28C:1/1
:60F:C260301EUR10,00
:61:2603020302D2,50NTRFNONREF
:86:177?00UEBERWEISUNG?20EREF+E1?32A and B
:62F:C260302EUR7,50
-
`;

describe("tributary parse-statement", () => {
  it("prints account, balances, entries and checks, and ends with 0 when they add up", () => {
    const { code, out, error } = parsed(STATEMENT);
    assert.equal(code, 0, error);
    assert.match(
      out,
      /37040044\/0532013000, EUR\n {2}2026-03-01 to 2026-03-02, number 1\n {2}opening 10\.00 EUR on 2026-03-01/,
    );
    assert.match(out, /2026-03-02 {2}-2\.50 EUR {2}A and B · E1/);
    assert.match(out, /It adds up\.\n$/);
  });

  it("ends with 3 when they do not, with the difference, and tells it as JSON", () => {
    const { code, out } = parsed(STATEMENT.replace("7,50", "7,51"), "--json");
    assert.equal(code, 3);
    const { balanced, statements } = JSON.parse(out) as {
      balanced: boolean;
      statements: { checks: { sentence: string; difference: string }[] }[];
    };
    assert.equal(balanced, false);
    assert.equal(statements[0]?.checks[0]?.difference, "-0.01");
    assert.match(statements[0]?.checks[0]?.sentence ?? "", /7\.50 EUR, but the file says 7\.51 EUR/);
  });

  it("refuses what is no statement with one sentence, and ends with 1", () => {
    const { code, out, error } = parsed("%PDF-1.7", "--json");
    assert.equal(code, 1);
    assert.equal(error, "The file is a PDF: ask the bank for camt, MT940 or CSV.\n");
    assert.equal((JSON.parse(out) as { reason: string }).reason, "not_a_statement");
  });

  it("reads a table by a mapping", () => {
    const table = "when;what;much\n01/02/2026;A;1,50\n";
    const mapping = join(folder, "mapping.json");
    const columns = { bookingDate: "when", amount: "much", description: "what" };
    writeFileSync(mapping, JSON.stringify({ columns, dateOrder: "mdy", decimal: ",", currency: "EUR" }));
    const read = parsed(table, "--mapping", mapping);
    assert.equal(read.code, 0, read.error);
    assert.match(read.out, /2026-01-02 {2}1\.50 EUR {2}A/);
  });
});
