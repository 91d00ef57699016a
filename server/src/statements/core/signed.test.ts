import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { describe, it } from "node:test";
import { hashContent, LinesOfMonth, type StatementContent } from "./content.ts";
import {
  parseSigned,
  SIGNED_FORMAT,
  SignedLinesHash,
  type SignedStatement,
  signedText,
  verifySigned,
  whyNotSigned,
} from "./signed.ts";

const pair = generateKeyPairSync("ed25519");
const PUBLIC = String(pair.publicKey.export({ format: "jwk" }).x);

/** January: 300.00 earned by two components and a correction of -5.00; 20.00 of it held; 100.00 came from before and was paid. */
function statement(): SignedStatement {
  const line = (component: string, number: number, difference: string) => ({
    key: `agv_1:${component}:c${number}:2026-01`,
    version: 1,
    programId: "prg_1",
    component,
    month: "2026-01",
    earnedOn: "2026-01-05",
    amount: difference,
    difference,
    workingHash: String(number).repeat(64),
  });
  const lines = [line("cpa", 1, "12000"), line("cpa", 2, "2000"), line("share", 3, "16000")];
  const counted = new LinesOfMonth();
  const hash = new SignedLinesHash();
  for (const one of lines) {
    counted.take({ ...one, lineKey: one.key, differenceMinor: BigInt(one.difference) });
    hash.take(one);
  }
  const content: StatementContent = {
    statementId: "stm_1",
    partnerId: "prt_1",
    currency: "EUR",
    month: "2026-01",
    figures: {
      openingPayable: "10000",
      accrued: "28000",
      released: "0",
      clawedBack: "0",
      adjusted: "-500",
      settled: "-10000",
      returned: "0",
      otherMovements: { reserve: "-1000" },
      closingPayable: "26500",
      openingHeld: "0",
      held: "2000",
      releasedFromHold: "0",
      reversed: "0",
      closingHeld: "2000",
    },
    components: counted.components(),
    lineCount: lines.length,
    linesHash: counted.hash.hex(),
  };
  const header = {
    format: SIGNED_FORMAT,
    algorithm: "Ed25519",
    keyId: "k1",
    publicKey: PUBLIC,
    issuer: "https://operator.example",
    issuedAt: "2026-02-05T09:00:00.000Z",
  } as const;
  const body = {
    header,
    partnerName: "Acme",
    closedAt: "2026-02-05T08:00:00.000Z",
    contentHash: hashContent(content),
    statement: content,
    adjustments: [
      { id: "adj_1", kind: "correction", amount: "-500", month: "2026-01", reason: "counted twice" },
      { id: "adj_2", kind: "reserve", amount: "1000", month: "2026-01", reason: "rolling reserve" },
    ],
  };
  const linesHash = hash.hex();
  return { ...body, lines, proof: { linesHash, signature: signature(signedText(body, linesHash)) } };
}

function signature(text: string): string {
  return sign(null, Buffer.from(text), pair.privateKey).toString("base64url");
}

type Loose = { [key: string]: Loose } & Loose[];

/** What does not hold after somebody changed the file. */
function broken(change: (file: Loose) => void, keys: readonly string[] = [PUBLIC]): readonly string[] {
  const file = structuredClone(statement()) as unknown as Loose;
  change(file);
  const signed = parseSigned(JSON.parse(JSON.stringify(file)));
  assert.ok(signed, "it still has the shape of a statement");
  return verifySigned(signed, keys)
    .filter((check) => !check.holds)
    .map((check) => check.name);
}

describe("a signed statement", () => {
  it("holds as it was signed, with the operator's key and without it", () => {
    assert.deepEqual(
      broken(() => undefined),
      [],
    );
    assert.deepEqual(
      broken(() => undefined, []),
      [],
    );
  });

  const set = (path: string, value: unknown) => (file: Loose) => {
    const parts = path.split(".");
    const last = parts.pop() ?? "";
    let place = file;
    for (const part of parts) place = place[part] as Loose;
    (place as Record<string, unknown>)[last] = value;
  };
  const table: readonly (readonly [what: string, path: string, value: unknown, broken: readonly string[]])[] = [
    ["the closing balance", "statement.figures.closingPayable", "36500", ["signature", "content", "balance"]],
    ["a payout left out", "statement.figures.settled", "0", ["signature", "content", "balance"]],
    ["a reserve left out", "statement.figures.otherMovements", {}, ["signature", "content", "balance"]],
    ["the held balance", "statement.figures.closingHeld", "1000", ["signature", "content", "balance"]],
    ["the partner's name", "partnerName", "Somebody Else", ["signature"]],
    ["the reason of an adjustment", "adjustments.0.reason", "goodwill", ["signature"]],
    ["the amount of an adjustment", "adjustments.0.amount", "500", ["signature", "adjustments"]],
    ["the amount of a line", "lines.1.difference", "3000", ["lines", "components"]],
    ["the day of a line", "lines.1.earnedOn", "2026-01-09", ["lines"]],
    ["the working of a line", "lines.0.workingHash", "f".repeat(64), ["lines"]],
    ["the component of a line", "lines.0.component", "share", ["lines", "components"]],
    ["the sum of a component", "statement.components.0.minor", "15000", ["signature", "content", "components"]],
    ["the number of the key", "header.keyId", "k2", ["signature"]],
    ["the signature", "proof.signature", "AAAA", ["signature"]],
    ["what stands beside", "amountDue", "999900", ["format"]],
    ["what stands in the header", "header.note", "paid", ["signature"]],
    ["what stands in the proof", "proof.note", "paid", ["format"]],
    ["the number of lines", "statement.lineCount", 4, ["signature", "lines", "content"]],
    ["the hash of the lines", "proof.linesHash", "0".repeat(64), ["signature", "lines"]],
  ];
  for (const [what, path, value, expected] of table)
    it(`tells that ${what} was changed`, () => assert.deepEqual(broken(set(path, value)), expected));

  it("tells that letters were put behind the signature", () =>
    assert.deepEqual(
      broken((file) => set("proof.signature", `${(file as unknown as SignedStatement).proof.signature} `)(file)),
      ["signature"],
    ));

  it("says which figure is missing", () => {
    const file = statement();
    const { accrued: _, ...figures } = file.statement.figures;
    const without = { ...file, statement: { ...file.statement, figures } };
    assert.equal(parseSigned(without), undefined);
    assert.match(whyNotSigned(without) ?? "", /^statement\.figures\.accrued: /);
  });

  it("tells that a line was taken out, or moved", () => {
    assert.deepEqual(
      broken((file) => file.lines?.pop()),
      ["lines", "components"],
    );
    assert.deepEqual(
      broken((file) => file.lines?.reverse()),
      ["lines"],
    );
  });

  it("is signed anew by somebody else: it holds by itself, not with the operator's key", () => {
    const other = generateKeyPairSync("ed25519");
    const x = String(other.publicKey.export({ format: "jwk" }).x);
    const resigned = (file: Loose) => {
      set("header.publicKey", x)(file);
      set("partnerName", "Mallory")(file);
      const text = signedText(file as unknown as SignedStatement, (file as unknown as SignedStatement).proof.linesHash);
      set("proof.signature", sign(null, Buffer.from(text), other.privateKey).toString("base64url"))(file);
    };
    assert.deepEqual(broken(resigned, []), []);
    assert.deepEqual(broken(resigned), ["key"]);
  });

  it("is not what it says to be", () => {
    assert.deepEqual(broken(set("header.format", "tributary-statement/9")), ["format"]);
    for (const value of [null, [], {}, { header: {} }, "statement"]) assert.equal(parseSigned(value), undefined);
  });
});
