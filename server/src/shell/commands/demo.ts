import type { Command } from "commander";
import { newCommand } from "../cli.ts";
import { readConfiguration } from "../configuration.ts";

type DemoOptions = { data?: string; port?: string; host?: string; clicks: string };

/** `tributary demo`: the program with the sample built into it, and traffic that goes on while it runs. */
export function demoCommand(): Command {
  return newCommand("demo", "run Tributary with a living sample: three programs, 150 partners, a year of history")
    .option("--port <number>", "TCP port (default: PORT or 3000; 0 takes any free one)")
    .option("--host <address>", "address to listen on (default: HOST or localhost)")
    .option("--clicks <number>", "about how many clicks the sample's year has", "400000")
    .action(async (options: DemoOptions) => {
      const { port, host } = options;
      const given = readConfiguration(process.env, { dataDirectory: options.data, port, host });
      // The sample's passwords are known to everybody, so only this machine gets in unless it is said otherwise.
      const configuration = { ...given, host: given.host ?? "localhost" };
      const { serve } = await import("../serve.ts");
      const [{ liveSample, prepareSample, startBuilder }, { discardInterrupted }] = await Promise.all([
        import("../demo/demo.ts"),
        import("../demo/sample-state.ts"),
      ]);
      await discardInterrupted(configuration);
      const builder = startBuilder(configuration);
      await serve(configuration, {
        prepare: (program) => prepareSample(program, builder, Number(options.clicks)),
        live: liveSample,
      });
    });
}
