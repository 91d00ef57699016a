import { type Command, Option } from "commander";
import { newCommand } from "../cli.ts";
import { readConfiguration, roles } from "../configuration.ts";

type ServeOptions = { data?: string; port?: string; host?: string; role?: string };

export function serveCommand(): Command {
  return newCommand("serve", "run Tributary: console, portal, API, tracking and background work")
    .option("--port <number>", "TCP port (default: PORT or 3000; 0 takes any free one)")
    .option("--host <address>", "address to listen on (default: HOST or every interface)")
    .addOption(new Option("--role <role>", "run one part only (default: TRIBUTARY_ROLE or all)").choices(roles))
    .action(async (options: ServeOptions) => {
      const { data: dataDirectory, port, host, role } = options;
      const configuration = readConfiguration(process.env, { dataDirectory, port, host, role });
      const { serve } = await import("../serve.ts");
      await serve(configuration);
    });
}
