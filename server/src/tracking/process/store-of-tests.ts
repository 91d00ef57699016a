import { sql } from "kysely";
import { arrayLiteral, type Db, type Tx } from "../../database/index.ts";
import type { StoredTestLine, TestLine } from "./contracts.ts";

export interface LivingTestCustomer {
  readonly programId: string;
  readonly customerRef: string;
  readonly clickId: string;
}

/** How long after its last event with a test click a customer is a test's. */
const TEST_CUSTOMER_MS = 30 * 86_400_000;

export async function livingTestCustomers(db: Db, since: Date): Promise<LivingTestCustomer[]> {
  const { rows } = await sql<{ program_id: string; customer_ref: string; click_id: string }>`
    select program_id, customer_ref, click_id from tracking.test_customer where until > ${since}`.execute(db);
  return rows.map((row) => ({ programId: row.program_id, customerRef: row.customer_ref, clickId: row.click_id }));
}

/** Keeps the lines of a batch that were tests, and remembers their customers. */
export async function writeTests(tx: Tx, tests: readonly TestLine[], clickOwner: ClickOwner): Promise<void> {
  if (tests.length === 0) return;
  const owners = await clickOwner([...new Set(tests.flatMap((test) => test.clickId ?? []))]);
  for (const test of tests) {
    const owner = test.clickId === null ? undefined : owners.get(test.clickId);
    await sql`insert into tracking.test_line (lane, seq, line, program_id, source_id, door, partner_id, offer_id, link_id,
        click_id, customer_ref, reason, detail, sent, raw, received_at)
      values (${test.lane}, ${test.seq}, ${test.line}, ${test.programId}, ${test.sourceId}, ${test.door},
        ${owner?.partnerId ?? null}, ${owner?.offerId ?? null}, ${owner?.linkId ?? null}, ${test.clickId},
        ${test.customerRef}, ${test.reason}, ${test.detail}, ${JSON.stringify(test.sent)}::jsonb, ${test.raw},
        ${test.receivedAt})`.execute(tx);
    if (test.reason === "test_click" && test.clickId !== null && test.customerRef !== null) {
      await rememberCustomer(tx, { ...test, clickId: test.clickId, customerRef: test.customerRef });
    }
  }
}

export type ClickOwner = (
  clickIds: readonly string[],
) => Promise<ReadonlyMap<string, { readonly partnerId?: string; readonly offerId?: string; readonly linkId?: string }>>;

async function rememberCustomer(
  tx: Tx,
  test: {
    readonly programId: string;
    readonly customerRef: string;
    readonly clickId: string;
    readonly receivedAt: Date;
  },
): Promise<void> {
  const until = new Date(test.receivedAt.getTime() + TEST_CUSTOMER_MS);
  await sql`insert into tracking.test_customer (program_id, customer_ref, click_id, until)
    values (${test.programId}, ${test.customerRef}, ${test.clickId}, ${until})
    on conflict (program_id, customer_ref) do update set click_id = excluded.click_id, until = excluded.until`.execute(
    tx,
  );
}

/** What came in with a test click, or for a customer that came by it, the earliest first. */
export async function testLinesOf(db: Db, clickIds: readonly string[], limit: number): Promise<StoredTestLine[]> {
  if (clickIds.length === 0) return [];
  const { rows } = await sql<StoredTestLine>`
    select lane, seq, line, program_id as "programId", source_id as "sourceId", door, click_id as "clickId",
      customer_ref as "customerRef", reason, detail, sent, raw, received_at as "receivedAt"
    from tracking.test_line where click_id = any(${arrayLiteral(clickIds)}::text[])
    order by received_at, lane, seq, line limit ${limit}`.execute(db);
  return rows;
}
