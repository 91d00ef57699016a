import { sql } from "kysely";

/** Beside a transfer `t`: its two postings `p`, debit positive and credit negative, by account number. The view `ledger.posting` has them by name. */
export const SIDES = sql`cross join lateral (values (t.debit_account, t.amount_minor), (t.credit_account, -t.amount_minor)) as p (account_number, amount_minor)`;
