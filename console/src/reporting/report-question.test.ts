import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { funnelQueryOf, funnelQuestionOf, insideGroup, narrowingOf, periodOf } from "./report-question.ts";

const TODAY = "2026-03-31";

describe("a report's question in the address", () => {
  test("an empty address asks for the partners of the last thirty days beside the thirty before", () => {
    const question = funnelQuestionOf({}, TODAY);
    assert.deepEqual(funnelQueryOf(question, {}), {
      from: "2026-03-02",
      to: "2026-04-01",
      by: "partner",
      basis: "happened",
      compare: "previous",
      sort: "clicks",
      order: "desc",
      top: 100,
    });
    assert.equal(question.sorted, false);
  });

  test("what the address says wrongly is the usual", () => {
    const question = funnelQuestionOf({ by: "shoe size", second: "country", sort: "-luck", basis: "x" }, TODAY);
    assert.deepEqual(
      [question.by, question.second, question.sort, question.basis],
      ["partner", "country", "clicks", "happened"],
    );
  });

  test("an ascending order is asked for as such", () => {
    const query = funnelQueryOf(funnelQuestionOf({ sort: "ftds" }, TODAY), {});
    assert.deepEqual([query.sort, query.order], ["ftds", "asc"]);
  });

  test("ids are one parameter, texts keep their comma", () => {
    assert.deepEqual(narrowingOf({ partnerId: "prt_1,prt_2", sub1: "a,b", country: "", tab: "x" }), {
      partnerId: "prt_1,prt_2",
      sub1: { each: ["a,b"] },
    });
  });

  test("only one end of a period may be given", () => {
    assert.deepEqual(periodOf({ from: "2026-01-01" }, TODAY), { from: "2026-01-01", to: "2026-04-01" });
  });
});

describe("going into a group", () => {
  const question = funnelQuestionOf({ from: "2026-03-10", to: "2026-03-25", by: "week", second: "offer" }, TODAY);

  test("a week that the period cuts stays within the period", () => {
    assert.deepEqual(insideGroup({ by: "week", value: "2026-03-09" }, question), {
      from: "2026-03-10",
      to: "2026-03-16",
      by: "offer",
      second: undefined,
    });
    assert.deepEqual(insideGroup({ by: "week", value: "2026-03-23" }, question), {
      from: "2026-03-23",
      to: "2026-03-25",
      by: "offer",
      second: undefined,
    });
  });

  test("a partner leads to its offers, narrowed to it", () => {
    const asked = funnelQuestionOf({}, TODAY);
    assert.deepEqual(insideGroup({ by: "partner", value: "prt_1" }, asked), {
      partnerId: "prt_1",
      by: "offer",
      second: undefined,
    });
  });
});
