/**
 * Lists, search and partner pages of a large operator: by default 100,000 partners and 1,000,000 contacts, asked over HTTP of the whole program,
 * as somebody who sees everything, as somebody of one region (10,000 partners) and as the owner of a portfolio (500).
 *
 *     node bench/partners.ts [partners] [contacts] [rounds]
 *
 * With BENCH_DATA=<folder> what was loaded is kept there and used again by the next run.
 */
import { randomBytes } from "node:crypto";
import { cpus, loadavg } from "node:os";
import { sql } from "kysely";
import { createApiKey } from "../server/src/access/api-keys.ts";
import { actorOfUser, createUser, systemActor, tokenSource } from "../server/src/access/index.ts";
import { type Program, withProgram } from "../server/src/shell/program.ts";
import { startTributary } from "../server/test/harness/tributary.ts";
import { readCommandConfiguration } from "./events/configuration.ts";
import { seedPartners } from "./partners/seed.ts";

const PARTNERS = Number(process.argv[2] ?? 100_000);
const CONTACTS = Number(process.argv[3] ?? PARTNERS * 10);
const ROUNDS = Number(process.argv[4] ?? 20);
const TARGET_MS = 300;
const loadBefore = loadavg()[0] ?? 0;

interface Question {
  readonly name: string;
  /** Address for the n-th asking: every round asks for something else. */
  readonly url: (round: number) => string;
  /** What must stand in the answer: a fast answer that finds nothing is none. */
  readonly holds?: RegExp;
}

const id = (round: number) => `prt_${String(11 + ((round * 7919) % (PARTNERS - 20)) * 1).padStart(8, "0")}`;
const TYPOS = ["jonh smiht", "müler", "mueller", "garzia", "hernandes", "kowalsky maria", "sorensen", "ivanof olga"];
const EXACT = ["john smith", "maria", "ana silva", "okafor", "yuki tanaka", "pop", "media 4", "traffic"];

const QUESTIONS: readonly Question[] = [
  { name: "partners by name", url: () => "/v1/partners?sort=name&limit=50", holds: /prt_/ },
  { name: "partners newest first", url: () => "/v1/partners?sort=-createdAt&limit=50", holds: /prt_/ },
  {
    name: "partners: status and kind",
    url: (n) => `/v1/partners?status=paused&kind=${n % 2 ? "network" : "affiliate"}&sort=-name`,
  },
  { name: "partners: country", url: (n) => `/v1/partners?country=${["DE", "BR"][n % 2]}&sort=name` },
  { name: "partners: tag", url: (n) => `/v1/partners?tag=${n % 2 ? "vip" : `tag${n}`}&sort=-createdAt` },
  { name: "partners: owner", url: (n) => `/v1/partners?ownerUserId=usr_owner${n}&sort=name` },
  { name: "partners: part of the name", url: (n) => `/v1/partners?q=${["smith med", "nowak", "site77", "p4"][n % 4]}` },
  {
    name: "search, spelled right",
    url: (n) => `/v1/search?q=${encodeURIComponent(EXACT[n % 8] ?? "")}`,
    holds: /"kind":"(partner|contact)"/,
  },
  {
    name: "search, with slips",
    url: (n) => `/v1/search?q=${encodeURIComponent(TYPOS[n % 8] ?? "")}`,
    holds: /"kind":"(partner|contact)"/,
  },
  {
    name: "search, code or website",
    url: (n) => `/v1/search?q=${n % 2 ? `p${n * 10}` : `traffic${12 * n + 2}.example`}`,
  },
];

/** What the partner page asks for, of a partner that the person may see. */
const PAGE: readonly Question[] = [
  { name: "page: partner", url: (n) => `/v1/partners/${id(n)}` },
  { name: "page: contacts", url: (n) => `/v1/partners/${id(n)}/contacts`, holds: /cnt_/ },
  { name: "page: report", url: (n) => `/v1/reports/partners/${id(n)}` },
  { name: "page: links", url: (n) => `/v1/links?partnerId=${id(n)}` },
  { name: "page: agreements", url: (n) => `/v1/agreements?partnerId=${id(n)}` },
  { name: "page: history", url: (n) => `/v1/audit?partnerId=${id(n)}` },
  { name: "page: statements", url: (n) => `/v1/statements?partnerId=${id(n)}` },
  { name: "page: screening", url: (n) => `/v1/partners/${id(n)}/screening` },
  { name: "page: names", url: (n) => `/v1/names?ids=${id(n)},${id(n + 1)},${id(n + 2)},rgn_1` },
];

const SCOPED: readonly Question[] = [
  { name: "links in reach", url: () => "/v1/links?limit=50" },
  { name: "customers in reach", url: () => "/v1/customers?limit=50" },
  { name: "statements in reach", url: () => "/v1/statements?limit=50" },
  { name: "names", url: (n) => `/v1/names?ids=${id(n)},${id(n + 10)},rgn_1` },
];

/** Milliseconds that 95 of 100 askings stayed under, and how many answers were not what was asked for. */
async function measure(
  url: string,
  token: string,
  question: Question,
): Promise<{ p95: number; median: number; wrong: number }> {
  const times: number[] = [];
  let wrong = 0;
  for (let round = 0; round < ROUNDS + 2; round += 1) {
    const began = performance.now();
    const answer = await fetch(url + question.url(round), { headers: { authorization: `Bearer ${token}` } });
    const body = await answer.text();
    // The first two fill caches and plans, as anybody's first look of the day does.
    if (round >= 2) times.push(performance.now() - began);
    if (answer.status !== 200 || (question.holds && !question.holds.test(body))) {
      wrong += 1;
      if (wrong === 1) console.error(`${question.name}: ${answer.status} ${question.url(round)} ${body.slice(0, 200)}`);
    }
  }
  times.sort((a, b) => a - b);
  return { p95: times[Math.ceil(times.length * 0.95) - 1] ?? 0, median: times[times.length >> 1] ?? 0, wrong };
}

async function keyOf(
  program: Program,
  name: string,
  scopeKind: "everything" | "region" | "portfolio",
  scopeId: string | null,
) {
  const { ctx } = program;
  const role = scopeKind === "everything" ? "administrator" : "partner_operations";
  const account = {
    email: `${name}-${randomBytes(4).toString("hex")}@bench.example`,
    name,
    password: "correct horse battery",
    partnerId: null,
  };
  const userId = await createUser(ctx, systemActor("bench"), { ...account, grants: [{ role, scopeKind, scopeId }] });
  const actor = await actorOfUser(ctx, userId);
  if (actor === undefined) throw new Error("The bench's own person is missing");
  const key = await createApiKey(ctx, actor, { name, permissions: [...actor.permissions] }, tokenSource(randomBytes));
  return key.token;
}

/** Loads everybody, unless an earlier run did. */
async function load(program: Program): Promise<void> {
  const { db } = program.ctx;
  const { rows } = await sql<{ count: bigint }>`select count(*) as count from partners.contact`.execute(db);
  if ((rows[0]?.count ?? 0n) >= BigInt(CONTACTS)) return;
  const began = performance.now();
  await seedPartners(db, PARTNERS, CONTACTS);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`loaded ${PARTNERS} partners and ${CONTACTS} contacts: ${seconds} s`);
}

async function ask(url: string, who: string, token: string, questions: readonly Question[]): Promise<boolean> {
  let held = true;
  for (const question of questions) {
    const { p95, median, wrong } = await measure(url, token, question);
    held &&= p95 < TARGET_MS && wrong === 0;
    console.log(
      `${who.padEnd(11)} ${question.name.padEnd(28)} median ${median.toFixed(0).padStart(4)} ms   p95 ${p95.toFixed(0).padStart(4)} ms${wrong > 0 ? `   ${wrong} wrong` : ""}`,
    );
  }
  return held;
}

const kept = process.env.BENCH_DATA;
const running = await startTributary({ env: { LOG_LEVEL: "error" }, ...(kept ? { dataDirectory: kept } : {}) });
let held = false;
try {
  const tokens = await withProgram(readCommandConfiguration(running.dataDirectory), "bench", async (program) => {
    await load(program);
    return {
      everything: await keyOf(program, "everything", "everything", null),
      region: await keyOf(program, "region", "region", "rgn_2"),
      portfolio: await keyOf(program, "portfolio", "portfolio", "usr_owner11"),
    };
  });
  held = [
    await ask(running.url, "everything", tokens.everything, [...QUESTIONS, ...PAGE]),
    await ask(running.url, "region", tokens.region, [...QUESTIONS.slice(0, 9), ...SCOPED]),
    await ask(running.url, "portfolio", tokens.portfolio, [
      ...QUESTIONS.slice(0, 5),
      ...QUESTIONS.slice(6, 8),
      ...SCOPED,
    ]),
  ].every(Boolean);
  console.log(
    `${cpus().length} × ${cpus()[0]?.model.trim()}, load ${loadBefore.toFixed(1)} before and ${loadavg()[0]?.toFixed(1)} after; target ${TARGET_MS} ms`,
  );
} finally {
  await running.stop();
}
if (!held) process.exitCode = 1;
