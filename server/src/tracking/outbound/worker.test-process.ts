import { openDatabase } from "../../database/index.ts";
import { fixedClock } from "../../kernel/clock.ts";
import { addressPolicy } from "./address.ts";
import { startDeliveries } from "./worker.ts";

// A worker process of its own, to be killed by deliveries.db.test.ts. Arguments: connection string, the time that it is.
const [url = "", now = ""] = process.argv.slice(2);
startDeliveries({
  db: openDatabase({ url }).db,
  clock: fixedClock(now),
  random: () => 0.5,
  options: { policy: addressPolicy(["127.0.0.1"]), pollMs: 20, timeoutMs: 20_000 },
});
