import { type Configuration, readConfiguration } from "../../server/src/shell/configuration.ts";

/** What a command on the program of this data folder works with. */
export function readCommandConfiguration(dataDirectory: string): Configuration {
  return readConfiguration({ ...process.env, LOG_LEVEL: "error" }, { dataDirectory });
}
