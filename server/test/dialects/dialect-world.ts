import { createHash, createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import type { DialectCase, DialectStep } from "../../src/shell/generate/dialect-cases.ts";
import { openPipeline } from "../../src/shell/pipeline.ts";
import { type Answer, openTestEdge, PROGRAM_B, type TestEdge } from "../../src/tracking/edge/test-edge.ts";
import { receiptId, type StoredCall, vaultOf } from "../../src/tracking/index.ts";

/** The program's tracking domain, where the calls of an existing integration arrive once its host was changed. */
export const DOMAIN = "go.beta.example";

export const DATA = process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../shared/data");

export const hasExamples = existsSync(join(DATA, "partner-data"));

/** A source as a test makes it. */
export interface MadeSource {
  readonly sourceId: string;
  /** the source's own token */
  readonly own: string;
  /** what the existing integration sends */
  readonly token: string;
}

/** A real edge on a real database, with a link whose clicks carry authentic ids, and sources that speak a dialect. */
export class DialectWorld {
  readonly edge: TestEdge;
  #count = 0;

  constructor(edge: TestEdge) {
    this.edge = edge;
  }

  /** Makes the only living source. */
  async source(dialect: string, settings: object, incumbent: "token" | "none", signs = false): Promise<MadeSource> {
    await sql`update tracking.event_source set status = 'revoked'`.execute(this.edge.database.db);
    return await this.anotherSource(dialect, settings, incumbent, signs);
  }

  async anotherSource(
    dialect: string,
    settings: object,
    incumbent: "token" | "none",
    signs: boolean,
  ): Promise<MadeSource> {
    this.#count += 1;
    const sourceId = `src_case${this.#count}`;
    const made = { sourceId, own: `own-${sourceId}-token`, token: `old-${sourceId}-token` };
    const hash = (text: string) => createHash("sha256").update(text).digest("hex");
    const vault = vaultOf(Buffer.alloc(32, 9));
    const old = incumbent === "token" ? hash(made.token) : null;
    const sealed = incumbent === "token" && signs ? vault.close(made.token) : null;
    const { db } = this.edge.database;
    await sql`insert into tracking.event_source (source_id, program_id, name, token_hash, secret, dialect, settings,
                incumbent_token_hash, incumbent_secret, status, created_by, created_at)
      values (${sourceId}, ${PROGRAM_B}, 'test', ${hash(made.own)}, ${vault.close("unused")}, ${dialect}, ${JSON.stringify(settings)},
                ${old}, ${sealed}, 'active', 'test', now())`.execute(db);
    await this.edge.routes.refresh();
    return made;
  }

  /** The id of a click that a visitor made on the partner's link. */
  async click(): Promise<string> {
    const click = await this.edge.clickOf(await this.edge.ask("/c/beta", { Host: DOMAIN }));
    return click.id;
  }

  async call(step: DialectStep, names: Readonly<Record<string, string>>): Promise<Answer> {
    const { call } = step;
    const fill = (text: string) => filled(text, names);
    const sent = bodyOf(call, fill);
    const headers = Object.fromEntries(
      Object.entries(call.headers).map(([name, value]) => [name, headerValue(value, fill, sent.body ?? "")]),
    );
    return await this.edge.ask(
      fill(call.path),
      { Host: call.host ?? DOMAIN, ...sent.headers, ...headers },
      call.method,
      sent.body,
    );
  }

  /** The call as the log holds it. */
  async stored(): Promise<StoredCall> {
    return JSON.parse(await this.edge.lastBody()) as StoredCall;
  }

  /** The receipt of what the log holds last. */
  async lastReceipt(): Promise<string> {
    const { rows } = await this.edge.database.pool.query<{ lane: number; seq: bigint }>(
      "select lane, seq from intake.entry order by lane desc, seq desc limit 1",
    );
    const [last] = rows;
    return last === undefined ? "" : receiptId(last.lane, last.seq);
  }

  /** Processes what waits in the log. */
  async process(): Promise<void> {
    const { clock, clickIds, database } = this.edge;
    await openPipeline({ db: database.db, clock, clickIds }).drain();
  }

  /** The fates of a source's lines, in the order of the log. */
  async fates(sourceId: string): Promise<readonly string[]> {
    const { pool } = this.edge.database;
    const { rows } = await pool.query<{ told: string }>(
      `select concat_ws(' ', r.fate, r.reason) as told from tracking.receipt r
       join intake.entry e using (lane, seq)
       where e.body::jsonb->>'sourceId' = $1 order by r.lane, r.seq, r.line`,
      [sourceId],
    );
    return rows.map((row) => row.told);
  }

  close(): Promise<void> {
    return this.edge.close();
  }
}

export async function dialectWorld(): Promise<DialectWorld> {
  const edge = await openTestEdge();
  await edge.addLink({ code: "beta", offerId: "ofr_beta", partnerId: "prt_one" });
  await sql`insert into tracking.referral_code (code, program_id, partner_id, valid_to, created_by, created_at)
    values ('SUMMER5', ${PROGRAM_B}, 'prt_one', null, 'test', now()), ('OVER', ${PROGRAM_B}, 'prt_one', '2026-01-01', 'test', now())`.execute(
    edge.database.db,
  );
  return new DialectWorld(edge);
}

/** Puts the values of a run in the places of a case: `<click>`, `<token>`, `<own>`, `<receipt>`. */
export function filled(text: string, names: Readonly<Record<string, string>>): string {
  return text.replace(/<(click|token|own|receipt)>/g, (whole, name: string) => names[name] ?? whole);
}

/** `Basic user:<token>` is encoded as the header wants it; `HMAC-SHA256 <token>` is the signature of the body in hex. */
function headerValue(value: string, fill: (text: string) => string, body: string): string {
  const key = /^HMAC-SHA256 (.+)$/.exec(value)?.[1];
  if (key !== undefined) return createHmac("sha256", fill(key)).update(body).digest("hex");
  const basic = /^Basic (.+:.*)$/.exec(value)?.[1];
  return basic === undefined ? fill(value) : `Basic ${Buffer.from(fill(basic)).toString("base64")}`;
}

interface SentBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

function bodyOf(call: DialectCase["steps"][number]["call"], fill: (text: string) => string): SentBody {
  if (call.form !== undefined) {
    const pairs = Object.entries(call.form).map(([name, value]): [string, string] => [name, fill(value)]);
    return {
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(pairs).toString(),
    };
  }
  if (call.text !== undefined) return { headers: { "Content-Type": "text/plain" }, body: fill(call.text) };
  const json = call.example === undefined ? call.json : exampleOf(call.example);
  if (json === undefined) return { headers: {} };
  return { headers: { "Content-Type": "application/json" }, body: fill(JSON.stringify(json)) };
}

/** An example of the platforms' documents, read from the shared data, with some values put over it. */
function exampleOf({ file, pointer, set }: NonNullable<DialectCase["steps"][number]["call"]["example"]>): unknown {
  let value: unknown = JSON.parse(readFileSync(join(DATA, file), "utf8"));
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  if (typeof value !== "object" || value === null) throw new Error(`${file}${pointer} holds no example`);
  return { ...value, ...set };
}
