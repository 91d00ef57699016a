import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { testKeyPair } from "../../../test/money/key-pair.ts";
import { hashContent, LinesOfMonth } from "../../statements/core/content.ts";
import { SIGNED_FORMAT, SignedLinesHash, signedText } from "../../statements/core/signed.ts";

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));

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
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [MAIN, "verify-statement", ...args], { encoding: "utf8" });

  it("ends with 0 when everything holds, 1 when something does not, 2 when there is nothing to prove", () => {
    const { file, publicKey } = emptyStatement();
    const keys = written("keys.json", { keys: [{ x: publicKey }] });
    const good = run(written("good.json", file), "--key", keys, "--json");
    assert.equal(good.status, 0, good.stderr);
    assert.deepEqual([JSON.parse(good.stdout).holds, JSON.parse(good.stdout).trusted], [true, true]);
    const changed = run(written("changed.json", { ...file, partnerName: "Mallory" }));
    assert.equal(changed.status, 1);
    assert.match(changed.stdout, /BROKEN {2}signature/);
    const other = run(written("keys-too.json", { keys: [] }));
    assert.deepEqual([other.status, other.stdout], [2, ""]);
    assert.match(other.stderr, /is no signed statement/);
  });
});
