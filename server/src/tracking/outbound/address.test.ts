import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "csv-parse/sync";
import { addressPolicy, addressProblem, checkedLookup, type Resolve, urlProblem } from "./address.ts";
import { callPartner } from "./call.ts";

const corpus = join(
  process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../../shared/data"),
  "security/ssrf-urls.csv",
);

interface Row {
  readonly url: string;
  readonly class: string;
}

/** Answers as the corpus says these public names answer: with an address inside. */
const leadsInside: Resolve = async () => ["169.254.169.254"];

async function outcome(url: string, resolve: Resolve): Promise<string | null> {
  const call = { method: "GET", url, body: null, headers: {} } as const;
  return (await callPartner(call, { policy: { allowLoopbackFor: new Set(), resolve }, timeoutMs: 2000 })).error;
}

test("every address of the SSRF corpus is refused before a connection", {
  skip: !existsSync(corpus) && "no corpus folder",
}, async () => {
  const rows: Row[] = parse(readFileSync(corpus), { columns: true, relax_quotes: true });
  assert.ok(rows.length > 90);
  for (const row of rows) {
    const error = await outcome(row.url, leadsInside);
    assert.match(error ?? "called", /^address refused: /, `${row.url} (${row.class})`);
  }
});

const ADDRESSES = [
  ["8.8.8.8", true],
  ["2606:4700:4700::1111", true],
  ["127.0.0.1", false],
  ["10.1.2.3", false],
  ["172.16.0.1", false],
  ["192.168.0.1", false],
  ["100.64.0.1", false],
  ["100.100.100.200", false],
  ["169.254.169.254", false],
  ["192.0.0.192", false],
  ["0.0.0.0", false],
  ["224.0.0.1", false],
  ["255.255.255.255", false],
  ["240.0.0.1", false],
  ["::", false],
  ["::1", false],
  ["fe80::1", false],
  ["fd00:ec2::254", false],
  ["ff02::1", false],
  ["::ffff:8.8.8.8", false],
  ["::ffff:127.0.0.1", false],
  ["64:ff9b::7f00:1", false],
  ["2002:7f00:1::", false],
  ["2001:0:1::1", false],
  ["not an address", false],
] as const;

test("only plain public addresses pass", () => {
  for (const [address, passes] of ADDRESSES) assert.equal(addressProblem(address) === undefined, passes, address);
});

const URLS = [
  ["https://track.example.com/pb?x={sub1}", true],
  ["http://track.example.com:8080/pb", true],
  ["ftp://track.example.com/pb", false],
  ["javascript:alert(1)", false],
  ["https://user:secret@track.example.com/", false],
  ["https://user@track.example.com/", false],
  ["https://intranet/pb", false],
  ["https://db.internal/pb", false],
  ["https://localhost./pb", false],
  ["https://x.localhost/pb", false],
  ["https://[::1]/pb", false],
  ["https://2130706433/pb", false],
  ["", false],
] as const;

test("scheme, userinfo and names of the inside are seen without the network", () => {
  for (const [url, passes] of URLS) assert.equal(urlProblem(url) === undefined, passes, url);
});

test("one inside address among public ones is enough to refuse", async () => {
  const resolve: Resolve = async () => ["93.184.216.34", "10.0.0.1"];
  const policy = { allowLoopbackFor: new Set<string>(), resolve };
  const error = await new Promise((done) => checkedLookup(policy)("two.example.com", { all: true }, done));
  assert.match(String(error), /two\.example\.com leads inside: 10\.0\.0\.1/);
});

test("the address that was checked is the address that is connected to: the name is resolved once", async () => {
  let asked = 0;
  const resolve: Resolve = async () => {
    asked += 1;
    return asked === 1 ? ["93.184.216.34"] : ["127.0.0.1"];
  };
  const policy = { allowLoopbackFor: new Set<string>(), resolve };
  const found = await new Promise((done) =>
    checkedLookup(policy)("rebind.example.com", { all: true }, (_error, addresses) => done(addresses)),
  );
  assert.deepEqual(found, [{ address: "93.184.216.34", family: 4 }]);
  assert.equal(asked, 1);
});

test("the switch for tests opens loopback for named hosts only, and nothing but loopback", () => {
  const policy = addressPolicy(["receiver.test", "127.0.0.1"]);
  assert.equal(urlProblem("http://127.0.0.1:8080/pb", policy), undefined);
  assert.notEqual(urlProblem("http://127.0.0.2:8080/pb", policy), undefined);
  assert.notEqual(urlProblem("http://10.0.0.1/pb", addressPolicy(["10.0.0.1"])), undefined);
  assert.notEqual(urlProblem("http://localhost/pb", policy), undefined);
});
