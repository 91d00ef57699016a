import type { Db } from "../database/index.ts";
import { customersWithLines, partnersWithLines } from "./store/depending.ts";

/** Door: how much of what an import made has been paid for: customers and partners that commission lines speak of. */
export async function countWithLines(
  db: Db,
  subjects: { readonly customerIds: readonly bigint[]; readonly partnerIds: readonly string[] },
): Promise<{ readonly customers: number; readonly partners: number }> {
  return {
    customers: await customersWithLines(db, subjects.customerIds),
    partners: await partnersWithLines(db, subjects.partnerIds),
  };
}
