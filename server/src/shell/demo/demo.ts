import { join } from "node:path";
import type { Running } from "../../database/index.ts";
import type { Configuration } from "../configuration.ts";
import { buildConsole } from "../console-build.ts";
import type { Program } from "../program.ts";
import type { SampleOrder } from "../sample-process.ts";
import { countMediaSoon } from "./count-media.ts";
import { startLiveTraffic } from "./live.ts";
import { type Part, startPart } from "./parts.ts";
import { chance } from "./random.ts";
import { SAMPLE_PASSWORD } from "./records.ts";
import { isMarked, noteSample, sampleState } from "./sample-state.ts";
import { buildWorld } from "./world.ts";

/** Starts what builds the sample, so that it is loaded when the engines have started; none when the sample stands. */
export function startBuilder(configuration: Configuration): Part<SampleOrder> | undefined {
  return isMarked(configuration) ? undefined : openBuilder();
}

function openBuilder(): Part<SampleOrder> {
  return startPart<SampleOrder>(join(import.meta.dirname, "../sample-process.ts"));
}

/** Builds the sample when the data folder is empty; a second start finds it as it was, one that was interrupted begins anew. */
export async function prepareSample(
  program: Program,
  started: Part<SampleOrder> | undefined,
  clicks: number,
): Promise<void> {
  let builder = started;
  try {
    if ((await sampleState(program)) === "complete") return;
    noteSample(program, "building");
    const began = program.clock.now().getTime();
    const say = progressLine();
    say(0, "records");
    // The records leave a processor to it; what is wrong with it is told when the doors are opened.
    const pages = buildConsole({ patient: true }).catch(() => undefined);
    const application = import("../application.ts").catch(() => undefined);
    const { configuration, databaseUrl, clickhouseUrl } = program;
    builder ??= openBuilder();
    await builder.ask({ configuration, addresses: { databaseUrl, clickhouseUrl }, clicks }, say);
    noteSample(program, "complete");
    const seconds = Math.round((program.clock.now().getTime() - began) / 1000);
    process.stdout.write(`\nThe sample was built in ${seconds} s.\n`);
    await Promise.all([pages, application]);
  } finally {
    builder?.end();
  }
}

/** Says who can sign in, and lets traffic trickle on so that the screens move. */
export async function liveSample(program: Program, address: string): Promise<Running> {
  process.stdout.write(`${whoCanSignIn(address).join("\n")}\n`);
  const parts = [countMediaSoon(program), await startLiveTraffic(program, address)];
  return {
    stop: async () => {
      await Promise.all(parts.map((part) => part.stop()));
    },
  };
}

function whoCanSignIn(address: string): string[] {
  const { staff, partners } = buildWorld(chance("tributary").branch("world"));
  const portal = partners.filter((partner) => partner.portalUser !== undefined);
  return [
    "",
    `Everybody signs in with the password ${SAMPLE_PASSWORD}`,
    `Console ${address}`,
    ...staff.map(
      (one) =>
        `  ${one.email.padEnd(30)} ${one.role.replaceAll("_", " ")}${one.region === undefined ? "" : ` (${one.region})`}`,
    ),
    `Partner portal ${address}/portal`,
    ...portal.map((one) => `  ${(one.portalUser ?? "").padEnd(30)} ${one.name}, ${one.kind.replaceAll("_", " ")}`),
    "",
  ];
}

function progressLine(): (share: number, what: string) => void {
  let last = -1;
  return (share, what) => {
    const percent = Math.floor(share * 100);
    if (percent === last) return;
    last = percent;
    const bar = "█".repeat(Math.floor(percent / 4)).padEnd(25, "░");
    if (process.stdout.isTTY)
      process.stdout.write(`\rBuilding the sample ${bar} ${String(percent).padStart(3)} % ${what}  `);
    else if (percent % 20 === 0) process.stdout.write(`Building the sample: ${percent} % (${what})\n`);
  };
}
