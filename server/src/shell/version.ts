import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The program's own version, as in server/package.json. */
export const programVersion = (
  JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as { version: string }
).version;
