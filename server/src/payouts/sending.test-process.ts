import { randomBytes } from "node:crypto";
import { lookup } from "node:dns";
import { openDatabase } from "../database/index.ts";
import { fixedClock } from "../kernel/clock.ts";
import { idSource } from "../kernel/ids.ts";
import { sealWith } from "../shell/http/seal.ts";
import { httpWith } from "./providers/http.ts";
import { openProviders } from "./providers/index.ts";
import { addressesOn } from "./providers/test-providers.ts";
import { sendDue } from "./sending.ts";

// A worker of its own that is killed by sending.db.test.ts. Arguments: connection string, the time that it is, the vault's key, the providers' port, after
// which step it dies ("" never). SIGKILL to itself: nothing is closed, flushed or rolled back by the program.
const [url = "", now = "", key = "", port = "", death = ""] = process.argv.slice(2);
const database = openDatabase({ url, max: 2, name: "payouts test" });
const clock = fixedClock(now);
await sendDue(
  { db: database.db, clock, ids: idSource(() => clock.now(), randomBytes) },
  {
    vault: sealWith(Buffer.from(key, "hex")),
    ratesOn: async () => () => undefined,
    providers: openProviders(httpWith({ lookup, timeoutMs: 3000 }), addressesOn(Number(port))),
    screenChanged: async () => 0,
  },
  (step) => {
    if (step === death) process.kill(process.pid, "SIGKILL");
  },
);
await database.close();
