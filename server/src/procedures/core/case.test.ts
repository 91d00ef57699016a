import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ProcedureDefinition } from "@tributary/contract";
import fc from "fast-check";
import { Refusal } from "../../kernel/refusal.ts";
import type { FactAnswer } from "../contracts.ts";
import { act, type Command, type Doer, type Moment } from "./act.ts";
import { conditionKey, conditionsFor, isDecision, stageOf, tasksFor } from "./conditions.ts";
import { endedWaivers, gatesBehind, newAnswers, passGate, questionsOf, tasksByFacts } from "./look.ts";
import { moveTo } from "./migrate.ts";
import { after, type CaseEvent, type CaseState, replay, type Step } from "./state.ts";
import { staysOf } from "./stays.ts";

const definition = ProcedureDefinition.parse({
  procedure: "trial",
  title: "Trial",
  stages: [
    {
      key: "papers",
      title: "Papers",
      owner: "partner_operations",
      tasks: [
        { key: "collect", title: "Collect", owner: "partner", checklist: [{ key: "passport", title: "Passport" }] },
        { key: "screen", title: "Screen", owner: "compliance", doneBy: { fact: "screening.clear" } },
      ],
      gate: [
        { fact: "documents.complete" },
        { decision: "look", title: "Looked at", role: "compliance", evidence: "required" },
      ],
    },
    {
      key: "approval",
      title: "Approval",
      owner: "approver",
      tasks: [{ key: "enter", title: "Enter", owner: "finance" }],
      gate: [
        { decision: "first", title: "First signature", role: "approver" },
        {
          decision: "second",
          title: "Second signature",
          role: "approver",
          otherThan: ["first", "enter"],
          waivable: false,
        },
        { fact: "risk.rated", with: { max: "medium" } },
      ],
    },
    {
      key: "launch",
      title: "Launch",
      owner: "owner",
      gate: [{ fact: "documents.complete" }, { decision: "go", title: "Go", role: "owner", otherThan: ["second"] }],
    },
  ],
});

const everyRole = new Set(["partner", "compliance", "finance", "approver", "owner", "partner_operations"] as const);
const doer = (person: string): Doer => ({
  person,
  name: person,
  roles: everyRole,
  isPerson: true,
  may: { steer: true, approve: true },
});

/** A small world: facts that are so or not, days that go by, people who try everything. */
class Trial {
  facts = new Map<string, boolean>();
  days = 0;
  history: Step[] = [];
  state: CaseState;
  constructor() {
    this.state = replay([this.#step({ kind: "started", version: "one", traits: {}, dueAt: null }, "papers", "ana", 1)]);
  }
  get day(): string {
    return Temporal.PlainDate.from("2026-03-02").add({ days: this.days }).toString();
  }
  get moment(): Moment {
    return { day: this.day, dueOf: () => null };
  }
  #step(event: CaseEvent, stage: string, person: string, number: number): Step {
    const at = new Date(`${this.day}T10:00:00Z`);
    const step: Step = { ...event, number, stage, at, person, name: person };
    this.history.push(step);
    return step;
  }
  add(events: readonly CaseEvent[], person: string): void {
    for (const event of events)
      this.state = after(this.state, this.#step(event, this.state.stage, person, this.state.events + 1));
  }
  order(command: Command, person: string): void {
    try {
      this.add(act(definition, this.state, command, doer(person), this.moment), person);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  look(): void {
    for (let round = 0; round < 5; round++) {
      const { stage } = this.state;
      const asked = questionsOf(definition, this.state);
      const answers = new Map([...asked.keys()].map((key) => [key, this.#answer(key)]));
      this.add(newAnswers(this.state, answers), "it");
      this.add(tasksByFacts(definition, this.state), "it");
      this.add(endedWaivers(definition, this.state, this.day), "it");
      this.add(gatesBehind(definition, this.state, this.day), "it");
      const passed = passGate(definition, this.state, new Set(answers.keys()), this.moment);
      if (passed.length > 0) this.#proveOpen(stage);
      this.add(passed, "it");
      if (this.state.stage === stage) return;
    }
  }
  #answer(key: string): FactAnswer {
    const holds = this.facts.get(key) === true;
    return { holds, code: holds ? "yes" : "no", values: {}, sentence: `${key} ${holds}`, evidence: [], until: null };
  }
  /** What a gate is, told a second time and from the history alone: no helper of the engine is asked. */
  #proveOpen(key: string): void {
    const stage = stageOf(definition, key);
    const lastBack = this.history.findLastIndex((step) => step.kind === "sent_back" && step.stages.includes(key));
    const since = this.history.slice(lastBack + 1);
    for (const condition of conditionsFor(stage, {})) {
      const name = conditionKey(condition);
      const waived = this.history.some(
        (step) =>
          step.kind === "waiver_proposed" &&
          step.stage === key &&
          step.condition === name &&
          step.until >= this.day &&
          this.history.some(
            (other) => other.kind === "waiver_signed" && other.waiver === step.waiver && other.person !== step.person,
          ),
      );
      const signature = since.findLast(
        (step) => (step.kind === "signed" || step.kind === "withdrawn") && step.decision === name,
      );
      const holds = isDecision(condition)
        ? signature?.kind === "signed" && signature.verdict === "approved"
        : this.facts.get(name) === true;
      assert.ok(holds || (waived && condition.waivable), `${name} of ${key} was shut`);
    }
    for (const task of tasksFor(stage, {})) {
      const last = since.findLast(
        (step) => (step.kind === "task_done" || step.kind === "task_open") && step.task === task.key,
      );
      assert.ok(last?.kind === "task_done", `${task.key} of ${key} was not done`);
    }
  }
}

const person = fc.constantFrom("ana", "ben", "cleo");
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom("collect", "screen", "enter").map((task) => ({ do: "finish_task", task }) as const),
  fc.constantFrom("collect", "enter").map((task) => ({ do: "open_task", task, reason: "" }) as const),
  fc.constantFrom("tick", "untick").map((what) => ({ do: what, task: "collect", item: "passport" }) as Command),
  fc
    .record({
      do: fc.constant("sign" as const),
      decision: fc.constantFrom("look", "first", "second", "go"),
      verdict: fc.constantFrom("approved", "approved", "approved", "refused"),
      comment: fc.constant("seen"),
      evidence: fc.constantFrom([], ["file"]),
    })
    .map((one) => one as Command),
  fc.constantFrom("look", "first").map((decision) => ({ do: "withdraw", decision, reason: "wrong" }) as const),
  fc
    .record({
      condition: fc.constantFrom("documents.complete", "look", "first", "second", 'risk.rated {"max":"medium"}', "go"),
      waiver: fc.uuid(),
      days: fc.integer({ min: 0, max: 20 }),
    })
    .map(({ condition, waiver, days }) => {
      const until = Temporal.PlainDate.from("2026-03-02").add({ days }).toString();
      return { do: "waive", condition, waiver, reason: "why", until, evidence: [] } as const;
    }),
  fc.constantFrom("papers", "approval").map((to) => ({ do: "send_back", to, reason: "again" }) as const),
  fc.constantFrom("drop", "reopen").map((what) => ({ do: what, reason: "so" }) as Command),
);
const happening = fc.oneof(
  { weight: 6, arbitrary: fc.record({ command, person }) },
  { weight: 2, arbitrary: fc.record({ signs: person }) },
  {
    weight: 3,
    arbitrary: fc.record({
      fact: fc.constantFrom("documents.complete", "screening.clear", 'risk.rated {"max":"medium"}'),
      is: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ days: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 4, arbitrary: fc.constant({ look: true as const }) },
);

function run(happenings: readonly (typeof happening extends fc.Arbitrary<infer T> ? T : never)[]): Trial {
  const trial = new Trial();
  for (const one of happenings) {
    if ("command" in one) trial.order(one.command, one.person);
    else if ("signs" in one) {
      const open = trial.state.waivers.find((waiver) => waiver.state === "proposed");
      if (open) trial.order({ do: "sign_waiver", waiver: open.waiver, comment: "" }, one.signs);
    } else if ("fact" in one) trial.facts.set(one.fact, one.is);
    else if ("days" in one) trial.days += one.days;
    else trial.look();
  }
  return trial;
}

describe("a case", () => {
  const happenings = fc.array(happening, { minLength: 10, maxLength: 80 });

  it("passes no gate whose conditions do not hold, whatever anybody does", () => {
    fc.assert(
      fc.property(happenings, (some) => void run(some)),
      { numRuns: 300 },
    );
  });

  it("is what its history says", () => {
    fc.assert(
      fc.property(happenings, (some) => {
        const { history, state } = run(some);
        assert.deepEqual(replay(history), state);
        assert.deepEqual(
          replay(JSON.parse(JSON.stringify(history), (key, value) => (key === "at" ? new Date(value) : value))),
          state,
        );
        const stays = staysOf(history);
        const open = stays.filter(({ until }) => until === null);
        assert.equal(open.length, state.status === "running" ? 1 : 0);
        if (open[0]) assert.equal(open[0].stage, state.stage);
      }),
      { numRuns: 200 },
    );
  });

  it("never has one person on both sides of four eyes", () => {
    fc.assert(
      fc.property(happenings, (some) => {
        const { state } = run(some);
        const by = (key: string) => state.decisions[key]?.person ?? state.tasks[key]?.person;
        const second = by("second");
        if (second !== undefined) assert.ok(second !== by("first") && second !== by("enter") && second !== by("go"));
        for (const waiver of state.waivers)
          if (waiver.signedBy !== null) assert.notEqual(waiver.signedBy, waiver.proposedBy);
      }),
      { numRuns: 300 },
    );
  });

  it("goes from end to end, and is shut again when a waiver ends", () => {
    const trial = new Trial();
    const sign = (decision: string, who: string, evidence: string[] = []) =>
      trial.order({ do: "sign", decision, verdict: "approved", comment: "", evidence }, who);
    trial.facts.set("screening.clear", true);
    trial.order({ do: "tick", task: "collect", item: "passport" }, "ana");
    trial.order({ do: "finish_task", task: "collect" }, "ana");
    sign("look", "ben", ["file"]);
    trial.order(
      {
        do: "waive",
        waiver: "w",
        condition: "documents.complete",
        reason: "in the post",
        until: "2026-03-05",
        evidence: [],
      },
      "ana",
    );
    trial.order({ do: "sign_waiver", waiver: "w", comment: "" }, "ana");
    trial.look();
    assert.equal(trial.state.stage, "papers");
    trial.order({ do: "sign_waiver", waiver: "w", comment: "" }, "ben");
    trial.look();
    assert.equal(trial.state.stage, "approval");
    trial.facts.set('risk.rated {"max":"medium"}', true);
    trial.order({ do: "finish_task", task: "enter" }, "cleo");
    sign("first", "ana");
    trial.days = 4;
    sign("second", "ben");
    trial.look();
    assert.deepEqual([trial.state.stage, trial.state.shut], ["approval", ["papers documents.complete"]]);
    trial.facts.set("documents.complete", true);
    trial.look();
    assert.deepEqual([trial.state.stage, trial.state.shut], ["launch", []]);
    sign("go", "ben");
    trial.look();
    assert.equal(trial.state.status, "running");
    sign("go", "ana");
    trial.look();
    assert.equal(trial.state.status, "finished");
    assert.deepEqual(
      staysOf(trial.history).map(({ stage, how }) => `${stage} ${how}`),
      ["papers passed", "approval passed", "launch passed"],
    );
  });

  it("lies after a migration where it has not been through, and can be put back", () => {
    const trial = new Trial();
    trial.facts.set("screening.clear", true).set("documents.complete", true);
    trial.order({ do: "tick", task: "collect", item: "passport" }, "ana");
    trial.order({ do: "finish_task", task: "collect" }, "ana");
    trial.order({ do: "sign", decision: "look", verdict: "approved", comment: "", evidence: ["file"] }, "ben");
    trial.look();
    assert.equal(trial.state.stage, "approval");
    const [papers, approval, launch] = definition.stages;
    const newer = {
      ...definition,
      stages: [papers, { ...stageOf(definition, "launch"), key: "training", gate: [] }, approval, launch],
    } as ProcedureDefinition;
    const move = moveTo(definition, newer, trial.state, {});
    assert.deepEqual(
      [move.to, move.how, move.kept, move.signed],
      ["training", "nearest", ["collect", "screen"], ["look"]],
    );
    const before = trial.state;
    const { to, kept: tasks, signed: decisions, passed: stages } = move;
    trial.add([{ kind: "migrated", version: "two", to, dueAt: null, tasks, decisions, stages }], "ana");
    assert.deepEqual([trial.state.stage, trial.state.version], ["training", "two"]);
    trial.add([{ kind: "migration_undone", version: "one" }], "ana");
    assert.deepEqual({ ...trial.state, events: 0 }, { ...before, events: 0 });
    assert.equal(staysOf(trial.history).filter(({ until }) => until === null).length, 1);
  });
});
