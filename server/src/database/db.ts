import type { Kysely, Transaction } from "kysely";
import type { Schema } from "./schema.ts";

/** The database as rooms see it. A transaction is one too, so store functions take `Db` and work in both. */
export type Db = Kysely<Schema>;
export type Tx = Transaction<Schema>;
