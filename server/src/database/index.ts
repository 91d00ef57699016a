export { arrayLiteral } from "./array-literal.ts";
export { type Analytics, migrateClickhouse, openAnalytics } from "./clickhouse.ts";
export { type Context, type TxContext, transact } from "./context.ts";
export { type CopiedRow, type CopyValue, copyOut, copyRows, copyRowsInTransaction } from "./copy.ts";
export { type BinaryColumns, copyBinaryInTransaction } from "./copy-binary.ts";
export type { Db, Tx } from "./db.ts";
export type { Jobs, Running } from "./jobs.ts";
export { keepPlans } from "./kept-plans.ts";
export { type KeysetOrder, keysetPage, type Page, type PageRequest, wirePage } from "./keyset.ts";
export { likeText } from "./like-text.ts";
export {
  clickhouseMigrations,
  type Migration,
  MigrationRefused,
  migratePostgres,
  migrationsFingerprint,
  postgresMigrations,
  readMigrations,
} from "./migrate.ts";
export {
  announce,
  announceMany,
  answerCalls,
  forgetUnheard,
  type NoticePayload,
  namesOfStanding,
  noticeAlone,
  noticesTaken,
  notifyChange,
  type StandingNotice,
  standingNotices,
} from "./notice.ts";
export { type Database, type DatabaseOptions, openDatabase } from "./pool.ts";
export type { Schema } from "./schema.ts";
export { openFile, sealFile, sha256Of, type Vault } from "./sealed-file.ts";
export { inTransaction, type TransactionOptions } from "./transaction.ts";
export { refuseDuplicate } from "./unique.ts";
