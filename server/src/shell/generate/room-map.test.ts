import assert from "node:assert/strict";
import { test } from "node:test";
import { drawRooms } from "./room-map.ts";

test("arrows that follow from others are left out, planned rooms are dashed, what is open to all is not drawn", () => {
  const rooms = {
    access: [],
    programs: ["access"],
    partners: ["access", "programs"],
    tracking: ["access", "partners", "programs"],
    cases: ["tracking"],
  };
  assert.equal(
    drawRooms(rooms, (room) => room !== "cases"),
    [
      "```mermaid",
      "flowchart TB",
      "  programs",
      "  partners",
      "  tracking",
      "  cases",
      "  partners --> programs",
      "  tracking --> partners",
      "  cases --> tracking",
      "  classDef planned stroke-dasharray: 4 4",
      "  class cases planned",
      "```",
      "",
    ].join("\n"),
  );
});
