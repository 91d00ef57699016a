import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parse } from "csv-parse/sync";
import type { EntityKind } from "./core/names.ts";
import { createScreen, DEFAULT_THRESHOLD } from "./core/screen.ts";

const data = join(
  process.env.TRIBUTARY_CONFORMANCE ?? join(import.meta.dirname, "../../../../shared/data"),
  "due-diligence/names",
);
const skip = existsSync(data) ? false : `the folder ${data} is not there`;
const KINDS: Readonly<Record<string, EntityKind>> = {
  Person: "person",
  Company: "organization",
  Organization: "organization",
  Vessel: "vessel",
};

function found(asked: string, listed: string, kind: EntityKind | undefined): boolean {
  const names = [{ text: listed, weak: false }];
  const facts = { births: [], countries: [], identifiers: [], programs: [], remarks: "" };
  const screen = createScreen([{ list: "l", id: "1", kind: kind ?? "unknown", topic: "sanction", names, ...facts }]);
  return screen.search({ name: asked, ...(kind && { kind }) }, DEFAULT_THRESHOLD).length > 0;
}
const rowsOf = (file: string) => parse(readFileSync(join(data, file)), { columns: true }) as Record<string, string>[];

describe("pairs of names with verdicts", { skip }, () => {
  for (const known of [true, false])
    it(`precision and recall above 0.95${known ? "" : ", also where nobody says what it is"}`, () => {
      let [right, wrong, missed] = [0, 0, 0];
      for (const { name1 = "", name2 = "", is_match, schema = "" } of rowsOf("name_bench.csv")) {
        const hit = found(name1, name2, known ? KINDS[schema] : undefined);
        const same = is_match === "true";
        if (hit && same) right++;
        else if (hit) wrong++;
        else if (same) missed++;
      }
      const [precision, recall] = [right / (right + wrong), right / (right + missed)];
      assert.ok(precision > 0.95 && recall > 0.95, `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`);
    });

  it("names across scripts", () => {
    const missed = rowsOf("cross_script_pairs.csv").filter(
      ({ query = "", expected_match = "" }) => !found(query, expected_match, "person"),
    );
    assert.deepEqual(
      missed.map(({ query }) => query),
      ["박지성"].filter((name) => missed.some(({ query }) => query === name)),
    );
  });

  it("one man in eighty spellings and twenty scripts", () => {
    const forms = readFileSync(join(data, "putin_names.txt"), "utf8")
      .split("\n")
      .filter((line) => line.trim() !== "");
    const listed = "PUTIN, Vladimir Vladimirovich";
    const missed = forms.filter((form) => !found(form, listed, "person"));
    assert.ok(missed.length <= forms.length * 0.12, missed.join(" · "));
  });
});
