import { z } from "zod";
import { type CustomerState, customersByIds } from "../attribution/index.ts";
import { type BookedLine, bookedLines, releasedLines } from "../commissions/index.ts";
import { type Context, type Jobs, type TxContext, transact } from "../database/index.ts";
import { type AccruedCommission, type CommissionState, queueCommissionDeliveries } from "../tracking/index.ts";

const Booked = z.object({ firstLineId: z.coerce.bigint(), lastLineId: z.coerce.bigint() });
const Released = z.object({ lines: z.array(z.tuple([z.string(), z.number(), z.string()])) });

/** When commissions are booked, the partners that asked for it are told: tracking stands below commissions, so the shell carries the news. */
export function commissionPostbacks(ctx: Context): Jobs {
  return {
    tasks: {
      "commissions.booked": async (payload) => {
        const { firstLineId, lastLineId } = Booked.parse(payload);
        await transact(ctx, async (tx) => tell(tx, await bookedLines(tx.db, firstLineId, lastLineId), bookedState));
      },
      "commissions.released": async (payload) => {
        const { lines } = Released.parse(payload);
        await transact(ctx, async (tx) => tell(tx, await releasedLines(tx.db, lines), () => "released"));
      },
    },
  };
}

function bookedState(line: BookedLine): CommissionState {
  if (line.differenceMinor < 0n) return "reversed";
  return line.held ? "held" : "accrued";
}

async function tell(
  tx: TxContext,
  lines: readonly BookedLine[],
  stateOf: (line: BookedLine) => CommissionState,
): Promise<void> {
  const ids = new Set(lines.flatMap((line) => (line.customerId === null ? [] : [line.customerId])));
  const customers = new Map((await customersByIds(tx.db, [...ids])).map((one) => [one.customerId, one]));
  const told = lines.map((line) => toAccrued(line, customers.get(line.customerId ?? -1n), stateOf(line)));
  await queueCommissionDeliveries(tx.db, tx.clock.now(), told);
}

/** The touch is the one by which this partner came to the customer, also when somebody else owns the customer by now. */
function toAccrued(line: BookedLine, customer: CustomerState | undefined, state: CommissionState): AccruedCommission {
  const owner = customer?.owners.findLast((one) => one.partnerId === line.partnerId);
  return {
    lineId: line.lineId,
    programId: line.programId,
    offerId: owner?.offerId ?? null,
    partnerId: line.partnerId,
    eventId: null,
    customerRef: customer?.customerRef ?? null,
    occurredAt: line.calculatedAt,
    clickId: owner?.clickId ?? null,
    touch: owner?.dimensions ?? {},
    country: owner?.country ?? null,
    state,
    commission: { minor: line.differenceMinor, currency: line.currency },
  };
}
