import type { EdgeCouponRow } from "../store/edge-rows.ts";

/** Coupon and referral codes of the programs whose visits may name one; a changed code is known within five minutes. */
export class CouponTable {
  #rows = new Map<string, EdgeCouponRow>();

  put(rows: readonly EdgeCouponRow[]): void {
    this.#rows = new Map(rows.map((row) => [keyOf(row.program_id, row.code), row]));
  }

  /** The code, if it holds at that moment. Codes are told in any case. */
  find(programId: string, code: string, at: Date): EdgeCouponRow | undefined {
    const row = this.#rows.get(keyOf(programId, code.trim()));
    if (row === undefined || (row.valid_from ?? at) > at || (row.valid_to !== null && row.valid_to <= at))
      return undefined;
    return row;
  }
}

function keyOf(programId: string, code: string): string {
  return `${programId} ${code.toUpperCase()}`;
}
