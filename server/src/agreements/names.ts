import { sql } from "kysely";
import type { Db } from "../database/index.ts";

/** Whose terms an agreement or a version of one are; `version` is null for the agreement itself. */
export interface AgreementName {
  readonly id: string;
  readonly partnerId: string;
  readonly programId: string;
  readonly version: number | null;
}

/** What agreements (`agr_…`) and their versions (`agv_…`) can be called by. Ids that do not exist are left out. */
export async function agreementNames(db: Db, ids: readonly string[]): Promise<readonly AgreementName[]> {
  const { rows } = await sql<AgreementName>`
    select a.agreement_id as id, a.partner_id as "partnerId", a.program_id as "programId", null::int as version
    from agreements.agreement a where a.agreement_id = any(${[...ids]}::text[])
    union all
    select v.agreement_version_id, a.partner_id, a.program_id, v.version
    from agreements.agreement_version v join agreements.agreement a using (agreement_id)
    where v.agreement_version_id = any(${[...ids]}::text[])`.execute(db);
  return rows;
}
