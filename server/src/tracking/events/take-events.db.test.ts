import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Refusal } from "../../kernel/refusal.ts";
import { parseReceiptId } from "../core/receipt-id.ts";
import { readCall } from "../core/stored.ts";
import { openTestEdge, PROGRAM_A, type TestEdge } from "../edge/test-edge.ts";
import { findEntry } from "../intake/reader.ts";
import { takeEvents } from "./take-events.ts";

let edge: TestEdge;
before(async () => {
  edge = await openTestEdge();
});
after(() => edge.close());
const parts = () => ({ log: edge.log, routes: edge.routes, clickIds: edge.clickIds, clock: edge.clock });
const origin = { door: "api", programId: PROGRAM_A, sourceId: "api" } as const;

test("ten thousand events are one durable entry, answered one by one", async () => {
  const events = Array.from({ length: 10_000 }, (_, i) => ({
    type: "deposit",
    customerId: `c${i % 100}`,
    externalId: `t${i}`,
    amount: i % 1000 === 7 ? "7,50" : "7.50",
  }));
  const answer = await takeEvents(parts(), origin, events);
  assert.equal(answer.received, 9990);
  assert.equal(answer.rejected, 10);
  assert.equal(answer.events[7]?.status, "rejected");
  assert.equal(answer.events[7]?.errors?.[0]?.hint, "write 7.50: the decimal mark is a point");
  const place = parseReceiptId(answer.events[9_999]?.receipt ?? "");
  assert.ok(place);
  const entry = await findEntry(edge.database.db, place.lane, place.seq);
  assert.ok(entry);
  const call = readCall(entry.body);
  assert.equal(call.events.length, 10_000);
  assert.equal(call.events[place.line ?? 0]?.line, 9_999);
  assert.ok("refused" in (call.events[7] ?? {}));
});

test("a closed program takes nothing, and the call can be looked up", async () => {
  edge.catalogue.programs = edge.catalogue.programs.map((p) =>
    p.programId === PROGRAM_A ? { ...p, status: "closed" as const } : p,
  );
  await edge.routes.refresh();
  await assert.rejects(takeEvents(parts(), origin, [{}]), (e) => e instanceof Refusal && e.code === "program_closed");
  assert.equal(readCall(await edge.lastBody()).refused?.code, "program_closed");
  await assert.rejects(
    takeEvents(parts(), { ...origin, programId: "prg_x" }, [{}]),
    (e) => e instanceof Refusal && e.code === "not_found",
  );
});
