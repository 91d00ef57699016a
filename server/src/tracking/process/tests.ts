import type { Tx } from "../../database/index.ts";
import type { StoredLine } from "../contracts.ts";
import { type ClickIds, isTestClick } from "../core/click-id.ts";
import { liveShadowsOf } from "../shadow/live.ts";
import type { ArrivedCall, TestLine } from "./contracts.ts";
import { type LivingTestCustomer, livingTestCustomers } from "./store-of-tests.ts";

/** Why a line was a test. A line that was refused carries the reason of the refusal instead. */
export const TEST_REASONS = {
  test_click: "The event carries the click ID of a test click.",
  test_call: "The call came from a source that is for tests, or was marked as one.",
  test_customer: "The customer came by a test click before.",
  shadow_source:
    "The source tells what another system made of it: it is compared with what is known here, and counts nothing.",
} as const;

export interface TestSurroundings {
  readonly clickIds: Pick<ClickIds, "read">;
  /** @returns those, by `program LF customer`, that are customers already: a test click takes none of them away */
  readonly isCustomer: (
    named: readonly { readonly programId: string; readonly customerRef: string }[],
  ) => Promise<ReadonlySet<string>>;
}

export interface TestSorter {
  /** The line as a test; `undefined` when it counts. */
  testOf(arrived: ArrivedCall, line: StoredLine): TestLine | undefined;
}

/**
 * Learns what the tests of a batch are told by: test sources, test clicks, and customers that came by a test click. A customer that was
 * known before stays one, and an event with a real click counts whoever sent it: a test can never make real events disappear.
 */
export async function openTestSorter(
  tx: Tx,
  calls: readonly ArrivedCall[],
  around: TestSurroundings,
): Promise<TestSorter> {
  const since = calls.reduce((first, { receivedAt }) => Math.min(first, receivedAt.getTime()), Number.MAX_SAFE_INTEGER);
  const living = calls.length === 0 ? [] : await livingTestCustomers(tx, new Date(since));
  const shadows = await liveShadowsOf(tx, [...new Set(calls.flatMap(({ call }) => call.sourceId ?? []))]);
  const customers = new Map(
    living.map((customer) => [keyOf(customer.programId, customer.customerRef), customer.clickId]),
  );
  for (const fresh of await freshCustomers(calls, customers, around)) {
    customers.set(keyOf(fresh.programId, fresh.customerRef), fresh.clickId);
  }
  return {
    testOf: (arrived, line) => {
      const shadowId = shadows.get(arrived.call.sourceId ?? "");
      return shadowId === undefined
        ? testOf(arrived, line, customers, around.clickIds)
        : shadowLine(arrived, line, shadowId);
    },
  };
}

/** What an incumbent tells: kept for its comparison, whatever it carries. */
function shadowLine(arrived: ArrivedCall, line: StoredLine, shadowId: string): TestLine {
  const refused = "refused" in line ? line.refused : undefined;
  return {
    ...placeOf(arrived, line),
    clickId: null,
    customerRef: "refused" in line ? null : line.customerRef,
    reason: refused?.code ?? "shadow_source",
    detail: refused?.detail ?? null,
    shadowId,
  };
}

function placeOf({ lane, seq, call, receivedAt }: ArrivedCall, line: StoredLine) {
  const { programId = "", sourceId = "", door, raw = null } = call;
  return { lane, seq, line: line.line, programId, sourceId, door, receivedAt, sent: line, raw };
}

function keyOf(programId: string, customerRef: string): string {
  return `${programId}\n${customerRef}`;
}

async function freshCustomers(
  calls: readonly ArrivedCall[],
  known: ReadonlyMap<string, string>,
  around: TestSurroundings,
): Promise<LivingTestCustomer[]> {
  const found = new Map<string, LivingTestCustomer>();
  for (const { call } of calls) {
    for (const event of call.events) {
      if ("refused" in event || event.clickId === undefined || !isTestClick(event.clickId)) continue;
      const named = { programId: call.programId ?? "", customerRef: event.customerRef, clickId: event.clickId };
      const key = keyOf(named.programId, named.customerRef);
      if (!known.has(key)) found.set(key, named);
    }
  }
  if (found.size === 0) return [];
  const customers = await around.isCustomer([...found.values()]);
  return [...found].flatMap(([key, named]) => (customers.has(key) ? [] : [named]));
}

function testOf(
  arrived: ArrivedCall,
  line: StoredLine,
  customers: ReadonlyMap<string, string>,
  clickIds: Pick<ClickIds, "read">,
): TestLine | undefined {
  const { call } = arrived;
  const { programId = "" } = call;
  const told = "refused" in line ? refusedTest(line.raw ?? call.raw, clickIds) : eventTest(line, programId, customers);
  if (told === undefined && call.test !== true) return undefined;
  const refused = "refused" in line ? line.refused : undefined;
  return {
    ...placeOf(arrived, line),
    clickId: told?.clickId ?? null,
    customerRef: "refused" in line ? null : line.customerRef,
    reason: refused?.code ?? told?.reason ?? "test_call",
    detail: refused?.detail ?? null,
  };
}

interface Told {
  readonly clickId: string;
  readonly reason: keyof typeof TEST_REASONS;
}

function eventTest(
  event: { readonly clickId?: string; readonly customerRef: string },
  programId: string,
  customers: ReadonlyMap<string, string>,
): Told | undefined {
  if (event.clickId !== undefined) {
    return isTestClick(event.clickId) ? { clickId: event.clickId, reason: "test_click" } : undefined;
  }
  const clickId = customers.get(keyOf(programId, event.customerRef));
  return clickId === undefined ? undefined : { clickId, reason: "test_customer" };
}

const CLICK_ID = /(?<![0-9a-z])[0-9a-hjkmnp-tv-z]{45}(?![0-9a-z])/gi;

/** A call that could not be understood is shown to the one who tests when an authentic test click stands in it somewhere. */
function refusedTest(raw: string | undefined, clickIds: Pick<ClickIds, "read">): Told | undefined {
  for (const [text] of raw?.matchAll(CLICK_ID) ?? []) {
    if (isTestClick(text) && clickIds.read(text) !== undefined) {
      return { clickId: text.toLowerCase(), reason: "test_click" };
    }
  }
  return undefined;
}
