export { type CopyValue, copyBytes, copyRows, copyRowsInTransaction } from "./copy.ts";
export {
  clickhouseMigrations,
  type Migration,
  MigrationRefused,
  migratePostgres,
  migrationsFingerprint,
  pendingMigrations,
  postgresMigrations,
  readMigrations,
} from "./migrate.ts";
export { type Database, type DatabaseOptions, type Db, openDatabase, type Tx, valueTypes } from "./pool.ts";
export type { Schema } from "./schema.ts";
export { inTransaction, type TransactionOptions } from "./transaction.ts";
