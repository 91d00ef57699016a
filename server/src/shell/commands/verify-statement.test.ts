import assert from "node:assert/strict";
import { sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, type TestContext } from "node:test";
import { testKeyPair } from "../../../test/money/key-pair.ts";
import { hashContent, LinesOfMonth } from "../../statements/core/content.ts";
import { SIGNED_FORMAT, SignedLinesHash, signedText } from "../../statements/core/signed.ts";
import { verifyStatementCommand } from "./verify-statement.ts";

/** A statement of a month in which nothing happened, signed. */
function emptyStatement() {
  const pair = testKeyPair();
  const publicKey = Buffer.from(pair.publicKey).toString("base64url");
  const names = [
    "openingPayable",
    "accrued",
    "released",
    "clawedBack",
    "adjusted",
    "settled",
    "returned",
    "closingPayable",
  ];
  const held = ["openingHeld", "held", "releasedFromHold", "reversed", "closingHeld"];
  const figures = Object.fromEntries([...names, ...held].map((name) => [name, "0"])) as never;
  const linesHash = new LinesOfMonth().hash.hex();
  const statement = {
    statementId: "stm_1",
    partnerId: "prt_1",
    currency: "EUR",
    month: "2026-01",
    figures,
    components: [],
    lineCount: 0,
    linesHash,
  };
  const header = {
    format: SIGNED_FORMAT,
    algorithm: "Ed25519",
    keyId: "k",
    publicKey,
    issuer: "",
    issuedAt: "2026-02-05T09:00:00Z",
  } as const;
  const body = {
    header,
    partnerName: "Acme",
    closedAt: "2026-02-05T08:00:00Z",
    contentHash: hashContent(statement),
    statement,
    adjustments: [],
  };
  const proof = { linesHash: new SignedLinesHash().hex() };
  const signature = sign(null, Buffer.from(signedText(body, proof.linesHash)), pair.privateKey).toString("base64url");
  return { publicKey, file: { ...body, lines: [], proof: { ...proof, signature } } };
}

describe("tributary verify-statement", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "verify-statement-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function written(name: string, value: unknown): string {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(value));
    return path;
  }
  /** The command in this process: what it wrote and how it would end. */
  async function run(t: TestContext, ...args: readonly string[]) {
    const texts = { out: "", err: "" };
    const into = (name: "out" | "err") => (text: string) => {
      texts[name] += text;
      return true;
    };
    const outMock = t.mock.method(process.stdout, "write", into("out"));
    const errMock = t.mock.method(process.stderr, "write", into("err"));
    try {
      await verifyStatementCommand().parseAsync([...args], { from: "user" });
      return { ...texts, status: process.exitCode ?? 0 };
    } finally {
      process.exitCode = undefined;
      outMock.mock.restore();
      errMock.mock.restore();
    }
  }

  it("ends with 0 when everything holds, 1 when something does not, 2 when there is nothing to prove", async (t) => {
    const { file, publicKey } = emptyStatement();
    const keys = written("keys.json", { keys: [{ x: publicKey }] });
    const good = await run(t, written("good.json", file), "--key", keys, "--json");
    assert.equal(good.status, 0, good.err);
    assert.deepEqual([JSON.parse(good.out).holds, JSON.parse(good.out).trusted], [true, true]);
    const changed = await run(t, written("changed.json", { ...file, partnerName: "Mallory" }));
    assert.equal(changed.status, 1);
    assert.match(changed.out, /BROKEN {2}signature/);
    const other = await run(t, written("keys-too.json", { keys: [] }));
    assert.deepEqual([other.status, other.out], [2, ""]);
    assert.match(other.err, /is no signed statement/);
    // Whoever reads the first name sees Mallory, whoever reads the last one proves Acme.
    const twice = join(folder, "twice.json");
    writeFileSync(twice, JSON.stringify(file).replace('"partnerName"', '"partnerName":"Mallory","partnerName"'));
    const told = await run(t, twice);
    assert.equal(told.status, 2);
    assert.match(told.err, /says "partnerName" twice/);
    const nothing = await run(t, written("good.json", file), "--key", written("null.json", null));
    assert.equal(nothing.status, 2);
    assert.match(nothing.err, /is no public key and holds none/);
  });
});
