import type { Running } from "../database/index.ts";
import type { Configuration } from "./configuration.ts";
import { checkPort, type RawHandler, startHttp } from "./http-server.ts";
import { giveMemoryBackWhenIdle } from "./idle-memory.ts";
import { joinRunning, type Program, startProgram } from "./program.ts";
import { startWorker } from "./worker.ts";
import { startWorkerChild } from "./worker-child.ts";

/** What the sample program adds when it is served: a word before the doors open, live traffic after. */
export type ServeHooks = {
  /** Runs once the databases are ready and before anybody is let in. */
  readonly prepare?: (program: Program) => Promise<void>;
  /** Runs while the program is served. */
  readonly live?: (program: Program, address: string) => Promise<Running>;
};

/** Runs the program until it is told to end. Resolves when everything has ended in order. */
export async function serve(configuration: Configuration, hooks: ServeHooks = {}): Promise<void> {
  const stop = stopSignal();
  const opened: (() => Promise<void>)[] = [];
  try {
    await open(configuration, hooks, opened, stop);
    await stop.asked;
  } finally {
    // In the order opposite to that of opening: nothing is taken away from under what still uses it.
    for (const close of opened.reverse()) await close();
    stop.done();
  }
}

async function open(
  given: Configuration,
  hooks: ServeHooks,
  opened: (() => Promise<void>)[],
  stop: StopSignal,
): Promise<void> {
  const { role } = given;
  const configuration = role === "worker" ? given : await withPort(given);
  const program = role === "all" ? await startProgram(configuration, "serve") : await joinRunning(configuration, role);
  opened.push(program.close);
  await hooks.prepare?.(program);
  if (stop.isAsked()) return;
  if (role !== "edge") await (await import("./onboarding.ts")).installProcedures(program);
  if (role === "worker") {
    const worker = await startWorker(program);
    opened.push(worker.stop);
    return announce("The worker runs.");
  }
  // Beside the application, which takes as long to load.
  const working = role === "all" ? startWorkerChild(program) : undefined;
  // It is awaited before anybody is let in; until then its failure must not end the program.
  working?.catch(() => undefined);
  opened.push(async () => (await working)?.stop());
  const address = await openDoors(configuration, program, opened, working);
  giveMemoryBackWhenIdle();
  if (hooks.live) opened.push((await hooks.live(program, address)).stop);
}

/** Links and cookies name the port, so a free one is found before anything else is made. */
async function withPort(configuration: Configuration): Promise<Configuration> {
  const port = await checkPort(configuration);
  return { ...configuration, port, publicUrl: configuration.publicUrl.replace(/:0$/, `:${port}`) };
}

/** The HTTP doors: last to open, first to close. @param working nobody is let in before it works */
async function openDoors(
  configuration: Configuration,
  program: Program,
  opened: (() => Promise<void>)[],
  working: Promise<unknown> | undefined,
): Promise<string> {
  const [{ doorsOf, setupLink }, { openTracking }] = await Promise.all([
    import("./doors.ts"),
    import("./tracking-parts.ts"),
  ]);
  const tracking = await openTracking(program);
  opened.push(tracking.stop);
  const handlers: RawHandler[] = [];
  for (const open of doorsOf(configuration.role)) {
    const door = await open(program, tracking);
    opened.push(door.stop);
    handlers.push(door.handle);
  }
  const address = configuration.publicUrl;
  // Made before anybody is told that the program runs: from then on a lost database is waited for and ends nothing.
  const setup = configuration.role === "edge" ? null : await setupLink(program, address);
  await working;
  const server = await startHttp(configuration, handlers);
  opened.push(server.stop);
  program.log.info({ port: server.port, role: configuration.role }, "Tributary is running");
  announce(`Tributary is running at ${address}`);
  if (setup) announce(`Nobody can sign in yet. Set up the first administrator here, once:\n  ${setup}`);
  return address;
}

function announce(line: string): void {
  process.stdout.write(`${line}\n`);
}

type StopSignal = { readonly asked: Promise<void>; isAsked(): boolean; done(): void };

/**
 * Ctrl-C, SIGTERM, or the end of the launcher. The terminal sends Ctrl-C to every process of the group and the launcher passes
 * it on once more, so repetitions within two seconds are one; a later one ends the program at once.
 */
function stopSignal(): StopSignal {
  let askedAt = 0;
  let resolve: () => void = () => undefined;
  const asked = new Promise<void>((done) => {
    resolve = done;
  });
  const ask = (): void => {
    if (askedAt !== 0 && Date.now() - askedAt > 2_000) process.exit(130);
    if (askedAt !== 0) return;
    askedAt = Date.now();
    announce("Ending: what is in flight is finished first (press Ctrl-C again to end at once).");
    resolve();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, ask);
  if (process.env.TRIBUTARY_LAUNCHED && process.connected) process.on("disconnect", ask);
  return {
    asked,
    isAsked: () => askedAt !== 0,
    done: () => {
      process.exitCode = 0;
      // Closing the channel from here is no second request to end, which would cut everything short.
      process.off("disconnect", ask);
      if (process.connected) process.disconnect?.();
      // Pools and timers of libraries may still be open; everything that matters has ended in order above.
      setTimeout(() => process.exit(), 500).unref();
    },
  };
}
