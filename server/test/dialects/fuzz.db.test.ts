import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { type DialectStep, dialectCases } from "../../src/shell/generate/dialect-cases.ts";
import type { Dialect } from "../../src/tracking/dialects/core/contracts.ts";
import { DIALECTS } from "../../src/tracking/dialects/index.ts";
import type { Answer } from "../../src/tracking/edge/test-edge.ts";
import { DATA, type DialectWorld, DOMAIN, dialectWorld, filled, type MadeSource } from "./dialect-world.ts";

const SECURITY = join(DATA, "security");
const ANSWER_WITHIN_MS = 60_000;
/** Calls at the same time; the answers wait for commits, not for the processor. */
const AT_ONCE = 12;
const LONG = "x".repeat(60_000);
const OWN_NASTY: readonly string[] = [
  "", "\0", "\ud800", "%", "%00", "%ff%fe", "%zz", "{{x}}", "[]", "{}", "null", "-1", "1e999", "9".repeat(400), "NaN", "0x10",
  "__proto__", "constructor", "toString", "<script>alert(1)</script>", "https://evil.example/", "//evil.example",
  "http://169.254.169.254/latest/meta-data/", "=cmd|' /C calc'!A0", "' or 1=1--", "\r\nX-Evil: 1", "1,234,567.89", LONG,
]; // biome-ignore format: a list of texts

interface Shot {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Every listener of every dialect, over HTTP: whatever comes, it is answered, never with 5xx, never a yes to whoever proves nothing. */
describe("listeners under fire", () => {
  let world: DialectWorld;
  const sources = new Map<string, MadeSource>();
  const nasty = hostileTexts();
  before(async () => {
    world = await dialectWorld();
    for (const dialect of DIALECTS) {
      sources.set(dialect.name, await world.anotherSource(dialect.name, {}, "token", dialect.signs === true));
    }
  });
  after(async () => {
    assert.deepEqual(world.edge.defects, []);
    await world.close();
  });

  const shoot = async (shot: Shot): Promise<Answer> => {
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`no answer to ${describeShot(shot)}`)), ANSWER_WITHIN_MS);
    try {
      const asked = world.edge.ask(shot.path, { Host: DOMAIN, ...shot.headers }, shot.method, shot.body);
      const answer = await Promise.race([asked, promise]);
      assertHarmless(answer, shot);
      return answer;
    } finally {
      clearTimeout(timer);
    }
  };

  it(
    "has its lists of hostile texts",
    { skip: existsSync(SECURITY) ? false : "../shared/data/security is not here" },
    () => assert.ok(nasty.length > 300),
  );

  it("answers every text of the lists in every place of the documented calls", async () => {
    const shots = DIALECTS.flatMap((dialect) => documentedShots(dialect, sources.get(dialect.name), nasty));
    assert.ok(shots.length > 1000);
    let received = 0;
    await inParallel(shots, async (shot) => {
      received += (await shoot(shot)).status === 200 ? 1 : 0;
    });
    assert.ok(received > 100, "the shots get past the door");
    const { rows } = await world.edge.database.pool.query(
      "select count(*)::int as n from intake.entry where body::jsonb ? 'v' and kind = 3",
    );
    assert.ok((rows[0]?.n ?? 0) > 1000, "what was answered stands in the log, and is JSON that PostgreSQL reads");
  });

  it("never says yes to whoever proves nothing, whatever is guessed", async () => {
    const guesses = [...nasty.filter((text) => text.length < 200).slice(0, 12), "", "null", "undefined", "0"];
    const shots = DIALECTS.flatMap((dialect) => forgedShots(dialect, guesses));
    assert.ok(shots.length > 300);
    await inParallel(shots, async (shot) => {
      const answer = await shoot(shot);
      assert.ok(answer.status >= 400, `${describeShot(shot)} was told ${answer.status} ${answer.body.toString()}`);
    });
  });

  for (const dialect of DIALECTS) {
    it(`answers whatever is made up for ${dialect.title}`, async () => {
      const source = sources.get(dialect.name);
      await fc.assert(
        fc.asyncProperty(madeUp(dialect, nasty), async (shots) => {
          await Promise.all(
            shots.map((shot) => shoot({ ...shot, path: filled(shot.path, { own: source?.own ?? "" }) })),
          );
        }),
        { numRuns: 50 },
      );
    });
  }

  it("reads a body to its end before it says that it is too large, and goes on", async () => {
    const answer = await shoot({ method: "POST", path: "/in/none", headers: {}, body: "x".repeat(1_100_000) });
    assert.equal(answer.status, 413);
    assert.equal((await shoot({ method: "GET", path: "/in/none", headers: {} })).status, 401);
  });

  it("leaves the paths of others alone", async () => {
    for (const path of ["/", "/v1/partners", "/portal", "/postbacks", "/inbox", "/track", "/?x=1", "/scripts/app.js"]) {
      assert.match((await shoot({ method: "GET", path, headers: {} })).body.toString(), /not the edge's/, path);
    }
  });
});

function assertHarmless(answer: Answer, shot: Shot): void {
  const told = `${describeShot(shot)} → ${answer.status} ${answer.body.toString().slice(0, 200)}`;
  assert.ok(answer.status >= 200 && answer.status < 500, told);
  assert.ok(answer.status < 300 || answer.status >= 400, `a redirect: ${told}`);
  assert.equal(answer.headers.get("location"), undefined, told);
  assert.equal(answer.headers.get("x-evil"), undefined, told);
  const type = answer.headers.get("content-type") ?? "";
  // A pixel in a frame is answered with an empty page.
  if (type.includes("html")) assert.equal(answer.body.toString(), "<!doctype html><title>-</title>", told);
  assert.doesNotMatch(type, /svg/, told);
}

function describeShot({ method, path, headers, body = "" }: Shot): string {
  return JSON.stringify({ method, path: path.slice(0, 300), headers, body: body.slice(0, 300) });
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  const run = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
}

/** The lists of the field, as far as they are here, and our own. */
function hostileTexts(): readonly string[] {
  if (!existsSync(SECURITY)) return OWN_NASTY;
  const lines = (name: string) => readFileSync(join(SECURITY, name), "utf8").split("\n");
  const naughty = JSON.parse(readFileSync(join(SECURITY, "blns.json"), "utf8")) as readonly string[];
  const lists = readdirSync(join(SECURITY, "lists"), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => everyNth(readFileSync(join(entry.parentPath, entry.name), "utf8").split("\n"), 20));
  return [...OWN_NASTY, ...naughty, ...lines("csv-injection.txt"), ...everyNth(lines("ssrf-urls.csv"), 60), ...lists];
}

/** So many of a list, from all over it. */
function everyNth<T>(list: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, Math.floor(list.length / most));
  return list.filter((_, at) => at % step === 0).slice(0, most);
}

const CASES = dialectCases();

const stepsOf = (dialect: Dialect): readonly DialectStep[] =>
  CASES.filter((file) => file.dialect === dialect.name)
    .flatMap((file) => file.cases.flatMap((one) => one.steps))
    .filter((step) => step.call.example === undefined);

/** Hostile texts in the places of documented calls: each text once for every dialect, the places taking turns. */
function documentedShots(dialect: Dialect, source: MadeSource | undefined, texts: readonly string[]): readonly Shot[] {
  const steps = stepsOf(dialect);
  return texts.flatMap((text, at) => {
    const step = steps[at % steps.length];
    return step === undefined ? [] : [shotOf(step, { token: source?.token ?? "", own: source?.own ?? "" }, text, at)];
  });
}

function shotOf({ call }: DialectStep, names: Readonly<Record<string, string>>, text: string, turn: number): Shot {
  const put = (value: string) => filled(value, { ...names, click: "clickless" });
  const headers = Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name, put(value)]));
  const path = putInQuery(put(call.path), text, turn);
  if (call.form !== undefined) {
    const pairs = Object.entries(call.form).map(([name, value], at): [string, string] => [
      name,
      at === turn % 3 ? text : put(value),
    ]);
    const type = { "Content-Type": "application/x-www-form-urlencoded" };
    return { method: call.method, path, headers: { ...type, ...headers }, body: new URLSearchParams(pairs).toString() };
  }
  if (call.json === undefined) return { method: call.method, path, headers };
  const body = JSON.stringify(putInJson(call.json, text, turn));
  return { method: call.method, path, headers: { "Content-Type": "application/json", ...headers }, body: put(body) };
}

/** Replaces one value of a query, encoded properly or, now and then, hardly. */
function putInQuery(path: string, text: string, turn: number): string {
  const mark = path.indexOf("?");
  if (mark < 0) return path;
  const pairs = path.slice(mark + 1).split("&");
  const place = turn % pairs.length;
  const value =
    turn % 5 === 0 ? text.replaceAll(/[^\x21-\x7e]|[#?&]/g, "%ff") : encodeURIComponent(text.toWellFormed());
  const changed = pairs.map((pair, at) => (at === place ? `${pair.split("=")[0]}=${value}` : pair));
  return `${path.slice(0, mark)}?${changed.join("&")}`;
}

function putInJson(value: unknown, text: string, turn: number): unknown {
  if (typeof value !== "object" || value === null) return text;
  const entries = Object.entries(value);
  const place = turn % Math.max(1, entries.length);
  const changed = entries.map(([name, item], at) => [name, at === place ? putInJson(item, text, turn + 1) : item]);
  return Array.isArray(value) ? changed.map(([, item]) => item) : Object.fromEntries(changed);
}

/** Documented calls with guessed credentials, or none. */
function forgedShots(dialect: Dialect, guesses: readonly string[]): readonly Shot[] {
  const open = dialect.paths.filter((rule) => rule.open === true).map((rule) => rule.path);
  const asking = stepsOf(dialect).filter(
    ({ call }) => call.method !== "OPTIONS" && !open.includes(call.path.split("?")[0] ?? ""),
  );
  return asking.flatMap((step, at) =>
    [0, 1, 2, 3].flatMap((turn) => forgeries(step, guesses[(at + turn * 5) % guesses.length] ?? "", at)),
  );
}

function forgeries(step: DialectStep, guess: string, turn: number): readonly Shot[] {
  const value = encodeURIComponent(guess.toWellFormed());
  const asked = shotOf(step, { token: value, own: value === "" ? "guess" : value }, "plain", turn);
  const readable = Object.entries(asked.headers).map(([name, sent]) => [name, sent.replaceAll(/[^\x20-\x7e]/g, "?")]);
  const headers: Readonly<Record<string, string>> = Object.fromEntries(readable);
  return [
    { ...asked, headers },
    { ...asked, headers: withoutCredentials(headers) },
  ];
}

function withoutCredentials(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() === "content-type"));
}

const TYPES = [
  "", "application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data", "text/xml", "application/json; charset=x",
]; // biome-ignore format: a list of words

/** Calls that nobody documented, to the addresses of a dialect. */
function madeUp(dialect: Dialect, texts: readonly string[]): fc.Arbitrary<readonly Shot[]> {
  const text = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.constantFrom(...texts), fc.string());
  const name = fc.oneof(fc.constantFrom(...namesOf(dialect)), fc.string({ maxLength: 12 }));
  const encoded = (value: string) => encodeURIComponent(value.toWellFormed());
  const query = fc
    .array(fc.tuple(name, text), { maxLength: 8 })
    .map((pairs) => pairs.map(([one, value]) => `${encoded(one)}=${encoded(value)}`).join("&"));
  const body = fc.oneof(
    fc.constant(""),
    fc.json(),
    query,
    text.map((one) => one.toWellFormed()),
  );
  const path = fc.constantFrom(...dialect.paths.map((rule) => rule.path.replaceAll(/:\w+/g, "any")), "", "/x/y");
  const own = fc.constantFrom("/in/<own>", "");
  const shot = fc
    .record({
      method: fc.constantFrom("GET", "POST", "PUT", "DELETE"),
      own,
      path,
      query,
      body,
      type: fc.constantFrom(...TYPES),
    })
    .map(({ method, own: prefix, path: at, query: asked, body: sent, type }): Shot => {
      const target = `${prefix}${at === "" && prefix === "" ? "/" : at}?${asked}`;
      const headers: Record<string, string> = type === "" ? {} : { "Content-Type": type };
      return method === "GET" ? { method, path: target, headers } : { method, path: target, headers, body: sent };
    });
  return fc.array(shot, { minLength: 4, maxLength: 8 });
}

function namesOf(dialect: Dialect): readonly string[] {
  const names = stepsOf(dialect).flatMap(({ call }) => [
    ...new URLSearchParams(call.path.split("?")[1] ?? "").keys(),
    ...Object.keys(call.form ?? {}),
    ...Object.keys(typeof call.json === "object" && call.json !== null ? call.json : {}),
  ]);
  return [...new Set(names), "amount"];
}
