import assert from "node:assert/strict";
import { test } from "node:test";
import { StartupProblem } from "../startup-problem.ts";
import { type PullOptions, pullOf } from "./import-pull.ts";

test("either files are named, or a platform whose API is known", () => {
  assert.equal(pullOf("exports", {}), undefined);
  assert.deepEqual(pullOf(undefined, { api: true, from: "dub" }), { api: true, from: "dub" });
  const wrong: readonly (readonly [string | undefined, PullOptions, RegExp])[] = [
    [undefined, {}, /which file or folder/],
    ["exports", { api: true, from: "dub" }, /Either a path or --api/],
    [undefined, { api: true }, /Say whose API it is: --from impact/],
    [undefined, { api: true, from: "everflow" }, /Others are imported from their files/],
  ];
  for (const [path, options, said] of wrong)
    assert.throws(
      () => pullOf(path, options),
      (error) => error instanceof StartupProblem && said.test(error.message),
    );
});
