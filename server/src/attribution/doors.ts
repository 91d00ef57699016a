import type { Db } from "../database/index.ts";
import { customersByIds } from "./store/customers.ts";
import { decisionsOf } from "./store/decisions.ts";

/** What other rooms need to know of one customer. */
export interface CustomerFacts {
  readonly customerId: bigint;
  readonly customerRef: string;
  readonly programId: string;
  readonly partnerId: string | null;
  readonly clickId: string | null;
  readonly linkId: string | null;
  readonly offerId: string | null;
  readonly decisionId: bigint | null;
  readonly boundAt: Date | null;
}

/** No actor, no permission: what a caller may see is decided where it is shown. */
export async function customerById(db: Db, customerId: bigint): Promise<CustomerFacts | undefined> {
  const [state] = await customersByIds(db, [customerId]);
  if (state === undefined) return undefined;
  const owner = state.owners.at(-1);
  const [decision] = await decisionsOf(db, customerId);
  return {
    customerId,
    customerRef: state.customerRef,
    programId: state.programId,
    partnerId: owner?.partnerId ?? null,
    clickId: owner?.clickId ?? null,
    linkId: owner?.linkId ?? null,
    offerId: owner?.offerId ?? null,
    decisionId: decision?.decisionId ?? null,
    boundAt: owner?.boundAt ?? null,
  };
}
