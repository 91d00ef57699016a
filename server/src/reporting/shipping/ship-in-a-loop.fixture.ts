/** A shipper in a process of its own, for the test that kills it. */
import { openAnalytics, openDatabase } from "../../database/index.ts";
import { startShipping } from "./shipper.ts";

const [databaseUrl = "", clickhouseUrl = ""] = process.argv.slice(2);
const database = openDatabase({ url: databaseUrl });
startShipping(
  { db: database.db, analytics: openAnalytics(clickhouseUrl), clickIds: { read: () => undefined } },
  { idleMs: 5 },
);
setInterval(() => undefined, 1_000);
process.stdout.write("ready\n");
