import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type DialectCase, type DialectStep, dialectCases } from "../../src/shell/generate/dialect-cases.ts";
import { DIALECTS, dialectNamed } from "../../src/tracking/dialects/index.ts";
import type { Answer } from "../../src/tracking/edge/test-edge.ts";
import type { StoredCall } from "../../src/tracking/index.ts";
import { type DialectWorld, dialectWorld, filled, hasExamples } from "./dialect-world.ts";

/** Every documented call of every platform, over HTTP through the real edge into a real database. */
describe("calls made for other platforms", () => {
  let world: DialectWorld;
  before(async () => {
    world = await dialectWorld();
  });
  after(async () => {
    assert.deepEqual(world.edge.defects, []);
    await world.close();
  });

  for (const { dialect, cases } of dialectCases()) {
    for (const one of cases) {
      const needsExamples = one.steps.some((step) => step.call.example !== undefined);
      const skip = needsExamples && !hasExamples ? "the folder with the platforms' examples is not here" : false;
      it(`${dialect} ${one.id}: ${one.title}`, { skip }, () => runCase(world, dialect, one));
    }
  }

  it("covers every address of every dialect", () => {
    const called = new Map<string, string[]>();
    for (const { dialect, cases } of dialectCases()) {
      const paths = cases.flatMap((one) => one.steps.map((step) => `${step.call.method} ${step.call.path}`));
      called.set(dialect, [...(called.get(dialect) ?? []), ...paths]);
    }
    const missing = DIALECTS.flatMap((dialect) =>
      dialect.paths
        .filter((rule) => !(called.get(dialect.name) ?? []).some((call) => isAt(call, rule.path)))
        .map((rule) => `${dialect.name} ${rule.path}`),
    );
    assert.deepEqual(missing, []);
  });
});

function isAt(call: string, path: string): boolean {
  const sent = (call.split(" ")[1] ?? "").split("?")[0] ?? "";
  const parts = path.split("/").map((part) => part.replaceAll(".", "\\.").replace(/:\w+/, "[^/]+"));
  return new RegExp(`^(?:/in/<own>)?${parts.join("/")}/?$`, "i").test(sent);
}

async function runCase(world: DialectWorld, dialect: string, one: DialectCase): Promise<void> {
  const signs = dialectNamed(dialect)?.signs === true;
  const source = await world.source(dialect, one.settings, one.incumbent, signs);
  const given = { click: await world.click(), token: source.token, own: source.own };
  for (const step of one.steps) {
    const names = { ...given, receipt: await world.lastReceipt() };
    const answer = await world.call(step, names);
    checkAnswer(answer, step, names);
    const stored = await world.stored();
    checkStored(stored, step, names);
    const text = JSON.stringify(stored);
    assert.ok(!text.includes(source.token) && !text.includes(source.own), "a credential was kept in the log");
    if (one.fates !== undefined) await world.process();
  }
  if (one.fates !== undefined) assert.deepEqual(await world.fates(source.sourceId), one.fates);
}

function checkAnswer(answer: Answer, step: DialectStep, names: Readonly<Record<string, string>>): void {
  const { status, body, json, type, headers = {} } = step.answer;
  const text = answer.body.toString();
  assert.equal(answer.status, status, text);
  if (body !== undefined) assert.equal(text, filled(body, names));
  if (type !== undefined) assert.equal(answer.headers.get("content-type"), type);
  for (const [name, value] of Object.entries(headers)) assert.equal(answer.headers.get(name), value);
  if (json === undefined) return;
  const sent = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const wanted = JSON.parse(filled(JSON.stringify(json), names)) as Readonly<Record<string, unknown>>;
  assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((name) => [name, sent[name]])), wanted);
}

function checkStored(stored: StoredCall, step: DialectStep, names: Readonly<Record<string, string>>): void {
  assert.equal(stored.refused?.code, step.refused, JSON.stringify(stored.refused));
  if (step.visit !== undefined) {
    const held = stored as unknown as Readonly<Record<string, unknown>>;
    assert.deepEqual(Object.fromEntries(Object.keys(step.visit).map((name) => [name, held[name]])), step.visit);
  }
  if (step.events === undefined) return;
  const wanted = JSON.parse(filled(JSON.stringify(step.events), names)) as readonly Readonly<Record<string, unknown>>[];
  assert.equal(stored.events.length, wanted.length, JSON.stringify(stored.events));
  for (const [at, expected] of wanted.entries()) {
    const line = stored.events[at];
    if (line !== undefined && "refused" in line) {
      const told = { refused: line.refused.code, ...("field" in expected ? { field: line.refused.field } : undefined) };
      assert.deepEqual(told, expected, JSON.stringify(line.refused));
      continue;
    }
    const held = line as unknown as Readonly<Record<string, unknown>>;
    const looked = Object.fromEntries(Object.keys(expected).map((name) => [name, held[name]]));
    assert.deepEqual(looked, expected, JSON.stringify(held));
  }
}
