/**
 * All benchmarks, one after the other, and their results with the machine in docs/benchmarks.md.
 *
 *     npm run bench                      all of them (about an hour on two cores)
 *     npm run bench -- redirect memory   some of them; nothing is written down
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";

/** Name, and what it answers. Each is a program of its own in this folder. */
const PARTS = [
  ["redirect", "Durable redirects against a bare node:http 302 and against the same handler without recording"],
  ["report", "Reports over 50 million clicks, and redirects while they run"],
  ["acknowledge", "Events over HTTP, acknowledged once they are durable"],
  ["events", "A million events by file, imported, attributed and calculated"],
  ["commissions", "A month of 10 million events, a million customers and 2,000 partners, calculated and booked"],
  [
    "statements",
    "The month end of 20,000 partners and 5,000,000 lines: statements frozen, payable, settled and proved",
  ],
  [
    "partners",
    "Lists, search and partner pages over 100,000 partners and 1,000,000 contacts, for three kinds of reach",
  ],
  ["posting", "Transfers booked in sets by the ledger, one hot account"],
  ["three-ways", "Half a million conversions compared with the back office"],
  ["what-if", "A closed month of a million events and 2,000 partners under something else"],
  ["attribution", "Everybody decided again: 10 million clicks, 100,000 events"],
  ["memory", "Memory of the whole program at rest"],
  ["kill", "kill -9 in the middle of full load"],
] as const;

interface Outcome {
  readonly output: string;
  readonly held: boolean;
}

async function run(name: string): Promise<Outcome> {
  const child = spawn(process.execPath, [new URL(`${name}.ts`, import.meta.url).pathname], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { output, held: code === 0 };
}

function page(outcomes: ReadonlyMap<string, Outcome>): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}, Node ${process.version}`;
  const head = [
    "# Benchmarks",
    "",
    "Written by `npm run bench`. Server, databases and load generator share the machine, so the ratios say more than the numbers.",
    "",
    `Machine: ${machine}. Load when it began: ${loadBefore}. Day: ${new Date().toISOString().slice(0, 10)}.`,
    "",
  ];
  const sections = PARTS.flatMap(([name, title]) => {
    const outcome = outcomes.get(name);
    if (outcome === undefined) return [];
    return [
      `## ${title}`,
      "",
      `\`node bench/${name}.ts\`: ${outcome.held ? "every target held" : "a target was not held"}.`,
      "",
      "```",
      outcome.output.trim(),
      "```",
      "",
    ];
  });
  return [...head, ...sections].join("\n");
}

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !PARTS.some(([part]) => part === name));
if (unknown !== undefined)
  throw new Error(`There is no benchmark ${unknown}: ${PARTS.map(([name]) => name).join(", ")}.`);
const loadBefore = loadavg()[0]?.toFixed(2);
const outcomes = new Map<string, Outcome>();
for (const [name, title] of PARTS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${title}`);
  outcomes.set(name, await run(name));
}
if (wanted.length === 0) writeFileSync(new URL("../docs/benchmarks.md", import.meta.url), page(outcomes));
process.exitCode = [...outcomes.values()].every((outcome) => outcome.held) ? 0 : 1;
