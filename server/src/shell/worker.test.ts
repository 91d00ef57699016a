import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mergeJobs } from "./worker.ts";

describe("the rooms' jobs in one list", () => {
  const calls: string[] = [];
  const note = (name: string) => async (payload: unknown) => void calls.push(`${name} ${payload}`);
  const { takers, schedule } = mergeJobs([
    { tasks: { "terms.accepted": note("first"), only: note("only") }, schedule: [{ task: "only", cron: "7 * * * *" }] },
    { sets: { "terms.accepted": async (payloads) => void calls.push(`second ${payloads.join(" and ")}`) } },
    {},
  ]);

  it("gives a notice to every room that listens, one after the other", async () => {
    await takers.get("terms.accepted")?.(["x", "z"]);
    await takers.get("only")?.(["y"]);
    assert.deepEqual(calls, ["first x", "first z", "second x and z", "only y"]);
  });

  it("keeps the schedules", () => {
    assert.deepEqual(
      schedule.map(({ task, match }) => [task, match]),
      [["only", "7 * * * *"]],
    );
  });

  it("does not tell the second room when the first fails: the notice comes again to both", async () => {
    const told: string[] = [];
    const merged = mergeJobs([
      { tasks: { notice: () => Promise.reject(new Error("no")) } },
      { tasks: { notice: async () => void told.push("second") } },
    ]);
    await assert.rejects(async () => merged.takers.get("notice")?.([null]), /no/);
    assert.deepEqual(told, []);
  });
});
