import { type SelectQueryBuilder, sql } from "kysely";
import type { RecordReach } from "../../access/index.ts";
import { type Db, keysetPage, likeText, type Page, type PageRequest, type Schema } from "../../database/index.ts";
import { parsePublicNumber } from "../../kernel/ids.ts";
import { whereWithin } from "../../partners/index.ts";

export interface CustomerFilter {
  readonly programId?: readonly string[] | undefined;
  readonly partnerId?: readonly string[] | undefined;
  readonly status?: readonly ("attributed" | "unattributed" | "by_hand")[] | undefined;
  readonly country?: readonly string[] | undefined;
  readonly q?: string | undefined;
}

const ORDERS = {
  newest: { name: "newest", columns: ["customer_id"], direction: "desc" },
  oldest: { name: "oldest", columns: ["customer_id"], direction: "asc" },
} as const;

type Customers<O> = SelectQueryBuilder<Schema, "attribution.customer", O>;

/** One page of customers, narrowed to what the caller may see. */
export async function customerPage(
  db: Db,
  within: RecordReach,
  filter: CustomerFilter,
  sort: keyof typeof ORDERS,
  page: PageRequest,
): Promise<Page<{ readonly customer_id: bigint }>> {
  const all = db.selectFrom("attribution.customer").select("customer_id");
  const query = filtered(whereWithin(all, within, "partner_id", "program_id"), filter);
  return await keysetPage(query, ORDERS[sort], page);
}

function filtered<O>(given: Customers<O>, filter: CustomerFilter): Customers<O> {
  let query = given;
  if (filter.programId?.length) query = query.where("program_id", "in", filter.programId);
  if (filter.partnerId?.length) query = query.where("partner_id", "in", filter.partnerId);
  if (filter.country?.length) query = query.where("country", "in", filter.country);
  if (filter.status?.length) query = query.where(hasStatus(filter.status));
  return filter.q ? query.where(named(filter.q)) : query;
}

const STATUS = {
  attributed: sql`(partner_id is not null and not by_hand)`,
  unattributed: sql`(partner_id is null and not by_hand)`,
  by_hand: sql`by_hand`,
} as const;

function hasStatus(status: readonly (keyof typeof STATUS)[]) {
  return sql<boolean>`(${sql.join(
    status.map((one) => STATUS[one]),
    sql` or `,
  )})`;
}

/** The beginning of the operator's id, which the index on it can follow, or our own id. */
function named(q: string) {
  const number = parsePublicNumber("cus", q);
  if (number !== undefined) return sql<boolean>`customer_id = ${number}`;
  const beginning = `${likeText(q)}%`;
  return sql<boolean>`customer_ref like ${beginning}`;
}
