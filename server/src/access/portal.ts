import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from "kysely";
import type pg from "pg";
import type { Context, Schema } from "../database/index.ts";

const PARTNER_ID = /^prt_[0-9a-z]{1,60}$/;

/**
 * The context of a request that is made for a partner: every connection that it takes from the pool runs as the role `tributary_portal`, narrowed to
 * this partner by row-level security, until it is given back. So no statement of the request can read or write another partner's rows, whatever
 * the code above it forgot.
 */
export function asPartner(pool: pg.Pool, ctx: Context, partnerId: string): Context {
  // The id stands in a statement that takes no parameters, so its form is checked first.
  if (!PARTNER_ID.test(partnerId)) throw new Error(`${partnerId} is not a partner's id`);
  const dialect = new PostgresDialect({ pool: narrowedPool(pool, partnerId) });
  return { ...ctx, db: new Kysely<Schema>({ dialect }) };
}

function narrowedPool(pool: pg.Pool, partnerId: string): PostgresPool {
  return {
    connect: async () => {
      const client = await pool.connect();
      try {
        await client.query(`set role tributary_portal; set tributary.partner_id = '${partnerId}'`);
      } catch (error) {
        client.release(true);
        throw error;
      }
      return narrowedClient(client);
    },
    end: async () => undefined,
  };
}

function narrowedClient(client: pg.PoolClient): PostgresPoolClient {
  return {
    query: client.query.bind(client) as PostgresPoolClient["query"],
    release: () => {
      // The next user of the connection must not inherit the role: a connection that cannot be cleaned is thrown away.
      client.query("reset role; reset tributary.partner_id").then(
        () => client.release(),
        () => client.release(true),
      );
    },
  };
}
