import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { browserReader, isPrefetch } from "./browser.ts";

const data = join(
  process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../../shared/data"),
  "traffic/ua",
);
const read = browserReader();
const json = (path: string) => JSON.parse(readFileSync(join(data, path), "utf8"));

interface NamedAgents {
  readonly user_agents?: readonly string[];
  readonly instances?: readonly string[];
}
interface DetectorCase {
  readonly user_agent: string;
  readonly client?: { readonly type?: string } | null;
  readonly device?: { readonly type?: string } | null;
}

function crawlers(): string[] {
  const downloaded = readdirSync(join(data, "isbot/downloaded")).flatMap((file) => json(`isbot/downloaded/${file}`));
  const named = [...json("isbot/crawlers.json"), ...json("crawler-user-agents.json")] as NamedAgents[];
  const detector = json("device-detector/bots.json") as DetectorCase[];
  return [
    ...downloaded,
    ...named.flatMap((entry) => entry.user_agents ?? entry.instances ?? []),
    ...detector.map((entry) => entry.user_agent),
  ];
}

function detectorCases(files: readonly string[]): DetectorCase[] {
  return files
    .flatMap((file) => json(`device-detector/${file}.json`) as DetectorCase[])
    .filter((entry) => entry.client?.type === "browser");
}

test("crawlers of public lists are told as bots, browsers are not", (t) => {
  if (!existsSync(data)) return t.skip(`no user agents at ${data}`);
  const bots = [...new Set(crawlers())];
  const told = bots.filter((agent) => read(agent).bot);
  const browsers = [
    ...new Set([
      ...(json("isbot/browsers.json") as NamedAgents[]).flatMap((entry) => entry.user_agents ?? []),
      ...detectorCases(["smartphone-20", "smartphone-43", "tablet-12", "phablet-1", "desktop", "tv-5"]).map(
        (c) => c.user_agent,
      ),
    ]),
  ];
  const taken = browsers.filter((agent) => !read(agent).bot);
  t.diagnostic(`crawlers: ${told.length} of ${bots.length} told (${share(told, bots)})`);
  t.diagnostic(`browsers: ${taken.length} of ${browsers.length} taken for browsers (${share(taken, browsers)})`);
  assert.ok(told.length / bots.length > 0.95);
  assert.ok(taken.length / browsers.length > 0.97);
});

test("the kind of device is told", (t) => {
  if (!existsSync(data)) return t.skip(`no user agents at ${data}`);
  // What a phablet is and what a tablet is, the lists and the makers do not agree on: no share is asked of those.
  const kinds = [
    ["smartphone", "mobile", ["smartphone-20", "smartphone-43"], 0.95],
    ["tablet", "tablet", ["tablet-12"], 0],
    ["desktop", "desktop", ["desktop"], 0.6],
    ["tv", "tv", ["tv-5"], 0.7],
  ] as const;
  for (const [named, device, files, least] of kinds) {
    const cases = detectorCases(files).filter((entry) => entry.device?.type === named);
    const held = cases.filter((entry) => read(entry.user_agent).device === device);
    t.diagnostic(`${named}: ${held.length} of ${cases.length} told (${share(held, cases)})`);
    assert.ok(held.length / cases.length > least, named);
  }
});

function share(part: readonly unknown[], whole: readonly unknown[]): string {
  return `${((100 * part.length) / whole.length).toFixed(2)} %`;
}

test("a missing or endless header does no harm", () => {
  assert.equal(read(undefined).bot, true);
  assert.ok(read(`Mozilla/5.0 (${"x".repeat(100_000)}`).json.length < 700);
  assert.equal(JSON.parse(`{"a":1${read('quo"te\\ \u00ff').json}}`).ua, 'quo"te\\ \u00ff');
});

test("what fetches ahead says so", () => {
  for (const purpose of ["prefetch", "prefetch;prerender", "prefetch;anonymous-client-ip", "Preview"])
    assert.ok(isPrefetch(purpose));
  for (const purpose of [undefined, "", "navigate"]) assert.ok(!isPrefetch(purpose));
});
