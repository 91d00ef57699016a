import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, it } from "node:test";
import { sign } from "../../../server/src/tracking/events/signature.ts";
import { clickIdFrom, signedHeaders, TributaryClient, TributaryProblem } from "./index.ts";

interface Seen {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}
type Reply = { readonly status: number; readonly body: object; readonly headers?: Record<string, string> } | "hang up";

let server: Server | undefined;
afterEach(() => server?.close());

/** A server that replies as it is told, one call after the other. */
async function replying(replies: readonly Reply[]): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => {
      seen.push({ path: req.url ?? "", headers: req.headers, body: Buffer.concat(chunks).toString("utf8") });
      const reply = replies[Math.min(seen.length, replies.length) - 1];
      if (reply === undefined || reply === "hang up") return void req.socket.destroy();
      res.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
      res.end(JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, seen };
}

const taken = (count: number) => ({
  status: 200,
  body: { events: Array.from({ length: count }, (_, line) => ({ line, receipt: `rcp_${line}`, status: "received" })) },
});
const SALE = { type: "sale", externalId: "o-1", customerId: "c-1", amount: "49.90", currency: "EUR" } as const;

describe("the SDK for servers", () => {
  it("repeats a call that was lost on the way, under the same key", async () => {
    const { url, seen } = await replying(["hang up", { status: 503, body: {} }, taken(1)]);
    const client = new TributaryClient({ url, apiKey: "key", programId: "prg_1" });
    const answer = await client.send([SALE]);
    assert.deepEqual([answer.received, answer.rejected, seen.length], [1, 0, 3]);
    assert.equal(new Set(seen.map((one) => one.headers["idempotency-key"])).size, 1);
    assert.equal(seen[0]?.headers.authorization, "Bearer key");
    assert.deepEqual(JSON.parse(seen[2]?.body ?? ""), { programId: "prg_1", events: [SALE] });
  });

  it("sends ten thousand events in a call, and numbers the answers through", async () => {
    const { url, seen } = await replying([taken(10_000), taken(2)]);
    const client = new TributaryClient({ url, apiKey: "key", programId: "prg_1" });
    const events = Array.from({ length: 10_002 }, (_, index) => ({ ...SALE, externalId: `o-${index}` }));
    const answer = await client.send(events);
    assert.equal(answer.events.at(-1)?.line, 10_001);
    assert.deepEqual(
      seen.map((one) => JSON.parse(one.body).events.length),
      [10_000, 2],
    );
    assert.notEqual(seen[0]?.headers["idempotency-key"], seen[1]?.headers["idempotency-key"]);
  });

  it("says what was refused, and does not try that again", async () => {
    const refusal = { status: 403, body: { code: "forbidden", detail: "This key may not send events." } };
    const { url, seen } = await replying([refusal]);
    const client = new TributaryClient({ url, apiKey: "key", programId: "prg_1" });
    await assert.rejects(client.send([SALE]), (error) => {
      assert.ok(error instanceof TributaryProblem);
      assert.deepEqual([error.status, error.code, error.message], [403, "forbidden", "This key may not send events."]);
      return true;
    });
    assert.equal(seen.length, 1);
  });

  it("signs a postback as the door checks it", async () => {
    const { url, seen } = await replying([{ status: 200, body: { receipt: "rcp_1", status: "received" } }]);
    const client = new TributaryClient({ url, source: { token: "tok/en", secret: "s3cret" } });
    assert.equal((await client.postback(SALE)).receipt, "rcp_1");
    const [call] = seen;
    assert.equal(call?.path, "/p/tok%2Fen");
    const expected = sign(
      { method: "POST", path: "/p/tok%2Fen", query: "", body: Buffer.from(call?.body ?? "") },
      String(call?.headers["x-tributary-timestamp"]),
      "s3cret",
    );
    assert.equal(call?.headers["x-tributary-signature"], expected);
  });

  it("signs the query too", () => {
    const headers = signedHeaders(
      { method: "GET", url: "https://go.example/p/t?type=sale&amount=1" },
      "s",
      1_750_000_000_000,
    );
    const call = { method: "GET", path: "/p/t", query: "type=sale&amount=1", body: Buffer.alloc(0) };
    assert.equal(headers["x-tributary-signature"], sign(call, "1750000000", "s"));
  });

  it("finds the click id in the address or the cookie, and nothing that is none", () => {
    const id = "0105".padEnd(45, "a");
    const table: readonly (readonly [Parameters<typeof clickIdFrom>[0], string | null])[] = [
      [{ url: `/land?click_id=${id.toUpperCase()}&x=1` }, id],
      [{ url: "/land", cookie: `a=b; trb_shop=${id}; c=d` }, id],
      [{ url: `/land?click_id=${id}`, cookie: `trb_shop=${"b".repeat(45)}` }, id],
      [{ url: "/land?click_id={click_id}", cookie: `trb_shop=${id}` }, id],
      [{ url: "/land?click_id=<script>" }, null],
      [{ cookie: `trb_other=${id}` }, null],
      [{}, null],
    ];
    for (const [request, expected] of table) assert.equal(clickIdFrom(request, "shop"), expected);
  });
});
