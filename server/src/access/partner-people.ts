import { sql } from "kysely";
import type { Db } from "../database/index.ts";

/** Somebody of a partner who may sign in. */
export interface PartnerPerson {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  /** Null: a password alone. */
  readonly secondFactor: "authenticator" | "passkey" | null;
}

/** Door: the people of a partner whose accounts are active. */
export async function peopleOfPartner(db: Db, partnerId: string): Promise<readonly PartnerPerson[]> {
  const { rows } = await sql<{
    id: string;
    name: string;
    email: string;
    roles: string[] | null;
    authenticator: boolean;
    passkey: boolean;
  }>`
    select u.id, u.name, u.email, coalesce(u.two_factor_enabled, false) as authenticator,
      exists (select from access.passkey p where p.user_id = u.id) as passkey,
      (select array_agg(distinct g.role order by g.role) from access.role_grant g where g.user_id = u.id) as roles
    from access."user" u where u.partner_id = ${partnerId} and u.status = 'active' order by u.id`.execute(db);
  return rows.map((row) => ({
    userId: row.id,
    name: row.name,
    email: row.email,
    roles: row.roles ?? [],
    secondFactor: row.authenticator ? "authenticator" : row.passkey ? "passkey" : null,
  }));
}

/** Door: how many API keys a partner's people hold that still open something. */
export async function openKeysOf(db: Db, partnerId: string, now: Date): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count from access.api_key k join access."user" u on u.id = k.user_id
    where u.partner_id = ${partnerId} and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${now})`.execute(
    db,
  );
  return Number(rows[0]?.count ?? 0n);
}
