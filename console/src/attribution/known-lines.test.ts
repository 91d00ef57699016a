import assert from "node:assert/strict";
import { test } from "node:test";
import { knownCustomersIn } from "./known-lines.ts";

test("ids are read line by line, with a day, an instant, or none; a heading and repetitions are passed over", () => {
  const { customers, refused } = knownCustomersIn(
    'customer_id,known_since\r\n17\n18,2024-05-31\n"19";2024-05-31T10:00:00+02:00\n\n17\n',
  );
  assert.deepEqual(refused, []);
  assert.deepEqual(customers, [
    { customerRef: "17", knownSince: null },
    { customerRef: "18", knownSince: "2024-05-31T00:00:00.000Z" },
    { customerRef: "19", knownSince: "2024-05-31T08:00:00.000Z" },
  ]);
});

test("a line whose day cannot be read is named", () => {
  const { refused } = knownCustomersIn("17,31.05.2024\n18,2024-13-40\n,2024-01-01");
  assert.deepEqual(
    refused.map((one) => one.line),
    [1, 2, 3],
  );
});
