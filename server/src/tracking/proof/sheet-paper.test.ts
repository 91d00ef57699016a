import assert from "node:assert/strict";
import { it } from "node:test";
import { inflateSync } from "node:zlib";
import type { SetUpSheet } from "@tributary/contract";
import { sheetPaper } from "./sheet-paper.ts";

const TEST = {
  part: "link",
  state: "passed",
  passed: true,
  stale: false,
  at: "2026-03-20T12:00:00.000Z",
  by: "Ana",
  byPartner: false,
  runId: "prf_1",
  configuration: "0a",
} as const;

function sheetOf(language: "en" | "es", rows: number): SetUpSheet {
  const link = (n: number) => [
    `Link ${n}`,
    `https://go.example/c/link-${n}`,
    `https://shop.example/landing?cid={click_id}&number=${n}`,
    "active",
  ];
  return {
    title: language === "es" ? "Configuración del seguimiento: Tienda" : "Tracking set-up: Shop",
    language,
    madeAt: "2026-03-20T12:00:00.000Z",
    configuration: "0a".repeat(32),
    partner: { id: "prt_1", name: "Orbit", code: "orbit" },
    program: { id: "prg_1", name: "Shop" },
    offer: { id: "ofr_1", name: "Shop", code: "main", state: "active" },
    sections: [
      {
        code: "links",
        title: "Links",
        text: ["Añada estos parámetros"],
        rows: [["Link", "Address", "Leads to", "State"], ...Array.from({ length: rows }, (_, n) => link(n))],
        calls: [],
      },
      {
        code: "events",
        title: "Events",
        text: [],
        rows: [],
        calls: [
          { title: "Tributary", text: `curl -i 'https://go.example/p/YOUR_TOKEN?${"event=registration&".repeat(30)}'` },
        ],
      },
    ],
    evidence: { partnerId: "prt_1", offerId: "ofr_1", programId: "prg_1", tests: [TEST], proved: true },
  };
}

/** Pages of a PDF, told by its page objects, also inside compressed object streams. */
function pagesOf(pdf: Buffer): number {
  const text = pdf.toString("latin1");
  const plain = text.match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
  if (plain > 0) return plain;
  const streams = [...text.matchAll(/stream\r?\n([\s\S]*?)endstream/g)].flatMap(([, body = ""]) => {
    try {
      return [inflateSync(Buffer.from(body, "latin1")).toString("latin1")];
    } catch {
      return [];
    }
  });
  return streams.join("\n").match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
}

it("the sheet is paper in both languages, the same bytes for the same sheet, and flows over pages", async () => {
  for (const language of ["en", "es"] as const) {
    const short = await sheetPaper(sheetOf(language, 3));
    assert.equal(short.subarray(0, 5).toString("latin1"), "%PDF-");
    assert.equal(pagesOf(short), 1);
    assert.ok(short.equals(await sheetPaper(sheetOf(language, 3))));
    assert.ok(pagesOf(await sheetPaper(sheetOf(language, 60))) > 2);
  }
});
