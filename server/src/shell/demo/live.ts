import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { systemActor } from "../../access/index.ts";
import type { Running } from "../../database/index.ts";
import { listPrograms } from "../../programs/index.ts";
import { createSource } from "../../tracking/index.ts";
import { writeAtomically } from "../data-folder.ts";
import type { Program } from "../program.ts";
import { vaultFor } from "../tracking-parts.ts";
import { sendFromBrokenSource } from "./health.ts";
import { testOneSetUp } from "./live-tests.ts";
import { USER_AGENTS } from "./names.ts";
import { chance } from "./random.ts";
import { linkCode } from "./records.ts";
import { buildWorld, type PartnerPlan, type World } from "./world.ts";

/** How often somebody clicks. */
const EVERY_MS = 5_000;
const TOKENS = "sample-sources.json";

interface Scene {
  readonly address: string;
  readonly world: World;
  /** token of the event source of each vertical */
  readonly tokens: ReadonlyMap<string, string>;
  readonly run: string;
  visitors: number;
}

/** Goes on clicking, registering and depositing over HTTP, as visitors and the operator's systems do. */
export async function startLiveTraffic(program: Program, address: string): Promise<Running> {
  const world = buildWorld(chance("tributary").branch("world"));
  const run = program.clock.now().getTime().toString(36);
  const scene: Scene = { address, world, tokens: await sourcesOf(program, world), run, visitors: 0 };
  const draw = chance(`live ${run}`);
  // Where the landing pages of the sample are never found, the tests say so: that is what they are there for.
  const tested = testOneSetUp({ address, link: "broker-compass-standard", token: scene.tokens.get("fx") ?? "" }).catch(
    (error) => program.log.warn({ err: error }, "the tests of the sample failed"),
  );
  const broken = sendFromBrokenSource(program, address, await programOf(program, "saas", world)).catch((error) =>
    program.log.warn({ err: error }, "the broken set-up of the sample could not be made"),
  );
  let busy: Promise<void> = tested.then(() => broken);
  const timer = setInterval(() => {
    busy = visit(scene, draw).catch((error) => program.log.warn({ err: error }, "a visit of the sample failed"));
  }, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await busy;
    },
  };
}

/** Each program's own systems send with a token that is made once and kept with the sample: a second start needs no second source. */
async function sourcesOf(program: Program, world: World): Promise<ReadonlyMap<string, string>> {
  const file = program.folder.inside(TOKENS);
  if (existsSync(file))
    return new Map(Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, string>));
  const tokens = await newSources(program, world);
  writeAtomically(file, `${JSON.stringify(Object.fromEntries(tokens))}\n`, 0o600);
  return tokens;
}

async function programOf(program: Program, vertical: string, world: World): Promise<string> {
  const { rows } = await listPrograms(program.ctx, systemActor("sample"), { limit: 50, sort: "name" });
  const code = world.programs.find((one) => one.vertical === vertical)?.code;
  return rows.find((row) => row.code === code)?.id ?? "";
}

async function newSources(program: Program, world: World): Promise<ReadonlyMap<string, string>> {
  const actor = systemActor("sample");
  const { rows } = await listPrograms(program.ctx, actor, { limit: 50, sort: "name" });
  const tokens = new Map<string, string>();
  for (const { vertical, code } of world.programs) {
    const programId = rows.find((row) => row.code === code)?.id;
    if (programId === undefined) continue;
    const made = await createSource(
      program.ctx,
      actor,
      { programId, name: "Live sample" },
      { vault: vaultFor(program), publicUrl: program.configuration.publicUrl, randomBytes },
    );
    tokens.set(vertical, made.token);
  }
  return tokens;
}

async function visit(scene: Scene, draw: ReturnType<typeof chance>): Promise<void> {
  const partners = scene.world.partners.filter((one) => one.weight > 0);
  const partner = draw.weighted(partners.map((one) => [one, one.weight] as const));
  const offers = scene.world.programs.find((one) => one.vertical === partner.vertical)?.offers ?? [];
  const code = linkCode(partner, draw.pick(offers).code);
  const answer = await fetch(`${scene.address}/c/${code}?sub1=live&click_id=${draw.between(1, 1e9).toString(36)}`, {
    redirect: "manual",
    headers: { "user-agent": draw.weighted(USER_AGENTS), "accept-language": "en-GB" },
  });
  await answer.arrayBuffer();
  const clickId = new URL(answer.headers.get("location") ?? scene.address).searchParams.get("cid");
  if (clickId !== null && draw.happens(0.12)) await follow(scene, partner, clickId, draw);
}

/** What the operator's systems tell of a visitor that registers: by postback, one after the other. */
async function follow(
  scene: Scene,
  partner: PartnerPlan,
  clickId: string,
  draw: ReturnType<typeof chance>,
): Promise<void> {
  const customer = `LIVE-${scene.run}-${++scene.visitors}`;
  const token = scene.tokens.get(partner.vertical);
  const send = async (type: string, id: string, fields: Record<string, string>) => {
    const query = new URLSearchParams({ type, id, customer, click_id: clickId, ...fields });
    const answer = await fetch(`${scene.address}/p/${token}?${query}`);
    await answer.arrayBuffer();
  };
  await send("registration", `reg-${customer}`, {});
  if (partner.vertical === "saas" || !draw.happens(0.35)) return;
  await send("kyc_passed", `kyc-${customer}`, {});
  const currency = partner.vertical === "fx" ? "USD" : "EUR";
  await send("deposit", `dep-${customer}`, {
    amount: draw.around(partner.vertical === "fx" ? 300 : 60, 0.6).toFixed(2),
    currency,
  });
}
